"""What learners read."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from lyceum.course.api.dependencies import StudyingService
from lyceum.course.ports import CourseNotFound, CourseStructure, NodeNotFound, NotEnrolled, NotOpenYet, NotPublished
from lyceum.course.schemas.internal import PageView
from lyceum.kernel.errors import NotAuthenticated, ValidationFailed
from lyceum.runtime.http import CurrentPrincipal, etag, problems

router = APIRouter(prefix="/api/v1/courses/{course_id}", tags=["course"])


@router.get(
    "/outline",
    operation_id="get_outline",
    response_model=CourseStructure,
    responses={**problems(CourseNotFound, NotPublished, ValidationFailed), 304: {"description": "Not modified."}},
)
async def get_outline(
    course_id: UUID, principal: CurrentPrincipal, studying: StudyingService, request: Request
) -> Response:
    """What there is to study, in order. The entity tag is the number of the published version."""
    outline = await studying.outline(principal, course_id)
    tag = etag(outline.number)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if known == "*" or tag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(outline.json, media_type="application/json", headers=headers)


@router.get(
    "/pages/{page_id}",
    operation_id="get_page",
    responses=problems(
        NotAuthenticated, CourseNotFound, NotPublished, NotEnrolled, NodeNotFound, NotOpenYet, ValidationFailed
    ),
)
async def get_page(course_id: UUID, page_id: UUID, principal: CurrentPrincipal, studying: StudyingService) -> PageView:
    """A page with all its blocks, for those who take or teach the course. The HTML in it is sanitised."""
    return await studying.page(principal, course_id, page_id)
