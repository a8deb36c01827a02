"""What course needs of the module that keeps questions: it hands them over as they came and gets quizzes back."""

from typing import Any, Literal, Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.ports import Port

ProblemFormat = Literal["olx", "qti-1.2", "lyceum-quiz"]


class ForeignProblem(BaseModel):
    """A problem in a format that course does not look into.

    `source` is unique within the import; `content` is the document's text (XML, or JSON for `lyceum-quiz`); `settings`
    are what stood outside it: `max_attempts` (int), `weight` (number), `graded` (bool), `time_limit` (seconds),
    `shuffle_answers` (bool).
    """

    model_config = ConfigDict(frozen=True)

    source: str
    format: ProblemFormat
    title: str
    content: str
    settings: dict[str, Any] = {}


class ItemOutcome(BaseModel):
    """What became of one part of a problem. `reason` is empty only for `imported`."""

    model_config = ConfigDict(frozen=True)

    source: str
    kind: str
    outcome: Literal["imported", "changed", "dropped"]
    reason: str = ""


class ProblemReceipt(BaseModel):
    """The quiz that a problem became; null where nothing of it could be kept."""

    model_config = ConfigDict(frozen=True)

    source: str
    quiz_id: UUID | None
    outcomes: tuple[ItemOutcome, ...] = ()


@runtime_checkable
class ProblemIntake(Port, Protocol):
    """Takes problems in and gives them out again."""

    async def take_in(
        self, *, course_id: UUID, import_id: UUID, problems: list[ForeignProblem]
    ) -> list[ProblemReceipt]:
        """Quizzes of this course for the problems, one receipt each, in their order. At most 50 at a time.

        Doing it again with the same `import_id` and `source` gives the same quizzes.
        """
        ...

    async def give_out(self, *, course_id: UUID, quiz_ids: list[UUID]) -> list[ForeignProblem]:
        """The quizzes in the format `lyceum-quiz`, `source` being the quiz id; those of other courses are left out."""
        ...

    async def discard(self, *, import_id: UUID) -> None:
        """Drop what an import brought that did not come to an end. Doing it twice changes nothing."""
        ...
