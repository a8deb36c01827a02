"""What the services need of persistence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from lyceum.assessment.domain.attempt import Attempt, ItemPool
from lyceum.assessment.domain.bank import Bank, BankItem, BankSummary, ItemFilter, ItemVersion
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.policies import PreviousAttempt
from lyceum.assessment.domain.quiz import Quiz, QuizContent
from lyceum.assessment.domain.values import ItemRef
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.unit_of_work import UnitOfWork


class Quizzes(Protocol):
    async def get(self, quiz_id: UUID) -> Quiz:
        """Raises `QuizNotFound`."""
        ...

    async def of_course(self, course_id: UUID, quiz_ids: Iterable[UUID]) -> Sequence[Quiz]:
        """Those of these that belong to the course."""
        ...

    def add(self, quiz: Quiz) -> None: ...

    async def remove(self, quiz_ids: Iterable[UUID]) -> None:
        """Drops quizzes that nobody has attempted."""
        ...


class Banks(Protocol):
    async def get(self, bank_id: UUID) -> Bank:
        """Raises `BankNotFound`."""
        ...

    def add(self, bank: Bank) -> None: ...

    async def of_course(self, course_id: UUID, *, text: str | None, page: PageRequest) -> Page[BankSummary]:
        """Those of a course by title, only those with `text` in it where there is one.

        Raises `ValidationFailed` for a foreign cursor.
        """
        ...

    async def owners(self, *, items: Iterable[UUID], banks: Iterable[UUID]) -> Mapping[UUID, UUID | None]:
        """To which course these items and banks belong, by their ids; null for the platform's. What does not exist is
        left out."""
        ...

    async def remove(self, bank_ids: Iterable[UUID]) -> None:
        """Drops banks with their items."""
        ...


class BankItems(Protocol):
    async def get(self, item_id: UUID) -> BankItem:
        """Raises `ItemNotFound`."""
        ...

    def add(self, item: BankItem, version: ItemVersion) -> None: ...

    def add_version(self, version: ItemVersion) -> None: ...

    async def pool(self, content: QuizContent) -> ItemPool:
        """What an attempt at this content can be made of."""
        ...

    async def versions(self, refs: Iterable[ItemRef]) -> Mapping[ItemRef, Item]:
        """The content of these versions; those that do not exist are left out."""
        ...

    async def latest(self, item_ids: Iterable[UUID]) -> Mapping[UUID, Item]:
        """The latest content of these items."""
        ...

    async def of_bank(self, bank_id: UUID) -> Sequence[BankItem]:
        """Those that are not retired, by id."""
        ...

    async def browse(self, bank_id: UUID, *, wanted: ItemFilter, page: PageRequest) -> Page[BankItem]:
        """Those that are not retired, by id. Raises `ValidationFailed` for a foreign cursor."""
        ...


class Attempts(Protocol):
    async def get(self, attempt_id: UUID) -> Attempt:
        """For reading. Raises `AttemptNotFound`."""
        ...

    async def get_locked(self, attempt_id: UUID) -> Attempt:
        """For writing: parallel requests on one attempt take turns. Raises `AttemptNotFound`."""
        ...

    async def running(self, quiz_id: UUID, user_id: UUID) -> Attempt | None:
        """The attempt in progress; there is at most one."""
        ...

    async def latest(self, quiz_id: UUID, user_id: UUID) -> Attempt | None:
        """The attempt that was started last, over or not. The one in progress is always the last."""
        ...

    async def previous(self, quiz_id: UUID, user_id: UUID) -> Sequence[PreviousAttempt]:
        """All attempts of this person at this quiz, by number."""
        ...

    async def overdue(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Attempts in progress whose time is up, grace included; the longest overdue first."""
        ...

    def add(self, attempt: Attempt) -> None:
        """The commit raises `AttemptNotAllowed` when a parallel request started one."""
        ...


class Intakes(Protocol):
    """What became of foreign problems, so that taking them in again gives the same."""

    async def of_import(self, import_id: UUID, sources: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        """Receipts by source."""
        ...

    async def keep(
        self, import_id: UUID, source: str, receipt: dict[str, Any], quiz_id: UUID | None, bank_ids: Sequence[UUID]
    ) -> None: ...

    async def forget(self, import_id: UUID) -> tuple[Sequence[UUID], Sequence[UUID]]:
        """Drop the receipts of an import; the quizzes and the banks that they name."""
        ...


class AssessmentUnit(UnitOfWork, Protocol):
    """A transaction over assessment's aggregates."""

    quizzes: Quizzes
    banks: Banks
    items: BankItems
    attempts: Attempts
    intakes: Intakes
