"""What course knows and its events have not told yet: somebody enrols and studies within the same second."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from lyceum.course.ports import CourseAccess, CourseNotFound, CourseStructure, CourseStructures, NotPublished
from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.queries import ProgressQueries
from lyceum.progress.domain.repositories import ProgressUnit
from lyceum.progress.domain.values import EnrolmentState, Standing
from lyceum.progress.services.outlines import Outlines

# A copy fetched without an event: every event about the course is later.
BEFORE_ALL_EVENTS = datetime(1970, 1, 1, tzinfo=UTC)


class CatchingUp:
    """Asks course where progress has nothing of its own, and remembers the answer. Never within a unit of work."""

    def __init__(
        self,
        *,
        units: Callable[[], ProgressUnit],
        queries: ProgressQueries,
        outlines: Outlines,
        structures: CourseStructures,
        access: CourseAccess,
    ) -> None:
        self._units = units
        self._queries = queries
        self._outlines = outlines
        self._structures = structures
        self._access = access

    async def structure(self, course_id: UUID) -> CourseStructure | None:
        """What course publishes now; null if it publishes nothing."""
        try:
            return await self._structures.published_structure(course_id=course_id)
        except (CourseNotFound, NotPublished):
            return None

    async def outline(self, course_id: UUID) -> Outline | None:
        """The outline as this process last saw it; null for a course that is not published."""
        known = await self._outlines.known(course_id)
        if known is not None:
            return known
        structure = await self.structure(course_id)
        if structure is None:
            return None
        async with self._units() as unit:
            await unit.courses.remember(PublishedCourse.first(structure, published_at=BEFORE_ALL_EVENTS))
            await unit.commit()
        return await self._outlines.newest(course_id)

    async def standing(self, user_id: UUID, course_id: UUID) -> Standing | None:
        """Where the person stands; null for somebody who never took the course.

        Course is asked about somebody who is not known to take the course now: they may have enrolled, or come back.
        """
        standing = await self._queries.standing(user_id, course_id)
        if standing is not None and standing.state is EnrolmentState.ACTIVE:
            return standing
        enrolment = await self._access.enrolment(user_id=user_id, course_id=course_id)
        if enrolment is None:
            return standing
        state = EnrolmentState.WITHDRAWN if enrolment.state == "withdrawn" else EnrolmentState.ACTIVE
        await self._remember(user_id, course_id, state, enrolment.enrolled_at)
        return await self._queries.standing(user_id, course_id)

    async def _remember(self, user_id: UUID, course_id: UUID, state: EnrolmentState, enrolled_at: datetime) -> None:
        async with self._units() as unit:
            progress = await unit.learners.find(user_id, course_id)
            if progress is None:
                await unit.learners.remember(
                    CourseProgress.enrol(user_id=user_id, course_id=course_id, enrolled_at=enrolled_at, state=state)
                )
            elif state is EnrolmentState.ACTIVE:
                progress.return_to(enrolled_at=enrolled_at)
            await unit.commit()
