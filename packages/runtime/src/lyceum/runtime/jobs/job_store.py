"""The queue library's job manager, made to bear a database that is away and a worker that was taken for dead."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import psycopg
import structlog
from procrastinate import exceptions
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

T = TypeVar("T")

log = structlog.get_logger(__name__)

_TRIES = 10
_UNKNOWN_JOB_TRIES = 60
_UNKNOWN_JOB_DELAY = timedelta(minutes=1)

# Only the worker that has the job may say how it ended: one that was silent for too long has lost it to another.
_MINE = """
FROM (
    SELECT id FROM procrastinate_jobs
    WHERE id = %(job_id)s AND status = 'doing' AND worker_id = %(worker_id)s
    FOR UPDATE
) AS mine
"""
_FINISH = "SELECT procrastinate_finish_job_v1(mine.id, %(status)s, %(delete_job)s)" + _MINE
_RETRY = "SELECT procrastinate_retry_job_v2(mine.id, %(retry_at)s, %(priority)s, %(queue)s, %(lock)s)" + _MINE


class PatientJobManager(JobManager):
    """Bears what the library's own would let the whole worker stop for, and the jobs that run in it with it.

    It makes sure that the end of a run is written down: a job whose end is lost would look as if it ran for ever.
    """

    def __init__(self, connector: BaseConnector, *, knows: Callable[[str], bool]) -> None:
        super().__init__(connector)
        self._knows = knows

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        try:
            return await super().fetch_job(queues, worker_id)
        except exceptions.ConnectorException as error:
            _raise_unless_lost(error)
            log.warning("database is away, no new jobs", error=str(error.__cause__))
            return None  # the next look, after the poll interval, may find it back

    async def update_heartbeat(self, worker_id: int) -> None:
        try:
            await super().update_heartbeat(worker_id)
        except exceptions.ConnectorException as error:
            log.warning("database is away, no heartbeat", error=str(error.__cause__))

    async def defer_periodic_job(self, job: Job, periodic_id: str, defer_timestamp: int) -> int | None:
        return await _insist(
            lambda: super(PatientJobManager, self).defer_periodic_job(job, periodic_id, defer_timestamp)
        )

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        if status is Status.FAILED and not self._knows(job.task_name) and job.attempts < _UNKNOWN_JOB_TRIES:
            # While a new version is rolled out, old workers meet jobs that only the new ones know.
            log.warning("job of an unknown kind left for later", job=job.task_name, job_id=job.id)
            await self.retry_job(job, retry_at=datetime.now(UTC) + _UNKNOWN_JOB_DELAY)
            return
        await self._write(job, _FINISH, status=status.value, delete_job=delete_job)

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        moment = retry_at or datetime.now(UTC)
        try:
            await self._write(job, _RETRY, retry_at=moment, priority=priority, queue=queue, lock=lock)
        except exceptions.UniqueViolation:
            # One with the same queueing lock is waiting: it will do what this one would do again.
            await self._write(job, _FINISH, status=Status.ABORTED.value, delete_job=False)

    async def _write(self, job: Job, query: str, **arguments: Any) -> None:
        def write() -> Awaitable[list[dict[str, Any]]]:
            return self.connector.execute_query_all_async(query, job_id=job.id, worker_id=job.worker_id, **arguments)

        if not await _insist(write):
            log.warning("job ended after another worker had taken it over", job=job.task_name, job_id=job.id)


async def _insist(write: Callable[[], Awaitable[T]]) -> T:
    for attempt in range(1, _TRIES):
        try:
            return await write()
        except exceptions.ConnectorException as error:
            _raise_unless_lost(error)
            log.warning("database is away, trying again", attempt=attempt, error=str(error.__cause__))
            await asyncio.sleep(min(0.2 * 2**attempt, 10))
    return await write()


def _raise_unless_lost(error: exceptions.ConnectorException) -> None:
    """Raises the error again, unless the reason is that the database cannot be reached."""
    if not isinstance(error.__cause__, psycopg.OperationalError):
        raise error
