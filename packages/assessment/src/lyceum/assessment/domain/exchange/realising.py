"""From a draft to a stored quiz and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.assessment.domain.bank import Bank, BankItem, ItemVersion
from lyceum.assessment.domain.exchange.draft import (
    DraftBank,
    DraftDraw,
    DraftEntry,
    DraftItem,
    DraftSection,
    QuizDraft,
)
from lyceum.assessment.domain.items import ITEMS, Item
from lyceum.assessment.domain.pointers import refuse
from lyceum.assessment.domain.quiz import Entry, FixedItem, Quiz, QuizContent, RandomDraw, Section


@dataclass(frozen=True, kw_only=True, slots=True)
class NewQuiz:
    """A quiz and all that has to be stored with it."""

    quiz: Quiz
    banks: tuple[Bank, ...]
    items: tuple[BankItem, ...]
    versions: tuple[ItemVersion, ...]


def realise(
    draft: QuizDraft, *, course_id: UUID | None, home_bank: UUID, new_id: Callable[[], UUID], now: datetime
) -> NewQuiz:
    """Give the draft ids: fixed items go into `home_bank`, drawn ones into new banks. Raises `ValidationFailed`."""
    refuse("The quiz is not valid", draft.authoring_errors())
    banks: dict[str, Bank] = {}
    stored: list[tuple[BankItem, ItemVersion]] = []

    def put(item: Item, bank_id: UUID) -> UUID:
        stored.append(BankItem.create(id=new_id(), bank_id=bank_id, content=item, now=now))
        return stored[-1][0].id

    for each in draft.banks:
        banks[each.key] = Bank(id=new_id(), title=each.title, course_id=course_id, created_at=now)
        for item in each.items:
            put(item, banks[each.key].id)

    def entry(drafted: DraftEntry) -> Entry:
        if isinstance(drafted, DraftDraw):
            return RandomDraw(bank_id=banks[drafted.bank].id, count=drafted.count)
        return FixedItem(item_id=put(drafted.item, home_bank))

    sections = tuple(
        Section(**_section_fields(section), entries=tuple(map(entry, section.entries))) for section in draft.sections
    )
    content = QuizContent(
        title=draft.title, introduction=draft.introduction, sections=sections, settings=draft.settings
    )
    quiz = Quiz.create(id=new_id(), course_id=course_id, content=content, now=now)
    items, versions = tuple(item for item, _ in stored), tuple(version for _, version in stored)
    return NewQuiz(quiz=quiz, banks=tuple(banks.values()), items=items, versions=versions)


def draft_of(
    content: QuizContent, *, items: Mapping[UUID, Item], banks: Mapping[UUID, tuple[str, Sequence[Item]]]
) -> QuizDraft:
    """The draft of a stored quiz. `items`: the fixed ones; `banks`: title and items of each bank drawn from.

    Banks are numbered by their first draw and their items sorted by content, so that ids and the order of a database
    leave no trace: two copies of a quiz give one document.
    """
    drawn = [entry.bank_id for s in content.sections for entry in s.entries if isinstance(entry, RandomDraw)]
    keys = {bank: f"bank-{number}" for number, bank in enumerate(dict.fromkeys(drawn), 1)}

    def entry(stored: Entry) -> DraftEntry:
        if isinstance(stored, RandomDraw):
            return DraftDraw(bank=keys[stored.bank_id], count=stored.count)
        return DraftItem(item=items[stored.item_id])

    return QuizDraft(
        title=content.title,
        introduction=content.introduction,
        settings=content.settings,
        sections=tuple(
            DraftSection(**_section_fields(section), entries=tuple(map(entry, section.entries)))
            for section in content.sections
        ),
        banks=tuple(
            DraftBank(key=key, title=banks[bank][0], items=tuple(sorted(banks[bank][1], key=ITEMS.dump_json)))
            for bank, key in keys.items()
        ),
    )


def _section_fields(section: Section | DraftSection) -> dict[str, object]:
    return {
        "title": section.title,
        "introduction": section.introduction,
        "shuffle_items": section.shuffle_items,
        "shuffle_options": section.shuffle_options,
    }
