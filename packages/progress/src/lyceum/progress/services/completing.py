"""Noticing that somebody is done with a course."""

from collections.abc import Callable
from uuid import UUID

from lyceum.kernel.clock import Clock
from lyceum.kernel.pagination import PageRequest
from lyceum.progress.domain.evaluation import Evaluation, evaluate
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.queries import ProgressQueries
from lyceum.progress.domain.repositories import ProgressUnit
from lyceum.progress.domain.values import EnrolmentState, Standing
from lyceum.progress.services.announcing import Announcing
from lyceum.progress.services.outlines import Outlines

SETTLE_COURSE = "progress.settle-course"
BATCH = 500


class Completing:
    """Facts are written without asking what follows from them; whoever then reads the learner's row and finds nothing
    left comes here. The learner's row is locked for the decision, so of many that find out at once, one completes.

    Should a process die between the fact and this, the next read of the learner's progress finds it out again, and so
    does the nightly run.
    """

    def __init__(
        self,
        *,
        units: Callable[[], ProgressUnit],
        queries: ProgressQueries,
        outlines: Outlines,
        announcing: Announcing,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._outlines = outlines
        self._announcing = announcing
        self._clock = clock

    async def notice(self, standing: Standing, outline: Outline) -> bool:
        """Complete the course if that is due; whether it was."""
        if standing.completed_at is not None:
            return False
        return await self._notice(standing, evaluate(outline, standing.facts, self._clock.now()))

    async def moved(self, standing: Standing, outline: Outline) -> None:
        """The learner did something: tell how far that leads, and complete the course if it leads to its end."""
        now = self._clock.now()
        evaluation = evaluate(outline, standing.facts, now)
        if not await self._notice(standing, evaluation):
            self._announcing.moved(standing.user_id, evaluation, completed_at=standing.completed_at, at=now)

    async def _notice(self, standing: Standing, evaluation: Evaluation) -> bool:
        if standing.completed_at is not None or standing.state is not EnrolmentState.ACTIVE:
            return False
        if not evaluation.is_complete:
            return False
        await self.settle(standing.user_id, evaluation.outline)
        return True

    async def settle(self, user_id: UUID, outline: Outline) -> None:
        """Complete the course for a learner who has nothing left to do."""
        async with self._units() as unit:
            progress = await unit.learners.find(user_id, outline.course_id)
            if progress is not None:
                now = self._clock.now()
                progress.settle(outline, now=now)
                evaluation, completed_at = evaluate(outline, progress.facts, now), progress.completed_at
                unit.after_commit(
                    lambda: self._announcing.moved(user_id, evaluation, completed_at=completed_at, at=now)
                )
                await unit.commit()

    async def settle_course(self, course_id: UUID) -> int:
        """Complete the course for all who have nothing left to do; how many those were. Doing it again does no harm."""
        outline = await self._outlines.newest(course_id)
        if outline is None:
            return 0
        settled = 0
        cursor: str | None = None
        while True:
            page = await self._queries.unfinished(course_id, page=PageRequest(limit=BATCH, cursor=cursor))
            for standing in page.items:
                settled += await self.notice(standing, outline)
            cursor = page.next_cursor
            if cursor is None:
                return settled

    async def settle_all(self) -> int:
        """The same for every course."""
        return sum([await self.settle_course(course_id) for course_id in await self._queries.course_ids()])
