"""The files of a course."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from lyceum.course.api.dependencies import FilingService
from lyceum.course.ports import AssetNotFound, CourseNotFound, NotEnrolled, SignInForFile
from lyceum.course.schemas.internal import AssetView
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, TooLarge, ValidationFailed
from lyceum.runtime.http import CurrentPrincipal, problems

router = APIRouter(prefix="/api/v1/courses/{course_id}/assets", tags=["course"])

_REFUSALS = (NotAuthenticated, PermissionDenied, CourseNotFound, ValidationFailed)
_BINARY = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}


@router.get("", operation_id="list_assets", responses=problems(*_REFUSALS))
async def list_assets(course_id: UUID, principal: CurrentPrincipal, filing: FilingService) -> list[AssetView]:
    """The course's files, by path."""
    return await filing.files(principal, course_id)


@router.put(
    "/{path:path}",
    operation_id="upload_asset",
    responses=problems(*_REFUSALS, TooLarge),
    openapi_extra={"requestBody": {**_BINARY, "required": True}},
)
async def upload_asset(
    course_id: UUID, path: str, request: Request, principal: CurrentPrincipal, filing: FilingService
) -> AssetView:
    """Keep the body as a file of the course, in place of any with this path. Its type is the request's."""
    media_type = request.headers.get("content-type", "application/octet-stream")
    return await filing.upload(principal, course_id, path, media_type=media_type, content=request.stream())


@router.get(
    "/{path:path}",
    operation_id="get_asset",
    status_code=302,
    response_class=Response,
    responses={
        **problems(SignInForFile, NotEnrolled, CourseNotFound, AssetNotFound, ValidationFailed),
        302: {"description": "`Location` is an address of the file that works for some minutes."},
    },
)
async def get_asset(course_id: UUID, path: str, principal: CurrentPrincipal, filing: FilingService) -> Response:
    """Where the file is, for those who take or teach the course; the course's image is for everybody."""
    address = await filing.address(principal, course_id, path)
    return Response(status_code=302, headers={"Location": address, "Cache-Control": "private, max-age=300"})


@router.delete(
    "/{path:path}",
    status_code=204,
    operation_id="remove_asset",
    responses=problems(*_REFUSALS, AssetNotFound),
)
async def remove_asset(course_id: UUID, path: str, principal: CurrentPrincipal, filing: FilingService) -> None:
    """Remove a file. What refers to it shows that it is missing."""
    await filing.remove(principal, course_id, path)
