"""What the events of other modules mean for progress. Each may come twice, or late, without harm."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from lyceum.course.ports import CourseStructure
from lyceum.kernel.clock import Clock
from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.queries import ProgressQueries
from lyceum.progress.domain.repositories import ProgressUnit
from lyceum.progress.domain.values import EnrolmentState
from lyceum.progress.services.announcing import Announcing
from lyceum.progress.services.catching_up import CatchingUp
from lyceum.progress.services.completing import SETTLE_COURSE


class Recording:
    """Methods with a unit run in the transaction that also remembers the event; the others go before it, and may
    ask."""

    def __init__(
        self, *, queries: ProgressQueries, catching_up: CatchingUp, announcing: Announcing, clock: Clock
    ) -> None:
        self._queries = queries
        self._catching_up = catching_up
        self._announcing = announcing
        self._clock = clock

    async def structure(self, course_id: UUID) -> CourseStructure | None:
        """What course publishes at this moment, which may be more than the event tells of; null if nothing."""
        return await self._catching_up.structure(course_id)

    async def published(self, unit: ProgressUnit, structure: CourseStructure, *, published_at: datetime) -> None:
        """Keep the copy, and complete the course in the background for all who have nothing left to do in it."""
        course = await unit.courses.find(structure.course_id)
        if course is None:
            await unit.courses.remember(PublishedCourse.first(structure, published_at=published_at))
        elif not course.replace(structure, published_at=published_at):
            return
        await unit.defer(SETTLE_COURSE, course_id=str(structure.course_id))

    async def may_start(self, user_id: UUID, course_id: UUID) -> bool:
        """Whether to believe that the person takes the course now. After a withdrawal course is asked: it may be an old
        event that was held up."""
        if await self._queries.standing(user_id, course_id) is None:
            return True
        return await self.takes(user_id, course_id)

    async def takes(self, user_id: UUID, course_id: UUID) -> bool:
        """Whether the person takes the course now, as far as progress knows, or else as course says."""
        standing = await self._catching_up.standing(user_id, course_id)
        return standing is not None and standing.state is EnrolmentState.ACTIVE

    async def started(self, unit: ProgressUnit, user_id: UUID, course_id: UUID, *, enrolled_at: datetime) -> None:
        """The person takes the course, for the first time or again."""
        progress = await unit.learners.find(user_id, course_id)
        if progress is None:
            await unit.learners.remember(
                CourseProgress.enrol(user_id=user_id, course_id=course_id, enrolled_at=enrolled_at)
            )
        else:
            progress.return_to(enrolled_at=enrolled_at)

    async def withdrawn(self, unit: ProgressUnit, user_id: UUID, course_id: UUID) -> None:
        """The person no longer takes the course. Also remembered of somebody not known: the start may still come."""
        progress = await unit.learners.find(user_id, course_id)
        if progress is None:
            now = self._clock.now()
            progress = CourseProgress.enrol(
                user_id=user_id, course_id=course_id, enrolled_at=now, state=EnrolmentState.WITHDRAWN
            )
            await unit.learners.remember(progress)
        else:
            progress.withdraw()

    async def outline(self, course_id: UUID) -> Outline | None:
        """The course as progress knows it, or else as course publishes it."""
        return await self._catching_up.outline(course_id)

    async def answered(
        self,
        unit: ProgressUnit,
        outline: Outline | None,
        *,
        user_id: UUID,
        course_id: UUID,
        quiz_id: UUID,
        score: Decimal,
        max_score: Decimal,
        graded_at: datetime,
    ) -> None:
        """A result in a quiz of the course, kept even if the quiz is not part of it at present."""
        progress = await unit.learners.find(user_id, course_id)
        if progress is None:
            return
        progress.answer(quiz_id, score=score, max_score=max_score, at=graded_at)
        if outline is not None:
            now = self._clock.now()
            progress.settle(outline, now=now)
            evaluation, completed_at = evaluate(outline, progress.facts, now), progress.completed_at
            unit.after_commit(lambda: self._announcing.moved(user_id, evaluation, completed_at=completed_at, at=now))
