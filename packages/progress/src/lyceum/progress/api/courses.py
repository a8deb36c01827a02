"""Progress in courses."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, ValidationFailed
from lyceum.kernel.pagination import Page
from lyceum.progress.api.dependencies import ReadingService, StudyingService
from lyceum.progress.ports import NodeLocked, NodeNotFound, NotEnrolled
from lyceum.progress.schemas.internal import (
    CourseOverview,
    CourseProgressView,
    Explanation,
    LearnerOverview,
    PositionRequest,
    ProgressOutline,
)
from lyceum.runtime.http import CurrentPrincipal, PageParams, problems

router = APIRouter(prefix="/api/v1/progress", tags=["progress"])

_OWN = problems(NotAuthenticated, NotEnrolled, ValidationFailed)

IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=1024)]


@router.get("", operation_id="list_my_progress", responses=problems(NotAuthenticated, ValidationFailed))
async def list_my_progress(
    principal: CurrentPrincipal, reading: ReadingService, page: PageParams
) -> Page[CourseOverview]:
    """The caller's courses with how far the caller is in each, the latest enrolment first."""
    return await reading.courses(principal, page=page)


@router.get("/courses/{course_id}", operation_id="get_course_progress", responses=_OWN)
async def get_course_progress(
    course_id: UUID, principal: CurrentPrincipal, reading: ReadingService
) -> CourseProgressView:
    """How far the caller is in a course, part by part down to its pages, and where to go on."""
    return await reading.course(principal, course_id)


@router.get(
    "/courses/{course_id}/outline",
    operation_id="get_progress_outline",
    response_model=ProgressOutline,
    responses={**_OWN, 304: {"description": "The outline is still the one that the client has."}},
)
async def get_progress_outline(
    course_id: UUID, principal: CurrentPrincipal, reading: ReadingService, if_none_match: IfNoneMatch = None
) -> Response:
    """The whole course with what the caller has done of it."""
    page = await reading.outline(principal, course_id)
    if if_none_match is not None and _names(if_none_match, page.etag):
        return Response(status_code=304, headers={"etag": page.etag})
    return Response(page.body(), media_type="application/json", headers={"etag": page.etag})


@router.get(
    "/courses/{course_id}/explain",
    operation_id="explain_course_progress",
    responses=problems(NotAuthenticated, ValidationFailed),
)
async def explain_course_progress(course_id: UUID, principal: CurrentPrincipal, reading: ReadingService) -> Explanation:
    """What is left to do, and why parts of the course are closed."""
    return await reading.explain(principal, course_id)


@router.put(
    "/courses/{course_id}/position",
    status_code=204,
    operation_id="set_resume_position",
    responses=problems(NotAuthenticated, NotEnrolled, NodeNotFound, NodeLocked, ValidationFailed),
)
async def set_resume_position(
    course_id: UUID, request: PositionRequest, principal: CurrentPrincipal, studying: StudyingService
) -> None:
    """Where the caller will go on, on whichever device."""
    await studying.move(principal, course_id, request)


@router.get(
    "/courses/{course_id}/learners",
    operation_id="list_learner_progress",
    responses=problems(NotAuthenticated, PermissionDenied, ValidationFailed),
)
async def list_learner_progress(
    course_id: UUID, principal: CurrentPrincipal, reading: ReadingService, page: PageParams
) -> Page[LearnerOverview]:
    """The learners of a course with how far each is, for those who teach it; the earliest enrolment first."""
    return await reading.learners(principal, course_id, page=page)


def _names(if_none_match: str, etag: str) -> bool:
    """Whether the header has the tag (RFC 9110, 13.1.2: weak comparison)."""
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or tags == ["*"]
