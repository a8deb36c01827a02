"""The queue library's job manager, made to bear a database that is away and a worker that was taken for dead."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import structlog
from procrastinate import exceptions
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

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
    """Makes sure that the end of a run is written down: a job whose end is lost would look as if it ran for ever."""

    def __init__(self, connector: BaseConnector, *, knows: Callable[[str], bool]) -> None:
        super().__init__(connector)
        self._knows = knows

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
        for attempt in range(1, _TRIES + 1):
            try:
                rows = await self.connector.execute_query_all_async(
                    query, job_id=job.id, worker_id=job.worker_id, **arguments
                )
            except exceptions.ConnectorException as error:
                if not isinstance(error.__cause__, psycopg.OperationalError) or attempt == _TRIES:
                    raise
                log.warning("database is away, the end of a job waits", attempt=attempt, error=str(error.__cause__))
                await asyncio.sleep(min(0.2 * 2**attempt, 10))
            else:
                if not rows:
                    log.warning("job ended after another worker had taken it over", job=job.task_name, job_id=job.id)
                return
