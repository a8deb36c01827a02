"""Listings about courses: versions, and who takes what."""

from collections.abc import Callable
from uuid import UUID

from lyceum.course.domain.queries import CourseQueries
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.schemas.internal import EnrolmentView, MyEnrolment, VersionView
from lyceum.course.services.authority import course_to_author, course_to_enrol
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal


class Records:
    def __init__(self, *, units: Callable[[], CourseUnit], queries: CourseQueries) -> None:
        self._units = units
        self._queries = queries

    async def versions(self, principal: Principal, course_id: UUID, *, page: PageRequest) -> Page[VersionView]:
        """Newest first. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
        return await self._queries.versions(course_id, page=page)

    async def my_enrolments(self, principal: Principal, *, page: PageRequest) -> Page[MyEnrolment]:
        """The courses that the caller takes or took, latest first. Raises `NotAuthenticated`."""
        return await self._queries.my_enrolments(principal.require_user(), page=page)

    async def course_enrolments(
        self, principal: Principal, course_id: UUID, *, page: PageRequest
    ) -> Page[EnrolmentView]:
        """Latest first. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await course_to_enrol(unit, principal, course_id)
        return await self._queries.course_enrolments(course_id, page=page)
