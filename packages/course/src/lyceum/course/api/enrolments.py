"""Taking courses."""

from uuid import UUID

from fastapi import APIRouter

from lyceum.course.api.dependencies import EnrollingService, RecordsService
from lyceum.course.domain.entities import Enrolment
from lyceum.course.ports import CourseArchivedAlready, CourseNotFound, NotEnrolled, NotPublished
from lyceum.course.schemas.internal import EnrolmentView, MyEnrolment
from lyceum.identity.ports import UserNotFound
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, ValidationFailed, VersionConflict
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, PageParams, problems

router = APIRouter(prefix="/api/v1", tags=["course"])

_OWN = (NotAuthenticated, CourseNotFound, ValidationFailed, VersionConflict)
_OTHERS = (*_OWN, PermissionDenied)


@router.post(
    "/courses/{course_id}/enrolment",
    operation_id="enrol",
    responses=problems(*_OWN, NotPublished, CourseArchivedAlready),
)
async def enrol(course_id: UUID, principal: CurrentPrincipal, enrolling: EnrollingService) -> EnrolmentView:
    """Take the course. Doing it again changes nothing."""
    return _view(await enrolling.enrol(principal, course_id))


@router.delete("/courses/{course_id}/enrolment", operation_id="withdraw", responses=problems(*_OWN, NotEnrolled))
async def withdraw(course_id: UUID, principal: CurrentPrincipal, enrolling: EnrollingService) -> EnrolmentView:
    """Leave the course. What was done is kept, for coming back."""
    return _view(await enrolling.withdraw(principal, course_id))


@router.get("/enrolments", operation_id="list_my_enrolments", responses=problems(NotAuthenticated, ValidationFailed))
async def list_my_enrolments(
    principal: CurrentPrincipal, records: RecordsService, page: PageParams
) -> Page[MyEnrolment]:
    """The courses that the caller takes or took, latest first."""
    return await records.my_enrolments(principal, page=page)


@router.get("/courses/{course_id}/enrolments", operation_id="list_course_enrolments", responses=problems(*_OTHERS))
async def list_course_enrolments(
    course_id: UUID, principal: CurrentPrincipal, records: RecordsService, page: PageParams
) -> Page[EnrolmentView]:
    """Who takes the course, latest first."""
    return await records.course_enrolments(principal, course_id, page=page)


@router.put(
    "/courses/{course_id}/enrolments/{user_id}",
    operation_id="enrol_person",
    responses=problems(*_OTHERS, UserNotFound, NotPublished, CourseArchivedAlready),
)
async def enrol_person(
    course_id: UUID, user_id: UUID, principal: CurrentPrincipal, enrolling: EnrollingService
) -> EnrolmentView:
    """Make somebody take the course."""
    return _view(await enrolling.enrol_other(principal, course_id, user_id))


@router.delete(
    "/courses/{course_id}/enrolments/{user_id}",
    operation_id="withdraw_person",
    responses=problems(*_OTHERS, NotEnrolled),
)
async def withdraw_person(
    course_id: UUID, user_id: UUID, principal: CurrentPrincipal, enrolling: EnrollingService
) -> EnrolmentView:
    """Take somebody out of the course."""
    return _view(await enrolling.withdraw_other(principal, course_id, user_id))


def _view(enrolment: Enrolment) -> EnrolmentView:
    return EnrolmentView(
        course_id=enrolment.course_id,
        user_id=enrolment.user_id,
        state=enrolment.state.value,
        enrolled_at=enrolment.enrolled_at,
        withdrawn_at=enrolment.withdrawn_at,
        completed_at=enrolment.completed_at,
    )
