"""`ProblemIntake`: problems of courses on their way in and out."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from lyceum.assessment.domain import exchange
from lyceum.assessment.domain.bank import Bank
from lyceum.assessment.domain.exchange import (
    Fate,
    ImportedQuiz,
    ProblemReader,
    Sanitise,
    draft_of,
    realise,
    write_quiz,
)
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.quiz import FixedItem, Quiz, RandomDraw
from lyceum.assessment.domain.repositories import AssessmentUnit
from lyceum.course.ports import ForeignProblem, ItemOutcome, ProblemReceipt
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.ids import new_id

MAX_PROBLEMS = 50


class Intake:
    """Taking the same problem of the same import in again gives the same receipt, also in parallel."""

    def __init__(
        self,
        *,
        units: Callable[[], AssessmentUnit],
        readers: Mapping[str, ProblemReader],
        sanitise: Sanitise,
        clock: Clock,
    ) -> None:
        self._units = units
        self._readers = readers
        self._sanitise = sanitise
        self._clock = clock

    async def take_in(
        self, *, course_id: UUID, import_id: UUID, problems: list[ForeignProblem]
    ) -> list[ProblemReceipt]:
        if len(problems) > MAX_PROBLEMS:
            raise ValidationFailed(f"At most {MAX_PROBLEMS} problems at a time")
        async with self._units() as unit:
            known = await unit.intakes.of_import(import_id, [problem.source for problem in problems])
            receipts = {source: ProblemReceipt.model_validate(receipt) for source, receipt in known.items()}
            for problem in problems:
                if problem.source not in receipts:
                    receipts[problem.source] = await self._take_one(unit, course_id, import_id, problem)
            await unit.commit()
        return [receipts[problem.source] for problem in problems]

    async def give_out(self, *, course_id: UUID, quiz_ids: list[UUID]) -> list[ForeignProblem]:
        async with self._units() as unit:
            quizzes = await unit.quizzes.of_course(course_id, quiz_ids)
            return [await _given_out(unit, quiz) for quiz in quizzes]

    async def discard(self, *, import_id: UUID) -> None:
        async with self._units() as unit:
            quizzes, banks = await unit.intakes.forget(import_id)
            await unit.quizzes.remove(quizzes)
            await unit.banks.remove(banks)
            await unit.commit()

    async def _take_one(
        self, unit: AssessmentUnit, course_id: UUID, import_id: UUID, problem: ForeignProblem
    ) -> ProblemReceipt:
        read = self._read(problem)
        quiz_id: UUID | None = None
        bank_ids: list[UUID] = []
        if read.draft is not None:
            now = self._clock.now()
            home = Bank(id=new_id(), title=read.draft.title, course_id=course_id, created_at=now)
            new = realise(read.draft, course_id=course_id, home_bank=home.id, new_id=new_id, now=now)
            for bank in (home, *new.banks):
                unit.banks.add(bank)
                bank_ids.append(bank.id)
            for item, version in zip(new.items, new.versions, strict=True):
                unit.items.add(item, version)
            unit.quizzes.add(new.quiz)
            quiz_id = new.quiz.id
        receipt = ProblemReceipt(
            source=problem.source,
            quiz_id=quiz_id,
            outcomes=tuple(
                ItemOutcome(
                    source=outcome.source, kind=outcome.kind, outcome=outcome.outcome.value, reason=outcome.reason
                )
                for outcome in read.outcomes
            ),
        )
        await unit.intakes.keep(import_id, problem.source, receipt.model_dump(mode="json"), quiz_id, bank_ids)
        return receipt

    def _read(self, problem: ForeignProblem) -> ImportedQuiz:
        reader = self._readers[problem.format]
        try:
            return reader(
                source=problem.source,
                title=problem.title,
                content=problem.content,
                settings=problem.settings,
                sanitise=self._sanitise,
            )
        except ValidationFailed as error:
            return ImportedQuiz(draft=None, outcomes=(_dropped(problem, error.detail),))


def _dropped(problem: ForeignProblem, reason: str) -> exchange.ItemOutcome:
    return exchange.ItemOutcome(source=problem.source, kind="problem", outcome=Fate.DROPPED, reason=reason)


async def _given_out(unit: AssessmentUnit, quiz: Quiz) -> ForeignProblem:
    entries = [entry for section in quiz.content.sections for entry in section.entries]
    fixed = await unit.items.latest([entry.item_id for entry in entries if isinstance(entry, FixedItem)])
    banks: dict[UUID, tuple[str, Sequence[Item]]] = {}
    for entry in entries:
        if isinstance(entry, RandomDraw) and entry.bank_id not in banks:
            bank = await unit.banks.get(entry.bank_id)
            banks[bank.id] = (bank.title, [item.content for item in await unit.items.of_bank(bank.id)])
    draft = draft_of(quiz.content, items=fixed, banks=banks)
    return ForeignProblem(
        source=str(quiz.id), format="lyceum-quiz", title=quiz.content.title, content=write_quiz(draft).decode()
    )
