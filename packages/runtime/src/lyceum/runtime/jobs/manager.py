"""The queue library's job manager, made to bear a database that is away for a moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

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
        await self._insist(lambda: super(PatientJobManager, self).finish_job(job, status, delete_job))

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        retry = super().retry_job
        try:
            await self._insist(lambda: retry(job, retry_at, priority, queue, lock))
        except exceptions.UniqueViolation:
            # One with the same queueing lock is waiting: it will do what this one would do again.
            await self.finish_job(job, Status.ABORTED, delete_job=False)

    async def _insist(self, write: Callable[[], Awaitable[None]]) -> None:
        for attempt in range(1, _TRIES + 1):
            try:
                return await write()
            except exceptions.ConnectorException as error:
                if not isinstance(error.__cause__, psycopg.OperationalError) or attempt == _TRIES:
                    raise
                log.warning("database is away, the end of a job waits", attempt=attempt, error=str(error.__cause__))
                await asyncio.sleep(min(0.2 * 2**attempt, 10))
        return None
