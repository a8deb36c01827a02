"""What attempts record."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from lyceum.assessment.domain.attempt.values import SubmittedBy
from lyceum.assessment.domain.scoring import Outcome
from lyceum.assessment.domain.values import ItemRef
from lyceum.kernel.aggregate import DomainEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptEvent(DomainEvent):
    """Whose attempt at what. `course_id` is null for a quiz outside courses."""

    attempt_id: UUID
    quiz_id: UUID
    course_id: UUID | None
    user_id: UUID
    number: int
    occurred_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptStarted(AttemptEvent):
    """A learner has questions and the clock runs; `expires_at` is null without one."""

    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemChecked(AttemptEvent):
    """In practice, an answer was graded at once. `used` counts the checks of this slot."""

    slot: str
    item: ItemRef
    outcome: Outcome
    used: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptSubmitted(AttemptEvent):
    """No more answers. `occurred_at` is the deadline where the clock submitted."""

    by: SubmittedBy


@dataclass(frozen=True, kw_only=True, slots=True)
class AttemptGraded(AttemptEvent):
    """The score is final, exact, in points. `passed` is null where the quiz has no threshold."""

    score: Fraction
    max_score: Fraction
    passed: bool | None
