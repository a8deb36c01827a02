"""Telling learners how far they are, while they watch."""

from datetime import datetime
from uuid import UUID

from lyceum.kernel.live import Live
from lyceum.progress.domain.evaluation import Evaluation
from lyceum.progress.schemas.live import ProgressChanged


class Announcing:
    """To be called when what it tells of is committed."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def moved(self, user_id: UUID, evaluation: Evaluation, *, completed_at: datetime | None, at: datetime) -> None:
        """Tell the learner how much of the course is done at this moment."""
        course_id = evaluation.outline.course_id
        message = ProgressChanged(
            course_id=course_id, percentage=evaluation.percentage, completed_at=completed_at, at=at
        )
        self._live.publish(f"progress/{course_id}", message, to=user_id)
