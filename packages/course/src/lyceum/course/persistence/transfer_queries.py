"""Imports and exports as they stand, with the progress that their jobs report."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select, tuple_

from lyceum.course.domain.assets import stored_key
from lyceum.course.domain.entities import TransferState
from lyceum.course.domain.queries import OwnedImport
from lyceum.course.models.model import exports, imports
from lyceum.course.persistence.cursors import moment_and_id
from lyceum.course.schemas.internal import ExportView, ImportView, Progress
from lyceum.course.services.exporting import EXPORT_JOB
from lyceum.course.services.importing import IMPORT_JOB
from lyceum.kernel.pagination import Page, PageRequest, encode_cursor
from lyceum.runtime.database import Database
from lyceum.runtime.jobs import find_job
from lyceum.runtime.storage import SignedUrls

DOWNLOAD_LIFETIME = timedelta(minutes=15)

_IMPORTS = (
    select(imports)
    .where(imports.c.requested_by == bindparam("user", type_=Uuid))
    .order_by(imports.c.requested_at.desc(), imports.c.id.desc())
)
_IMPORT = select(imports).where(imports.c.id == bindparam("id", type_=Uuid))
_EXPORT = select(exports).where(exports.c.id == bindparam("id", type_=Uuid))


class SqlTransferQueries:
    def __init__(self, database: Database, urls: SignedUrls) -> None:
        self._database = database
        self._urls = urls

    async def imports(self, user_id: UUID, *, page: PageRequest) -> Page[ImportView]:
        statement = _IMPORTS
        if page.cursor:
            keys = moment_and_id(page.cursor)
            statement = statement.where(tuple_(imports.c.requested_at, imports.c.id) < keys)
        async with self._database.reading() as connection:
            rows = (await connection.execute(statement.limit(page.limit + 1), {"user": user_id})).mappings().all()
        items = [_import_view({**row, "report": None}, None) for row in rows[: page.limit]]
        last = items[-1] if len(rows) > page.limit else None
        return Page(items=items, next_cursor=last and encode_cursor(last.requested_at.isoformat(), last.id))

    async def one_import(self, import_id: UUID) -> OwnedImport | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(_IMPORT, {"id": import_id})).mappings().one_or_none()
        if row is None:
            return None
        progress = await self._progress(IMPORT_JOB, row["state"], import_id=str(import_id))
        return OwnedImport(
            requested_by=row["requested_by"], course_id=row["course_id"], view=_import_view(row, progress)
        )

    async def one_export(self, export_id: UUID) -> ExportView | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(_EXPORT, {"id": export_id})).mappings().one_or_none()
        if row is None:
            return None
        url = None
        if row["state"] is TransferState.SUCCEEDED:
            url = await self._urls.url(
                key=stored_key(f"exports/{export_id}"),
                expires_in=DOWNLOAD_LIFETIME,
                download_as="course.lyceum.zip",
                content_type="application/zip",
            )
        progress = await self._progress(EXPORT_JOB, row["state"], export_id=str(export_id))
        return ExportView(
            id=row["id"],
            course_id=row["course_id"],
            state=row["state"].value,
            progress=progress,
            content_hash=row["content_hash"],
            url=url,
            requested_at=row["requested_at"],
            finished_at=row["finished_at"],
            problem=row["problem"],
        )

    async def _progress(self, job: str, state: TransferState, **arguments: str) -> Progress | None:
        if state is not TransferState.RUNNING:
            return None
        async with self._database.reading() as connection:
            found = await find_job(connection, self._database.module, job, arguments)
        if found is None or found.stage is None:
            return None
        return Progress(stage=found.stage, done=found.done, total=found.total)


def _import_view(row: Mapping[Any, Any], progress: Progress | None) -> ImportView:
    state: TransferState = row["state"]
    return ImportView(
        id=row["id"],
        file_name=row["file_name"],
        format=None if row["format"] is None else row["format"].value,
        publish=row["publish"],
        state=state.value,
        progress=progress,
        course_id=row["course_id"] if state is TransferState.SUCCEEDED else None,
        requested_at=row["requested_at"],
        finished_at=row["finished_at"],
        report=row["report"],
        problem=row["problem"],
    )
