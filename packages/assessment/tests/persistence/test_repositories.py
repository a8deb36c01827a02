"""What every persistence of assessment promises: the one in memory and the one on PostgreSQL."""

import asyncio
import contextvars
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from lyceum.assessment.domain.attempt import Attempt, Stamp
from lyceum.assessment.domain.bank import Bank, BankItem
from lyceum.assessment.domain.errors import AttemptNotAllowed
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, RandomDraw, Section
from lyceum.assessment.domain.values import ItemRef
from lyceum.assessment.ports import AttemptNotFound, BankNotFound, ItemNotFound, QuizNotFound
from lyceum.assessment.schemas.events import AttemptStarted
from lyceum.kernel.errors import VersionConflict

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def attempt_at(quiz, item, user_id, *, previous=(), now=NOW):
    return Attempt.start(
        id=uuid4(), quiz=quiz, user_id=user_id, previous=previous, drawn=[[item.ref]], items={item.ref: item.content},
        seed=bytes(32), extra_time_factor=Fraction(1), now=now,
    )  # fmt: skip


async def added(units, attempt):
    async with units() as unit:
        unit.attempts.add(attempt)
        await unit.commit()
    return attempt


async def test_what_is_not_there_is_not_found(units):
    async with units() as unit:
        for call, missing in (
            (unit.quizzes.get(uuid4()), QuizNotFound),
            (unit.banks.get(uuid4()), BankNotFound),
            (unit.items.get(uuid4()), ItemNotFound),
            (unit.attempts.get(uuid4()), AttemptNotFound),
            (unit.attempts.get_locked(uuid4()), AttemptNotFound),
        ):
            with pytest.raises(missing):
                await call
        assert await unit.attempts.running(uuid4(), uuid4()) is None
        assert await unit.attempts.latest(uuid4(), uuid4()) is None
        assert list(await unit.attempts.previous(uuid4(), uuid4())) == []


async def test_what_is_stored_comes_back_as_it_was(units, stored):
    bank, items, quiz = await stored()
    async with units() as unit:
        assert (await unit.banks.get(bank.id)).title == "Bank"
        assert (await unit.quizzes.get(quiz.id)).content == quiz.content
        assert [each.content for each in await unit.items.of_bank(bank.id)] == [
            each.content for each in sorted(items, key=lambda item: item.id)
        ]
        assert await unit.items.latest([items[0].id, uuid4()]) == {items[0].id: items[0].content}


async def test_without_a_commit_nothing_is_kept(units):
    bank = Bank(id=uuid4(), title="Bank", course_id=None, created_at=NOW)
    async with units() as unit:
        unit.banks.add(bank)
    async with units() as unit:
        with pytest.raises(BankNotFound):
            await unit.banks.get(bank.id)


async def test_every_version_of_an_item_stays(units, stored, choice):
    _, [item, _], _ = await stored()
    async with units() as unit:
        loaded = await unit.items.get(item.id)
        unit.items.add_version(loaded.revise(choice("changed"), NOW))
        await unit.commit()
    refs = [ItemRef(item_id=item.id, version=number) for number in (1, 2, 3)]
    async with units() as unit:
        found = await unit.items.versions(refs)
        assert {ref.version: content.prompt for ref, content in found.items()} == {1: "0", 2: "changed"}
        assert await unit.items.versions([]) == {}


async def test_a_pool_leaves_out_what_is_retired(units, stored):
    bank, items, _ = await stored()
    async with units() as unit:
        (await unit.items.get(items[1].id)).retire()
        await unit.commit()
    entries = (*(FixedItem(item_id=item.id) for item in items), RandomDraw(bank_id=bank.id, count=1))
    content = QuizContent(title="Q", sections=(Section(entries=entries),))
    async with units() as unit:
        pool = await unit.items.pool(content)
        assert pool.items == {items[0].id: items[0].ref}
        assert {bank_id: list(refs) for bank_id, refs in pool.banks.items()} == {bank.id: [items[0].ref]}
        assert [each.id for each in await unit.items.of_bank(bank.id)] == [items[0].id]


async def test_an_attempt_comes_back_with_its_answers(units, stored):
    _, [item, _], quiz = await stored()
    attempt = await added(units, attempt_at(quiz, item, uuid4()))
    async with units() as unit:
        loaded = await unit.attempts.get_locked(attempt.id)
        stamp = Stamp(seq=3, client_id=uuid4())
        loaded.save_answer("1", stamp, {"option": "o0"}, items={item.ref: item.content}, now=NOW)
        await unit.commit()
    async with units() as unit:
        again = await unit.attempts.get(attempt.id)
        assert (again.answers["1"].stamp, again.answers["1"].response.option, again.clock) == (stamp, "o0", 3)
        assert (again.seed, again.slots, again.state) == (attempt.seed, attempt.slots, attempt.state)


async def test_one_attempt_runs_at_a_time(units, stored):
    _, [item, _], quiz = await stored()
    user_id = uuid4()
    first = await added(units, attempt_at(quiz, item, user_id))
    await added(units, attempt_at(quiz, item, uuid4()))
    with pytest.raises(AttemptNotAllowed) as refused:
        await added(units, attempt_at(quiz, item, user_id))
    assert refused.value.extensions["reason"] == "in_progress"
    async with units() as unit:
        assert (await unit.attempts.running(quiz.id, user_id)).id == first.id
        [before] = await unit.attempts.previous(quiz.id, user_id)
        assert (before.number, before.submitted_at) == (1, None)


