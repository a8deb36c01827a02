"""People answer questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field

from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.repositories import ProgressUnit
from lyceum.progress.services.recording import Recording
from lyceum.runtime.events import ConsumedEvent, Subscription

Points = Annotated[Decimal, Field(max_digits=30, decimal_places=12)]


class AttemptGraded(ConsumedEvent):
    """`course_id` is null for a quiz that belongs to no course; that is nothing to us."""

    quiz_id: UUID
    course_id: UUID | None
    user_id: UUID
    score: Points
    max_score: Points
    graded_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Answered:
    """What the transaction needs to know: somebody who takes the course answered, and the course is this."""

    course_id: UUID
    outline: Outline | None


class AssessmentEvents:
    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    async def ask_who_answered(self, event: AttemptGraded) -> Answered | None:
        if event.course_id is None or not await self._recording.takes(event.user_id, event.course_id):
            return None
        return Answered(event.course_id, await self._recording.outline(event.course_id))

    async def on_attempt_graded(self, event: AttemptGraded, answered: Answered | None, unit: ProgressUnit) -> None:
        if answered is None:
            return
        await self._recording.answered(
            unit,
            answered.outline,
            user_id=event.user_id,
            course_id=answered.course_id,
            quiz_id=event.quiz_id,
            score=event.score,
            max_score=event.max_score,
            graded_at=event.graded_at,
        )

    def subscriptions(self) -> Sequence[Subscription[Any]]:
        return (
            Subscription(
                event_type="lyceum.assessment.attempt.graded.v1",
                model=AttemptGraded,
                prepare=self.ask_who_answered,
                handle=self.on_attempt_graded,
            ),
        )
