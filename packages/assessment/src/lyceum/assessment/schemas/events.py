"""The events that assessment publishes."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lyceum.kernel.events import PublishedEvent


class AttemptEvent(PublishedEvent):
    """What all events about an attempt have; they are ordered by attempt. `course_id` is null outside courses."""

    attempt_id: UUID
    quiz_id: UUID
    course_id: UUID | None
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.attempt_id


class AttemptStarted(AttemptEvent):
    """A learner began; `expires_at` is null without a time limit."""

    type: ClassVar[str] = "lyceum.assessment.attempt.started.v1"
    started_at: datetime
    expires_at: datetime | None


class AttemptGraded(AttemptEvent):
    """Every question has an answer or the attempt has ended, and this is what it earned so far.

    In practice it comes again when an answer improves; after `final`, nothing changes any more. `score` and `max_score`
    are decimal numbers as text, rounded to six places; `passed` is null where the quiz has no threshold.
    """

    type: ClassVar[str] = "lyceum.assessment.attempt.graded.v1"
    score: str
    max_score: str
    passed: bool | None
    final: bool
    graded_at: datetime


PUBLISHED = (AttemptStarted, AttemptGraded)
