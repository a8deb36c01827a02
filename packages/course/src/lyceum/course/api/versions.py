"""Published versions."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from lyceum.course.api.dependencies import CatalogueChange, PublishingService, RecordsService
from lyceum.course.domain.versions import CourseVersion
from lyceum.course.ports import CourseNotFound, DraftNotReady, VersionNotFound
from lyceum.course.schemas.internal import Change, Differences, PublishRequest, VersionView
from lyceum.kernel.errors import (
    NotAuthenticated,
    PermissionDenied,
    PreconditionFailed,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, IfMatch, PageParams, problems

router = APIRouter(prefix="/api/v1/courses/{course_id}/versions", tags=["course"])

_REFUSALS = (NotAuthenticated, PermissionDenied, CourseNotFound, ValidationFailed)
MAX_NUMBER = 2**31 - 1
Number = Annotated[int, Path(ge=1, le=MAX_NUMBER)]


@router.post(
    "",
    status_code=201,
    operation_id="publish_course",
    responses=problems(*_REFUSALS, DraftNotReady, PreconditionFailed, PreconditionRequired, VersionConflict),
)
async def publish_course(
    course_id: UUID,
    request: PublishRequest,
    principal: CurrentPrincipal,
    publishing: PublishingService,
    precondition: IfMatch,
    catalogue_changed: CatalogueChange,
) -> VersionView:
    """Publish the draft as the next version; `If-Match` has the version of the outline that was looked at.

    All learners are on it at once. Their progress follows the parts that stay; running attempts keep their questions;
    who has completed the course stays so.
    """
    version = await publishing.publish(principal, course_id, note=request.note, expected=precondition.version)
    await catalogue_changed()
    return _view(version)


@router.get("", operation_id="list_versions", responses=problems(*_REFUSALS))
async def list_versions(
    course_id: UUID, principal: CurrentPrincipal, records: RecordsService, page: PageParams
) -> Page[VersionView]:
    """All published versions, newest first."""
    return await records.versions(principal, course_id, page=page)


@router.get("/{number}/diff", operation_id="diff_versions", responses=problems(*_REFUSALS, VersionNotFound))
async def diff_versions(
    course_id: UUID,
    number: Number,
    against: Annotated[int, Query(ge=1, le=MAX_NUMBER, description="The earlier version.")],
    principal: CurrentPrincipal,
    publishing: PublishingService,
) -> Differences:
    """What this version has changed since another one."""
    changes = await publishing.version_differences(principal, course_id, old=against, new=number)
    return Differences(changes=[Change.model_validate(change.model_dump()) for change in changes])


@router.post(
    "/{number}/restoration",
    status_code=201,
    operation_id="restore_version",
    responses=problems(*_REFUSALS, VersionNotFound, VersionConflict),
)
async def restore_version(
    course_id: UUID,
    number: Number,
    principal: CurrentPrincipal,
    publishing: PublishingService,
    catalogue_changed: CatalogueChange,
) -> VersionView:
    """Publish what an earlier version had as the next version. The draft stays as it is."""
    version = await publishing.restore(principal, course_id, number)
    await catalogue_changed()
    return _view(version)


def _view(version: CourseVersion) -> VersionView:
    return VersionView(
        number=version.number,
        title=version.title,
        content_hash=version.content_hash,
        note=version.note,
        restored_from=version.restored_from,
        published_at=version.published_at,
        published_by=version.published_by,
        current=True,
    )
