"""Who may do what with a course."""

from datetime import datetime

from lyceum.course.domain.entities import Course, Enrolment
from lyceum.course.domain.values import CourseState, InstructorRole
from lyceum.kernel.principal import Permission, Principal

CREATE = "course.course.create"
EDIT = "course.course.edit"
INSTRUCT = "course.course.instruct"
MANAGE_ENROLMENTS = "course.enrolment.manage"

PERMISSIONS = (
    Permission(name=CREATE, description="create and import courses", roles=frozenset({"author", "administrator"})),
    Permission(name=EDIT, description="change and publish courses", roles=frozenset({"administrator"})),
    Permission(
        name=INSTRUCT,
        description="see the learners of courses and their work",
        roles=frozenset({"instructor", "administrator"}),
    ),
    Permission(
        name=MANAGE_ENROLMENTS,
        description="enrol and withdraw other people",
        roles=frozenset({"instructor", "administrator"}),
    ),
)


def may_author(principal: Principal, course: Course, role: InstructorRole | None) -> bool:
    """Those who instruct the course, and those with the permission on it, on its organisation or on the platform."""
    return principal.is_authenticated and (role is not None or _allows(principal, EDIT, course))


def may_own(principal: Principal, course: Course, role: InstructorRole | None) -> bool:
    """Those who may say who instructs."""
    return principal.is_authenticated and (role is InstructorRole.OWNER or _allows(principal, EDIT, course))


def may_instruct(principal: Principal, course: Course, role: InstructorRole | None) -> bool:
    """Those who may see learners and their work."""
    return may_author(principal, course, role) or (principal.is_authenticated and _allows(principal, INSTRUCT, course))


def may_manage_enrolments(principal: Principal, course: Course, role: InstructorRole | None) -> bool:
    return may_author(principal, course, role) or (
        principal.is_authenticated and _allows(principal, MANAGE_ENROLMENTS, course)
    )


def may_see(principal: Principal, course: Course, role: InstructorRole | None, enrolment: Enrolment | None) -> bool:
    """Published courses are for everybody who knows the address; an archived one for those who took it."""
    if course.state is CourseState.PUBLISHED:
        return True
    if course.state is CourseState.ARCHIVED and enrolment is not None and enrolment.opens_content:
        return True
    return may_instruct(principal, course, role)


def is_open(available_from: datetime | None, now: datetime) -> bool:
    """Whether something with this opening time is open now."""
    return available_from is None or available_from <= now


def _allows(principal: Principal, permission: str, course: Course) -> bool:
    return principal.allows(permission, organisation=course.organisation_id, course=course.id)
