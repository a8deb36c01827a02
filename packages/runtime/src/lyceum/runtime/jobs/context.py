"""What a running job can see and do."""

import time
from collections.abc import Callable
from typing import Any, Protocol

_PROGRESS = """
INSERT INTO procrastinate_job_reports (job_id, stage, done, total)
VALUES (%(job_id)s, %(stage)s, %(done)s, %(total)s)
ON CONFLICT (job_id) DO UPDATE
SET stage = excluded.stage, done = excluded.done, total = excluded.total, updated_at = now()
"""

# A job may report each of a hundred thousand steps; nobody looks more often than this, in seconds.
_REPORT_INTERVAL = 0.25


class Connection(Protocol):
    """The part of procrastinate's connectors with which a job tells how far it is."""

    async def execute_query_async(self, query: str, **arguments: Any) -> None: ...


class JobContext:
    """One run of one job.

    `attempt` counts the runs from 1, also those that a dying worker cut short; `last_attempt` says that a failure of
    this run is final. `job_id` is unique within the module.
    """

    def __init__(
        self,
        *,
        job_id: int,
        name: str,
        attempt: int,
        last_attempt: bool,
        connector: Connection,
        abort_requested: Callable[[], bool],
    ) -> None:
        self.job_id = job_id
        self.name = name
        self.attempt = attempt
        self.last_attempt = last_attempt
        self._connector = connector
        self._abort_requested = abort_requested
        self._reported_stage: str | None = None
        self._reported_at = 0.0

    @property
    def should_stop(self) -> bool:
        """Whether somebody cancelled the job or the worker is stopping.

        The task of the job is cancelled as well, so only work in a thread has to look here.
        """
        return self._abort_requested()

    async def progress(self, *, stage: str, done: int | None = None, total: int | None = None) -> bool:
        """Tell how far the job is, readable through `find_job` at once, whatever transaction the job has open.

        May be called for every step: of steps within a stage that follow each other closely, only the last is sure to
        be written. Whether this one was.
        """
        now = time.monotonic()
        complete = done is not None and done == total
        if stage == self._reported_stage and not complete and now - self._reported_at < _REPORT_INTERVAL:
            return False
        self._reported_stage, self._reported_at = stage, now
        await self._connector.execute_query_async(_PROGRESS, job_id=self.job_id, stage=stage, done=done, total=total)
        return True
