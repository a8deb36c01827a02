"""How authors find banks and items: the same in memory and on PostgreSQL."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from lyceum.assessment.domain.bank import Bank, BankItem, ItemFilter
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.pagination import PageRequest, encode_cursor

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)


async def items_of(unit, bank_id, *, page=None, **wanted):
    return (await unit.items.browse(bank_id, wanted=ItemFilter(**wanted), page=page or PageRequest())).items


async def test_banks_of_a_course_are_told_by_title_page_by_page(units, stored):
    course_id = uuid4()
    banks = [Bank(id=uuid4(), title=title, course_id=course_id, created_at=NOW) for title in ("sums", "atoms", "100 %")]
    full, items, _ = await stored(course_id)
    await stored()
    async with units() as unit:
        for bank in banks:
            unit.banks.add(bank)
        (await unit.items.get(items[0].id)).retire()
        await unit.commit()
    async with units() as unit:
        found, cursor = [], None
        while True:
            page = await unit.banks.of_course(course_id, text=None, page=PageRequest(limit=2, cursor=cursor))
            found += [(bank.title, bank.items) for bank in page.items]
            if (cursor := page.next_cursor) is None:
                break
        assert sorted(found) == [("100 %", 0), ("Bank", 1), ("atoms", 0), ("sums", 0)]
        for text, titles in (("SUM", ["sums"]), ("%", ["100 %"]), ("_", []), ("", [title for title, _ in found])):
            page = await unit.banks.of_course(course_id, text=text, page=PageRequest())
            assert [bank.title for bank in page.items] == titles
        with pytest.raises(ValidationFailed):
            await unit.banks.of_course(course_id, text=None, page=PageRequest(cursor=encode_cursor("Bank")))
        owners = await unit.banks.owners(items=[items[0].id, uuid4()], banks=[full.id, uuid4()])
        assert owners == {items[0].id: course_id, full.id: course_id}


async def test_items_of_a_bank_are_found_by_text_and_type_page_by_page(units, stored, choice):
    bank, items, _ = await stored()
    more = [
        BankItem.create(id=uuid4(), bank_id=bank.id, content=choice(prompt, title=title), now=NOW)
        for prompt, title in (("<p>How <em>big</em> is p?</p>", ""), ("100 %", "Big_one"))
    ]
    async with units() as unit:
        for item, version in more:
            unit.items.add(item, version)
        await unit.commit()
    [big, named] = [item.id for item, _ in more]
    everything = sorted([*(item.id for item in items), big, named])
    async with units() as unit:
        for wanted, found in (
            ({}, everything),
            ({"type": "single_choice"}, everything),
            ({"type": "numeric"}, []),
            ({"text": "BIG"}, sorted([big, named])),
            ({"text": "how big"}, [big]),
            ({"text": "em>"}, []),
            ({"text": "0 %"}, [named]),
            ({"text": "g_o", "type": "single_choice"}, [named]),
        ):
            assert [item.id for item in await items_of(unit, bank.id, **wanted)] == found, wanted
        first = await unit.items.browse(bank.id, wanted=ItemFilter(), page=PageRequest(limit=3))
        rest = await unit.items.browse(bank.id, wanted=ItemFilter(), page=PageRequest(cursor=first.next_cursor))
        assert [item.id for item in (*first.items, *rest.items)] == everything
        assert rest.next_cursor is None
        with pytest.raises(ValidationFailed):
            await items_of(unit, bank.id, page=PageRequest(cursor=encode_cursor("x", "y")))
