"""Courses, for those who make them."""

from uuid import UUID

from fastapi import APIRouter, Response

from lyceum.course.api.dependencies import AuthoringService, CatalogueChange
from lyceum.course.domain.values import InstructorRole
from lyceum.course.ports import CourseArchivedAlready, CourseNotFound, LastOwner, SlugTaken
from lyceum.course.schemas.internal import CourseChange, CourseRequest, CourseView, Instructor, InstructorChange
from lyceum.identity.ports import UserNotFound
from lyceum.kernel.errors import (
    NotAuthenticated,
    PermissionDenied,
    PreconditionFailed,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, IfMatch, PageParams, problems, set_etag

router = APIRouter(prefix="/api/v1/courses", tags=["course"])

_REFUSALS = (NotAuthenticated, PermissionDenied, CourseNotFound, ValidationFailed)


@router.post(
    "",
    status_code=201,
    operation_id="create_course",
    responses=problems(NotAuthenticated, PermissionDenied, ValidationFailed, SlugTaken),
)
async def create_course(
    request: CourseRequest, principal: CurrentPrincipal, authoring: AuthoringService, response: Response
) -> CourseView:
    """A course that only its author sees, with an empty outline."""
    course = await authoring.create(principal, request)
    set_etag(response, course.version)
    return course


@router.get("", operation_id="list_courses", responses=problems(NotAuthenticated, ValidationFailed))
async def list_courses(principal: CurrentPrincipal, authoring: AuthoringService, page: PageParams) -> Page[CourseView]:
    """The courses that the caller may change, newest first."""
    return await authoring.authored(principal, page=page)


@router.get("/{course_id}", operation_id="get_course", responses=problems(*_REFUSALS))
async def get_course(
    course_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService, response: Response
) -> CourseView:
    """A course as its authors see it."""
    course = await authoring.get(principal, course_id)
    set_etag(response, course.version)
    return course


@router.patch(
    "/{course_id}",
    operation_id="describe_course",
    responses=problems(*_REFUSALS, PreconditionFailed, PreconditionRequired, VersionConflict),
)
async def describe_course(
    course_id: UUID,
    change: CourseChange,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
    precondition: IfMatch,
    catalogue_changed: CatalogueChange,
    response: Response,
) -> CourseView:
    """Change what the catalogue says; learners see it at once."""
    course = await authoring.describe(principal, course_id, change, expected=precondition.version)
    await catalogue_changed()
    set_etag(response, course.version)
    return course


@router.post(
    "/{course_id}/archival",
    operation_id="archive_course",
    responses=problems(*_REFUSALS, CourseArchivedAlready, VersionConflict),
)
async def archive_course(
    course_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService, catalogue_changed: CatalogueChange
) -> CourseView:
    """Take no new learners; those who have it go on. Publishing opens it again."""
    course = await authoring.archive(principal, course_id)
    await catalogue_changed()
    return course


@router.get("/{course_id}/instructors", operation_id="list_instructors", responses=problems(*_REFUSALS))
async def list_instructors(
    course_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService
) -> list[Instructor]:
    """Who makes and teaches the course, by name."""
    return await authoring.instructors(principal, course_id)


@router.put(
    "/{course_id}/instructors/{user_id}",
    status_code=204,
    operation_id="appoint_instructor",
    responses=problems(*_REFUSALS, UserNotFound, LastOwner),
)
async def appoint_instructor(
    course_id: UUID,
    user_id: UUID,
    change: InstructorChange,
    principal: CurrentPrincipal,
    authoring: AuthoringService,
) -> None:
    """Let somebody make and teach the course, as an owner or not."""
    await authoring.appoint(principal, course_id, user_id, InstructorRole(change.role))


@router.delete(
    "/{course_id}/instructors/{user_id}",
    status_code=204,
    operation_id="dismiss_instructor",
    responses=problems(*_REFUSALS, LastOwner),
)
async def dismiss_instructor(
    course_id: UUID, user_id: UUID, principal: CurrentPrincipal, authoring: AuthoringService
) -> None:
    """Take it back. Everybody may leave; the last owner stays."""
    await authoring.dismiss(principal, course_id, user_id)
