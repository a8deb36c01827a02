"""Which items an attempt gets and in what order: a function of quiz, banks and seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lyceum.assessment.domain.attempt.values import FrozenSection, Slot
from lyceum.assessment.domain.errors import QuizNotReady
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.quiz.quiz import QuizContent
from lyceum.assessment.domain.quiz.sections import FixedItem, Section
from lyceum.assessment.domain.selection import HashStream, arranged
from lyceum.assessment.domain.values import ItemRef


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemPool:
    """What an attempt can be made of: the latest version of each fixed item, and of each bank's items in any order.
    Retired items are left out."""

    items: Mapping[UUID, ItemRef]
    banks: Mapping[UUID, Sequence[ItemRef]]


def draw_items(content: QuizContent, pool: ItemPool, seed: bytes) -> tuple[tuple[ItemRef, ...], ...]:
    """The items of each section in the order of the attempt. Raises `QuizNotReady`.

    Fixed items come first in the choice, so that no draw takes what another section asks for. Candidates are sorted by
    id before a draw: the order in which a database returns them does not count.
    """
    taken = {entry.item_id for section in content.sections for entry in section.entries if isinstance(entry, FixedItem)}
    sections = []
    for number, section in enumerate(content.sections):
        drawn = _section_items(number, section, pool, seed, taken)
        sections.append(tuple(HashStream(seed, f"items/{number}").shuffled(drawn) if section.shuffle_items else drawn))
    if not any(sections):
        raise QuizNotReady("The quiz has no questions")
    return tuple(sections)


def _section_items(number: int, section: Section, pool: ItemPool, seed: bytes, taken: set[UUID]) -> list[ItemRef]:
    drawn: list[ItemRef] = []
    for place, entry in enumerate(section.entries):
        if isinstance(entry, FixedItem):
            if entry.item_id not in pool.items:
                raise QuizNotReady("A question of the quiz is gone or retired", item_id=str(entry.item_id))
            drawn.append(pool.items[entry.item_id])
            continue
        candidates = [ref for ref in pool.banks.get(entry.bank_id, ()) if ref.item_id not in taken]
        if len(candidates) < entry.count:
            raise QuizNotReady(
                f"A bank has {len(candidates)} questions left for a draw of {entry.count}", bank_id=str(entry.bank_id)
            )
        candidates.sort(key=lambda ref: ref.item_id)
        chosen = HashStream(seed, f"draw/{number}/{place}").drawn(candidates, entry.count)
        taken.update(ref.item_id for ref in chosen)
        drawn += chosen
    return drawn


def frozen_sections(content: QuizContent) -> tuple[FrozenSection, ...]:
    """What an attempt keeps of the sections beside their questions."""
    return tuple(FrozenSection(title=each.title, introduction=each.introduction) for each in content.sections)


def lay_out(
    content: QuizContent, drawn: Sequence[Sequence[ItemRef]], items: Mapping[ItemRef, Item], seed: bytes
) -> tuple[Slot, ...]:
    """The slots of an attempt, numbered from 1, each with the order of its options."""
    slots: list[Slot] = []
    for number, (section, refs) in enumerate(zip(content.sections, drawn, strict=True)):
        for ref in refs:
            options = items[ref].movable_options()
            order = (
                arranged(HashStream(seed, f"options/{ref.item_id}"), options)
                if section.shuffle_options
                else tuple(option for option, _ in options)
            )
            slots.append(Slot(id=str(len(slots) + 1), section=number, item=ref, option_order=order))
    return tuple(slots)