async def test_the_latest_attempt_is_the_one_with_the_highest_number(units, stored):
    _, [item, _], quiz = await stored()
    user_id = uuid4()
    first = attempt_at(quiz, item, user_id)
    first.submit(NOW)
    await added(units, first)
    async with units() as unit:
        assert (await unit.attempts.latest(quiz.id, user_id)).id == first.id
        previous = await unit.attempts.previous(quiz.id, user_id)
    second = await added(units, attempt_at(quiz, item, user_id, previous=previous))
    async with units() as unit:
        assert (await unit.attempts.latest(quiz.id, user_id)).id == second.id


async def test_overdue_are_those_whose_grace_is_over_the_longest_first(units, stored):
    _, [item, _], quiz = await stored(timing={"time_limit": 600, "grace": 60})
    late, later = [await added(units, attempt_at(quiz, item, uuid4(), now=NOW - ago)) for ago in (2 * HOUR, HOUR)]
    within_grace = await added(units, attempt_at(quiz, item, uuid4(), now=NOW - timedelta(seconds=630)))
    done = attempt_at(quiz, item, uuid4(), now=NOW - 3 * HOUR)
    done.submit(NOW)
    await added(units, done)
    async with units() as unit:
        assert list(await unit.attempts.overdue(NOW, 10)) == [late.id, later.id]
        assert list(await unit.attempts.overdue(NOW, 1)) == [late.id]
        assert within_grace.id in await unit.attempts.overdue(NOW + timedelta(seconds=31), 10)


async def test_quizzes_that_somebody_attempted_stay(units, stored):
    _, [item, _], attempted = await stored()
    _, _, untouched = await stored()
    await added(units, attempt_at(attempted, item, uuid4()))
    async with units() as unit:
        await unit.quizzes.remove([attempted.id, untouched.id])
        await unit.commit()
    async with units() as unit:
        assert (await unit.quizzes.get(attempted.id)).id == attempted.id
        with pytest.raises(QuizNotFound):
            await unit.quizzes.get(untouched.id)


async def test_a_bank_goes_with_its_items(units, stored):
    bank, [item, _], _ = await stored()
    async with units() as unit:
        await unit.banks.remove([bank.id])
        await unit.commit()
    async with units() as unit:
        assert await unit.items.versions([item.ref]) == {}
        for call, missing in ((unit.banks.get(bank.id), BankNotFound), (unit.items.get(item.id), ItemNotFound)):
            with pytest.raises(missing):
                await call


async def test_quizzes_of_a_course_are_its_own(units, stored):
    course_id = uuid4()
    _, _, mine = await stored(course_id)
    _, _, foreign = await stored()
    async with units() as unit:
        assert [quiz.id for quiz in await unit.quizzes.of_course(course_id, [mine.id, foreign.id])] == [mine.id]


async def test_receipts_are_kept_until_they_are_forgotten(units):
    import_id, quiz_id, bank_id = uuid4(), uuid4(), uuid4()
    async with units() as unit:
        await unit.intakes.keep(import_id, "a", {"source": "a"}, quiz_id, [bank_id])
        await unit.intakes.keep(import_id, "b", {"source": "b"}, None, [])
        await unit.commit()
    async with units() as unit:
        assert await unit.intakes.of_import(import_id, ["a", "c"]) == {"a": {"source": "a"}}
        assert await unit.intakes.of_import(uuid4(), ["a"]) == {}
        quizzes, banks = await unit.intakes.forget(import_id)
        assert (list(quizzes), list(banks)) == ([quiz_id], [bank_id])
        await unit.commit()
    async with units() as unit:
        assert await unit.intakes.of_import(import_id, ["a", "b"]) == {}


async def test_who_saves_with_an_old_version_is_told(units, stored):
    _, _, quiz = await stored()

    async def rename(title):
        async with units() as unit:
            other = await unit.quizzes.get(quiz.id)
            other.change(other.content.model_copy(update={"title": title}))
            await unit.commit()

    async with units() as unit:
        mine = await unit.quizzes.get(quiz.id)
        mine.change(mine.content.model_copy(update={"title": "Mine"}))
        # A task of its own, as another request is.
        await asyncio.create_task(rename("Theirs"), context=contextvars.Context())
        with pytest.raises(VersionConflict):
            await unit.commit()
    async with units() as unit:
        assert (await unit.quizzes.get(quiz.id)).content.title == "Theirs"


async def test_facts_become_events_with_the_commit(memory, choice):
    item, _ = BankItem.create(id=uuid4(), bank_id=uuid4(), content=choice(), now=NOW)
    content = QuizContent(title="Q", sections=(Section(entries=(FixedItem(item_id=item.id),)),))
    attempt = attempt_at(Quiz.create(id=uuid4(), course_id=None, content=content, now=NOW), item, uuid4())
    await added(memory.units, attempt)
    assert [event.attempt_id for event in memory.store.published(AttemptStarted)] == [attempt.id]
