"""Enqueueing jobs and looking at them, on the caller's own connection and in its own transaction."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from lyceum.runtime.telemetry import current_traceparent

MAX_ARGUMENT_BYTES = 64 * 1024

TRACEPARENT = "lyceum:traceparent"
"""Among the stored arguments, the trace of what enqueued the job. No job has it as an argument."""

_WAITING_TWICE = "procrastinate_jobs_queueing_lock_idx_v1"


class JobState(StrEnum):
    """Where a job stands. `waiting` also means waiting for another attempt."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobStatus(BaseModel):
    """A job as others see it.

    `stage`, `done` and `total` are what the job last reported; `error` is why its last failed run failed. `attempts`
    counts the runs that ended, however they did. `updated_at` is when it last reported or failed.
    """

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    arguments: dict[str, Any]
    state: JobState
    attempts: int
    stage: str | None
    done: int | None
    total: int | None
    error: str | None
    updated_at: datetime | None


_STATES = {
    "todo": JobState.WAITING,
    "doing": JobState.RUNNING,
    "succeeded": JobState.SUCCEEDED,
    "failed": JobState.FAILED,
    "cancelled": JobState.CANCELLED,
    "aborting": JobState.CANCELLED,
    "aborted": JobState.CANCELLED,
}

_STATUS = """
SELECT job.id, job.task_name AS name, CAST(job.args AS text) AS arguments, CAST(job.status AS text) AS status,
       job.attempts, report.stage, report.done, report.total, report.error, report.updated_at
FROM {schema}.procrastinate_jobs job LEFT JOIN {schema}.procrastinate_job_reports report ON report.job_id = job.id
"""


async def defer(
    connection: AsyncConnection,
    schema: str,
    job: str,
    arguments: Mapping[str, Any],
    *,
    run_at: datetime | None = None,
    lock: str | None = None,
    queueing_lock: str | None = None,
) -> int | None:
    """Enqueue a job of the module that owns `schema`. It exists exactly if the transaction of `connection` commits.

    The arguments are JSON values of at most 64 KiB in all: store what is large and pass its id. It runs at `run_at`
    (aware) or at once. Of the jobs with one `lock`, one runs at a time, in the order they were enqueued; of those with
    one `queueing_lock`, only one waits. Returns the job's id, or null where such a job is waiting already.

    Raises `ValueError` for arguments that are too large and `TypeError` for ones that are not JSON.
    """
    encoded = orjson.dumps(dict(arguments))
    if len(encoded) > MAX_ARGUMENT_BYTES:
        raise ValueError(f"The arguments of {job} take {len(encoded)} bytes; {MAX_ARGUMENT_BYTES} are allowed")
    if (traceparent := current_traceparent()) is not None:
        encoded = orjson.dumps({**arguments, TRACEPARENT: traceparent})
    if run_at is not None and run_at.tzinfo is None:
        raise ValueError("run_at needs a time zone")
    home = _identifier(schema)
    statement = text(f"""
        SELECT ({home}.procrastinate_defer_jobs_v1(ARRAY[ROW(
            CAST(:queue AS varchar), CAST(:job AS varchar), 0, CAST(:lock AS text), CAST(:queueing_lock AS text),
            CAST(CAST(:arguments AS text) AS jsonb), CAST(:run_at AS timestamptz)
        )::{home}.procrastinate_job_to_defer_v1]))[1]
    """)
    parameters = {
        "queue": schema,
        "job": job,
        "lock": lock,
        "queueing_lock": queueing_lock,
        "arguments": encoded.decode(),
        "run_at": run_at,
    }
    if queueing_lock is None:
        return int((await connection.execute(statement, parameters)).scalar_one())
    try:
        async with connection.begin_nested():
            return int((await connection.execute(statement, parameters)).scalar_one())
    except IntegrityError as error:
        if _WAITING_TWICE not in str(error.orig):
            raise
        return None


async def find_job(
    connection: AsyncConnection, schema: str, job: str, arguments: Mapping[str, Any]
) -> JobStatus | None:
    """The latest job of that name whose arguments include these, null where there is none or it was forgotten."""
    statement = text(
        _STATUS.format(schema=_identifier(schema))
        + "WHERE job.task_name = :job AND job.args @> CAST(CAST(:arguments AS text) AS jsonb)"
        + " ORDER BY job.id DESC LIMIT 1"
    )
    found = await connection.execute(statement, {"job": job, "arguments": orjson.dumps(dict(arguments)).decode()})
    row = found.mappings().one_or_none()
    return _status(row) if row else None


async def failed_jobs(connection: AsyncConnection, schema: str, *, limit: int = 100) -> list[JobStatus]:
    """The jobs that used up their attempts, the latest first."""
    statement = text(
        _STATUS.format(schema=_identifier(schema)) + "WHERE job.status = 'failed' ORDER BY job.id DESC LIMIT :limit"
    )
    return [_status(row) for row in (await connection.execute(statement, {"limit": limit})).mappings()]


async def cancel_job(connection: AsyncConnection, schema: str, job_id: int) -> bool:
    """Cancel a job: one that waits never runs, one that runs is told to stop. False where it had ended before."""
    statement = text(f"SELECT {_identifier(schema)}.procrastinate_cancel_job_v1(:job_id, true, false)")
    return (await connection.execute(statement, {"job_id": job_id})).scalar_one() is not None


def _status(row: RowMapping) -> JobStatus:
    fields: dict[str, Any] = {**row}
    arguments = orjson.loads(fields["arguments"])
    arguments.pop(TRACEPARENT, None)
    return JobStatus(**{**fields, "arguments": arguments}, state=_STATES[fields.pop("status")])


def _identifier(schema: str) -> str:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"{schema!r} is not the name of a schema")
    return schema
