"""Taking a course, and leaving it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from lyceum.course.domain.entities import Enrolment
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import CourseState
from lyceum.course.ports import CourseArchivedAlready, EnrolledAlready, NotEnrolled, NotPublished
from lyceum.course.services.authority import course_to_enrol, visible_course
from lyceum.kernel.clock import Clock
from lyceum.kernel.principal import Principal


class Enrolling:
    """Enrolling twice is one enrolment, also in parallel."""

    def __init__(self, *, units: Callable[[], CourseUnit], clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def enrol(self, principal: Principal, course_id: UUID) -> Enrolment:
        """Take a course. Raises `NotAuthenticated`, `CourseNotFound`, `NotPublished`, `CourseArchivedAlready`."""
        caller = principal.require_user()
        return await self._enrol(principal, course_id, caller, on_behalf=False)

    async def enrol_other(self, principal: Principal, course_id: UUID, user_id: UUID) -> Enrolment:
        """Make somebody take a course. Raises `PermissionDenied` beside what `enrol` raises."""
        return await self._enrol(principal, course_id, user_id, on_behalf=True)

    async def withdraw(self, principal: Principal, course_id: UUID) -> Enrolment:
        """Leave a course. Raises `NotAuthenticated`, `CourseNotFound`, `NotEnrolled`."""
        caller = principal.require_user()
        async with self._units() as unit:
            await visible_course(unit, principal, course_id)
            return await self._withdraw(unit, course_id, caller)

    async def withdraw_other(self, principal: Principal, course_id: UUID, user_id: UUID) -> Enrolment:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `NotEnrolled`."""
        async with self._units() as unit:
            await course_to_enrol(unit, principal, course_id)
            return await self._withdraw(unit, course_id, user_id)

    async def complete(self, unit: CourseUnit, *, user_id: UUID, course_id: UUID, at: datetime) -> None:
        """Progress says that everything is done. Inside the consumer's unit; without an enrolment, nothing happens."""
        enrolment = await unit.enrolments.find(course_id, user_id)
        if enrolment is not None:
            enrolment.complete(at=at)

    async def _enrol(self, principal: Principal, course_id: UUID, user_id: UUID, *, on_behalf: bool) -> Enrolment:
        try:
            return await self._enrol_once(principal, course_id, user_id, on_behalf=on_behalf)
        except EnrolledAlready:  # a parallel request was first; now there is one to find
            return await self._enrol_once(principal, course_id, user_id, on_behalf=on_behalf)

    async def _enrol_once(self, principal: Principal, course_id: UUID, user_id: UUID, *, on_behalf: bool) -> Enrolment:
        now = self._clock.now()
        async with self._units() as unit:
            find = course_to_enrol if on_behalf else visible_course
            course = await find(unit, principal, course_id)
            enrolment = await unit.enrolments.find(course_id, user_id)
            if enrolment is not None and enrolment.opens_content:
                return enrolment
            if course.state is CourseState.ARCHIVED:
                raise CourseArchivedAlready()
            if course.state is not CourseState.PUBLISHED:
                raise NotPublished()
            if enrolment is None:
                enrolment = Enrolment.start(course_id=course_id, user_id=user_id, now=now)
                unit.enrolments.add(enrolment)
            else:
                enrolment.resume(now=now)
            await unit.commit()
        return enrolment

    async def _withdraw(self, unit: CourseUnit, course_id: UUID, user_id: UUID) -> Enrolment:
        enrolment = await unit.enrolments.find(course_id, user_id)
        if enrolment is None:
            raise NotEnrolled()
        enrolment.withdraw(now=self._clock.now())
        await unit.commit()
        return enrolment
