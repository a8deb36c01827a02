"""Loads a course for a caller, or refuses: the object-level check that every use case begins with."""

from collections.abc import Callable
from uuid import UUID

from lyceum.course.domain import policies
from lyceum.course.domain.entities import Course
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import InstructorRole
from lyceum.course.ports import CourseNotFound
from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.principal import Principal

_Policy = Callable[[Principal, Course, InstructorRole | None], bool]


async def course_to_author(unit: CourseUnit, principal: Principal, course_id: UUID) -> Course:
    """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
    return await _course(unit, principal, course_id, policies.may_author)


async def course_to_own(unit: CourseUnit, principal: Principal, course_id: UUID) -> Course:
    """Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
    return await _course(unit, principal, course_id, policies.may_own)


async def course_to_enrol(unit: CourseUnit, principal: Principal, course_id: UUID) -> Course:
    """For enrolling and withdrawing others. Raises `NotAuthenticated`, `CourseNotFound`, `PermissionDenied`."""
    return await _course(unit, principal, course_id, policies.may_manage_enrolments)


async def visible_course(unit: CourseUnit, principal: Principal, course_id: UUID) -> Course:
    """Raises `CourseNotFound` as well where the caller may not know of the course."""
    course = await unit.courses.get(course_id)
    role = await _role(unit, principal, course_id)
    enrolment = None if principal.user_id is None else await unit.enrolments.find(course_id, principal.user_id)
    if not policies.may_see(principal, course, role, enrolment):
        raise CourseNotFound()
    return course


async def _course(unit: CourseUnit, principal: Principal, course_id: UUID, policy: _Policy) -> Course:
    principal.require_user()
    course = await unit.courses.get(course_id)
    role = await _role(unit, principal, course_id)
    if policy(principal, course, role):
        return course
    if policies.may_see(principal, course, role, None):
        raise PermissionDenied("This is for the course's authors")
    raise CourseNotFound()


async def _role(unit: CourseUnit, principal: Principal, course_id: UUID) -> InstructorRole | None:
    return None if principal.user_id is None else await unit.instructors.role_of(principal.user_id, course_id)
