"""Importing and exporting courses."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Response, UploadFile

from lyceum.course.api.dependencies import ExportingService, ImportingService, TransfersService
from lyceum.course.domain.importing import ArchiveFormat
from lyceum.course.ports import CourseNotFound, ExportNotFound, ImportNotFound
from lyceum.course.ports.imports import ImportFormat
from lyceum.course.schemas.internal import ExportView, ImportView
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, TooLarge, ValidationFailed
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, IdempotentRoute, PageParams, problems

router = APIRouter(prefix="/api/v1", tags=["course"], route_class=IdempotentRoute)


@router.post(
    "/imports",
    status_code=202,
    operation_id="import_course",
    responses=problems(NotAuthenticated, PermissionDenied, ValidationFailed, TooLarge),
)
async def import_course(
    principal: CurrentPrincipal,
    importing: ImportingService,
    transfers: TransfersService,
    response: Response,
    file: Annotated[UploadFile, File(description="An Open edX, Common Cartridge or Lyceum archive.")],
    format: Annotated[ImportFormat | None, Form(description="Left out, the content decides.")] = None,
    publish: Annotated[bool, Form(description="Publish the course when it is there.")] = False,
    organisation_id: Annotated[UUID | None, Form()] = None,
) -> ImportView:
    """Make a course of an archive. A worker does it; ask for the import to see how far it is and what was lost."""
    request = await importing.request(
        principal,
        file_name=file.filename or "archive",
        content=_content(file),
        format=None if format is None else ArchiveFormat(format),
        publish=publish,
        organisation_id=organisation_id,
    )
    response.headers["Location"] = f"/api/v1/imports/{request.id}"
    return await transfers.one_import(principal, request.id)


async def _content(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(1024 * 1024):
        yield chunk


@router.get("/imports", operation_id="list_imports", responses=problems(NotAuthenticated, ValidationFailed))
async def list_imports(principal: CurrentPrincipal, transfers: TransfersService, page: PageParams) -> Page[ImportView]:
    """The caller's imports, latest first, without their reports."""
    return await transfers.imports(principal, page=page)


@router.get(
    "/imports/{import_id}",
    operation_id="get_import",
    responses=problems(NotAuthenticated, ImportNotFound, ValidationFailed),
)
async def get_import(import_id: UUID, principal: CurrentPrincipal, transfers: TransfersService) -> ImportView:
    """How far an import is; when it has ended, its loss report or what was wrong."""
    return await transfers.one_import(principal, import_id)


@router.post(
    "/courses/{course_id}/exports",
    status_code=202,
    operation_id="export_course",
    responses=problems(NotAuthenticated, PermissionDenied, CourseNotFound, ValidationFailed),
)
async def export_course(
    course_id: UUID,
    principal: CurrentPrincipal,
    exporting: ExportingService,
    transfers: TransfersService,
    response: Response,
) -> ExportView:
    """Make an archive of the draft, from which it can be imported again."""
    request = await exporting.request(principal, course_id)
    response.headers["Location"] = f"/api/v1/exports/{request.id}"
    return await transfers.one_export(principal, request.id)


@router.get(
    "/exports/{export_id}",
    operation_id="get_export",
    responses=problems(NotAuthenticated, PermissionDenied, CourseNotFound, ExportNotFound, ValidationFailed),
)
async def get_export(export_id: UUID, principal: CurrentPrincipal, transfers: TransfersService) -> ExportView:
    """How far an export is; when it has succeeded, a short-lived address of the archive."""
    return await transfers.one_export(principal, export_id)
