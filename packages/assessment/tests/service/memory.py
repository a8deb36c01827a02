"""Assessment's units without a database, for service tests."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.assessment.domain.attempt import Attempt, AttemptState, ItemPool
from lyceum.assessment.domain.bank import Bank, BankItem, BankSummary, ItemFilter, ItemVersion
from lyceum.assessment.domain.errors import AttemptNotAllowed
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.policies import PreviousAttempt, Refusal
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, RandomDraw
from lyceum.assessment.domain.values import ItemRef
from lyceum.assessment.ports import AttemptNotFound, BankNotFound, ItemNotFound, QuizNotFound
from lyceum.assessment.services.published_events import published
from lyceum.kernel.aggregate import Aggregate
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.testing.memory_unit import MemoryRepository, MemoryStore, MemoryUnit

_MARKUP = re.compile("<[^>]*>")


class MemoryQuizzes(MemoryRepository[Quiz]):
    async def of_course(self, course_id: UUID, quiz_ids: Iterable[UUID]) -> Sequence[Quiz]:
        wanted = set(quiz_ids)
        return [quiz for quiz in self.all() if quiz.course_id == course_id and quiz.id in wanted]

    async def remove(self, quiz_ids: Iterable[UUID]) -> None:
        attempted = {attempt.quiz_id for attempt in self._unit.every(Attempt)}
        for quiz_id in set(quiz_ids) - attempted:
            self._unit.detach(Quiz, quiz_id)


class MemoryBanks(MemoryRepository[Bank]):
    async def of_course(self, course_id: UUID, *, text: str | None, page: PageRequest) -> Page[BankSummary]:
        used = [item.bank_id for item in self._unit.every(BankItem) if not item.retired]
        after = decode_cursor(page.cursor, str, UUID) if page.cursor else ("", UUID(int=0))
        found = [
            BankSummary(id=bank.id, title=bank.title, course_id=bank.course_id, items=used.count(bank.id))
            for bank in sorted(self.all(), key=lambda bank: (bank.title, bank.id))
            if bank.course_id == course_id
            and (text or "").casefold() in bank.title.casefold()
            and (bank.title, bank.id) > after
        ]
        more = len(found) > page.limit
        shown = found[: page.limit]
        return Page(items=shown, next_cursor=encode_cursor(shown[-1].title, shown[-1].id) if more else None)

    async def owners(self, *, items: Iterable[UUID], banks: Iterable[UUID]) -> Mapping[UUID, UUID | None]:
        owners = {bank.id: bank.course_id for bank in self.all()}
        wanted = set(items)
        of_items = {item.id: owners[item.bank_id] for item in self._unit.every(BankItem) if item.id in wanted}
        return of_items | {bank_id: owners[bank_id] for bank_id in banks if bank_id in owners}

    async def remove(self, bank_ids: Iterable[UUID]) -> None:
        gone = set(bank_ids)
        items = {item.id for item in self._unit.every(BankItem) if item.bank_id in gone}
        for bank_id in gone:
            self._unit.detach(Bank, bank_id)
        for item_id in items:
            self._unit.detach(BankItem, item_id)
        versions = self._unit.rows("versions")
        for ref in [ref for ref in versions if ref.item_id in items]:
            del versions[ref]


class MemoryBankItems:
    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit
        self._versions: dict[ItemRef, ItemVersion] = unit.rows("versions")

    async def get(self, item_id: UUID) -> BankItem:
        item = self._unit.find(BankItem, item_id)
        if item is None:
            raise ItemNotFound()
        return item

    def add(self, item: BankItem, version: ItemVersion) -> None:
        self._unit.attach(BankItem, item)
        self.add_version(version)

    def add_version(self, version: ItemVersion) -> None:
        self._versions[version.ref] = version

    async def pool(self, content: QuizContent) -> ItemPool:
        entries = [entry for section in content.sections for entry in section.entries]
        fixed = {entry.item_id for entry in entries if isinstance(entry, FixedItem)}
        drawn = {entry.bank_id for entry in entries if isinstance(entry, RandomDraw)}
        used = [item for item in self._unit.every(BankItem) if not item.retired]
        return ItemPool(
            items={item.id: item.ref for item in used if item.id in fixed},
            banks={bank_id: [item.ref for item in used if item.bank_id == bank_id] for bank_id in drawn},
        )

    async def versions(self, refs: Iterable[ItemRef]) -> Mapping[ItemRef, Item]:
        return {ref: self._versions[ref].content for ref in refs if ref in self._versions}

    async def latest(self, item_ids: Iterable[UUID]) -> Mapping[UUID, Item]:
        wanted = set(item_ids)
        return {item.id: item.content for item in self._unit.every(BankItem) if item.id in wanted}

    async def of_bank(self, bank_id: UUID) -> Sequence[BankItem]:
        found = [item for item in self._unit.every(BankItem) if item.bank_id == bank_id and not item.retired]
        return sorted(found, key=lambda item: item.id)

    async def browse(self, bank_id: UUID, *, wanted: ItemFilter, page: PageRequest) -> Page[BankItem]:
        after = decode_cursor(page.cursor, UUID)[0] if page.cursor else UUID(int=0)
        text = (wanted.text or "").casefold()
        found = [
            item
            for item in await self.of_bank(bank_id)
            if item.id > after
            and wanted.type in (None, item.content.type)
            and any(text in name.casefold() for name in (item.content.title, _MARKUP.sub("", item.content.prompt)))
        ]
        shown = found[: page.limit]
        return Page(items=shown, next_cursor=encode_cursor(shown[-1].id) if len(found) > page.limit else None)


class MemoryAttempts(MemoryRepository[Attempt]):
    async def get_locked(self, attempt_id: UUID) -> Attempt:
        return await self.get(attempt_id)

    async def running(self, quiz_id: UUID, user_id: UUID) -> Attempt | None:
        return next((each for each in self._of(quiz_id, user_id) if each.state is AttemptState.IN_PROGRESS), None)

    async def latest(self, quiz_id: UUID, user_id: UUID) -> Attempt | None:
        return max(self._of(quiz_id, user_id), key=lambda each: each.number, default=None)

    async def previous(self, quiz_id: UUID, user_id: UUID) -> Sequence[PreviousAttempt]:
        found = sorted(self._of(quiz_id, user_id), key=lambda each: each.number)
        return [PreviousAttempt(number=each.number, submitted_at=each.submitted_at) for each in found]

    async def overdue(self, now: datetime, limit: int) -> Sequence[UUID]:
        found = [
            (each.expires_at, each.id)
            for each in self.all()
            if each.state is AttemptState.IN_PROGRESS and each.expires_at is not None and each.is_over(now)
        ]
        return [attempt_id for _, attempt_id in sorted(found)][:limit]

    def _of(self, quiz_id: UUID, user_id: UUID) -> list[Attempt]:
        return [each for each in self.all() if (each.quiz_id, each.user_id) == (quiz_id, user_id)]


class MemoryIntakes:
    def __init__(self, rows: dict[tuple[UUID, str], tuple[dict[str, Any], UUID | None, list[UUID]]]) -> None:
        self._rows = rows

    async def of_import(self, import_id: UUID, sources: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        return {source: self._rows[import_id, source][0] for source in sources if (import_id, source) in self._rows}

    async def keep(
        self, import_id: UUID, source: str, receipt: dict[str, Any], quiz_id: UUID | None, bank_ids: Sequence[UUID]
    ) -> None:
        self._rows[import_id, source] = (receipt, quiz_id, list(bank_ids))

    async def forget(self, import_id: UUID) -> tuple[Sequence[UUID], Sequence[UUID]]:
        gone = [self._rows.pop(key) for key in list(self._rows) if key[0] == import_id]
        quizzes = [quiz_id for _, quiz_id, _ in gone if quiz_id is not None]
        return quizzes, [bank_id for _, _, bank_ids in gone for bank_id in bank_ids]


class MemoryAssessmentUnit(MemoryUnit):
    quizzes: MemoryQuizzes
    banks: MemoryBanks
    items: MemoryBankItems
    attempts: MemoryAttempts
    intakes: MemoryIntakes

    def attach(self, kind: type, aggregate: Aggregate) -> None:
        # A class that is mapped to a table has no version before its first commit, not even 0.
        aggregate.version = aggregate.version or 0
        super().attach(kind, aggregate)

    def bind(self) -> None:
        self.quizzes = MemoryQuizzes(self, Quiz, QuizNotFound)
        self.banks = MemoryBanks(self, Bank, BankNotFound)
        self.items = MemoryBankItems(self)
        self.attempts = MemoryAttempts(self, Attempt, AttemptNotFound)
        self.intakes = MemoryIntakes(self.rows("intakes"))

    def check(self) -> None:
        attempts = self.every(Attempt)
        running = [(each.quiz_id, each.user_id) for each in attempts if each.state is AttemptState.IN_PROGRESS]
        numbers = [(each.quiz_id, each.user_id, each.number) for each in attempts]
        if len(running) != len(set(running)) or len(numbers) != len(set(numbers)):
            raise AttemptNotAllowed(reason=Refusal.IN_PROGRESS.value, available_at=None)


class MemoryAssessment:
    """Everything that the services need of persistence."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    def units(self) -> MemoryAssessmentUnit:
        return MemoryAssessmentUnit(self.store, published)
