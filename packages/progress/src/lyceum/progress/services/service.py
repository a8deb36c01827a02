"""The published port, served."""

from uuid import UUID

from lyceum.kernel.clock import Clock
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.queries import ProgressQueries
from lyceum.progress.ports import CourseProgressSummary
from lyceum.progress.services.outlines import Outlines


class Reader:
    """`CourseProgressReader`."""

    def __init__(self, *, queries: ProgressQueries, outlines: Outlines, clock: Clock) -> None:
        self._queries = queries
        self._outlines = outlines
        self._clock = clock

    async def course_progress(self, *, user_id: UUID, course_id: UUID) -> CourseProgressSummary | None:
        standing = await self._queries.standing(user_id, course_id)
        if standing is None:
            return None
        outline = await self._outlines.at(course_id, revision=standing.revision or 0)
        return CourseProgressSummary(
            user_id=user_id,
            course_id=course_id,
            percentage=evaluate(outline, standing.facts, self._clock.now()).percentage if outline else 0,
            completed_at=standing.completed_at,
        )
