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
from lyceum.course.services.problem_documents import problem_document
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.pagination import Page, PageRequest, encode_cursor
from lyceum.runtime.database import Database
from lyceum.runtime.jobs import JobState, JobStatus, failed_jobs, find_job
from lyceum.runtime.storage import SignedUrls

DOWNLOAD_LIFETIME = timedelta(minutes=15)
FAILED_JOBS = 1000

_ENDS = (TransferState.SUCCEEDED, TransferState.FAILED)

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
            given_up: dict[str, JobStatus] = {}
            if not all(row["state"] in _ENDS for row in rows):
                jobs = await failed_jobs(connection, self._database.module, limit=FAILED_JOBS)
                given_up = {job.arguments["import_id"]: job for job in jobs if job.name == IMPORT_JOB}
        items = [
            _import_view({**row, "report": None}, None if row["state"] in _ENDS else given_up.get(str(row["id"])))
            for row in rows[: page.limit]
        ]
        last = items[-1] if len(rows) > page.limit else None
        return Page(items=items, next_cursor=last and encode_cursor(last.requested_at.isoformat(), last.id))

    async def one_import(self, import_id: UUID) -> OwnedImport | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(_IMPORT, {"id": import_id})).mappings().one_or_none()
        if row is None:
            return None
        work = await self._work(IMPORT_JOB, row["state"], import_id=str(import_id))
        return OwnedImport(requested_by=row["requested_by"], course_id=row["course_id"], view=_import_view(row, work))

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
        work = await self._work(EXPORT_JOB, row["state"], export_id=str(export_id))
        return ExportView(
            id=row["id"],
            course_id=row["course_id"],
            content_hash=row["content_hash"],
            url=url,
            requested_at=row["requested_at"],
            **_standing(row, work),
        )

    async def _work(self, job: str, state: TransferState, **arguments: str) -> JobStatus | None:
        """The job, for a transfer that has not ended by its own account."""
        if state in _ENDS:
            return None
        async with self._database.reading() as connection:
            return await find_job(connection, self._database.module, job, arguments)


def _import_view(row: Mapping[Any, Any], work: JobStatus | None) -> ImportView:
    return ImportView(
        id=row["id"],
        file_name=row["file_name"],
        format=None if row["format"] is None else row["format"].value,
        publish=row["publish"],
        course_id=row["course_id"] if row["state"] is TransferState.SUCCEEDED else None,
        requested_at=row["requested_at"],
        report=row["report"],
        **_standing(row, work),
    )


def _standing(row: Mapping[Any, Any], work: JobStatus | None) -> dict[str, Any]:
    """How far it is. Who kept dying over the work could not write down that it has failed: only the job knows."""
    state: TransferState = row["state"]
    finished_at, problem, progress = row["finished_at"], row["problem"], None
    if work is not None and work.state in (JobState.FAILED, JobState.CANCELLED):
        state, finished_at = TransferState.FAILED, work.updated_at
        problem = problem_document(LyceumError("It failed for a reason of ours"))
    elif work is not None and state is TransferState.RUNNING and work.stage is not None:
        progress = Progress(stage=work.stage, done=work.done, total=work.total)
    return {"state": state.value, "progress": progress, "finished_at": finished_at, "problem": problem}
