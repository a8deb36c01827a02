"""The published ports, served."""

from collections.abc import Callable
from uuid import UUID

from lyceum.course.domain import policies
from lyceum.course.domain.entities import Course
from lyceum.course.domain.queries import CourseQueries
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import InstructorRole
from lyceum.course.ports import CourseNotFound, CourseStructure, EnrolmentSummary, NotPublished
from lyceum.kernel.principal import Principal


class CourseDesk:
    """`CourseStructures` and `CourseAccess`."""

    def __init__(self, *, units: Callable[[], CourseUnit], queries: CourseQueries) -> None:
        self._units = units
        self._queries = queries

    async def published_structure(self, *, course_id: UUID) -> CourseStructure:
        facts = await self._queries.facts(course_id, None)
        if facts is None:
            raise CourseNotFound()
        found = None if facts.number is None else await self._queries.structure(course_id, facts.number)
        if found is None:
            raise NotPublished()
        return found

    async def may_author(self, *, actor: Principal, course_id: UUID) -> bool:
        return await self._allowed(actor, course_id, policies.may_author)

    async def may_instruct(self, *, actor: Principal, course_id: UUID) -> bool:
        return await self._allowed(actor, course_id, policies.may_instruct)

    async def enrolment(self, *, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None:
        return await self._queries.enrolment(user_id, course_id)

    async def _allowed(
        self, actor: Principal, course_id: UUID, policy: Callable[[Principal, Course, InstructorRole | None], bool]
    ) -> bool:
        if actor.user_id is None:
            return False
        async with self._units() as unit:
            try:
                course = await unit.courses.get(course_id)
            except CourseNotFound:
                return False
            return policy(actor, course, await unit.instructors.role_of(actor.user_id, course_id))
