"""Taking a course, and leaving it."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from lyceum.course.domain.entities import Course, Enrolment
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import CourseState
from lyceum.course.ports import CourseArchivedAlready, EnrolledAlready, NotEnrolled, NotPublished
from lyceum.course.services.authority import course_to_enrol, visible_course
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import VersionConflict
from lyceum.kernel.principal import Principal

ATTEMPTS = 5

Find = Callable[[CourseUnit, Principal, UUID], Awaitable[Course]]


class Enrolling:
    """Enrolling twice is one enrolment, also in parallel."""

    def __init__(self, *, units: Callable[[], CourseUnit], users: UserDirectory, clock: Clock) -> None:
        self._units = units
        self._users = users
        self._clock = clock

    async def enrol(self, principal: Principal, course_id: UUID) -> Enrolment:
        """Take a course. Raises `NotAuthenticated`, `CourseNotFound`, `NotPublished`, `CourseArchivedAlready`."""
        caller = principal.require_user()
        return await self._in_turn(lambda: self._enrol(principal, course_id, caller, find=visible_course))

    async def enrol_other(self, principal: Principal, course_id: UUID, user_id: UUID) -> Enrolment:
        """Make somebody take a course. Raises `PermissionDenied` and `UserNotFound` beside what `enrol` raises."""
        async with self._units() as unit:
            await course_to_enrol(unit, principal, course_id)
        await self._users.get_user(user_id=user_id)
        return await self._in_turn(lambda: self._enrol(principal, course_id, user_id, find=course_to_enrol))

    async def withdraw(self, principal: Principal, course_id: UUID) -> Enrolment:
        """Leave a course. Raises `NotAuthenticated`, `CourseNotFound`, `NotEnrolled`."""
        caller = principal.require_user()
        return await self._in_turn(lambda: self._withdraw(principal, course_id, caller, find=visible_course))

    async def withdraw_other(self, principal: Principal, course_id: UUID, user_id: UUID) -> Enrolment:
        """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`, `NotEnrolled`."""
        return await self._in_turn(lambda: self._withdraw(principal, course_id, user_id, find=course_to_enrol))

    async def complete(self, unit: CourseUnit, *, user_id: UUID, course_id: UUID, at: datetime) -> None:
        """Progress says that everything is done. Inside the consumer's unit; without an enrolment, nothing happens."""
        enrolment = await unit.enrolments.find(course_id, user_id)
        if enrolment is not None:
            enrolment.complete(at=at)

    async def _in_turn(self, step: Callable[[], Awaitable[Enrolment]]) -> Enrolment:
        """Do it again when a parallel request was first: then there is its work to find."""
        for _ in range(ATTEMPTS - 1):
            with contextlib.suppress(EnrolledAlready, VersionConflict):
                return await step()
        return await step()

    async def _enrol(self, principal: Principal, course_id: UUID, user_id: UUID, *, find: Find) -> Enrolment:
        now = self._clock.now()
        async with self._units() as unit:
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

    async def _withdraw(self, principal: Principal, course_id: UUID, user_id: UUID, *, find: Find) -> Enrolment:
        async with self._units() as unit:
            await find(unit, principal, course_id)
            enrolment = await unit.enrolments.find(course_id, user_id)
            if enrolment is None:
                raise NotEnrolled()
            enrolment.withdraw(now=self._clock.now())
            await unit.commit()
        return enrolment
