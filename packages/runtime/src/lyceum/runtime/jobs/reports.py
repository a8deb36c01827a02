"""What is kept about the runs of a job, beside what the queue library keeps."""

from dataclasses import dataclass
from typing import Any

from procrastinate.connector import BaseConnector

MAX_ERROR_LENGTH = 4000

_READ = "SELECT failures, interruptions FROM procrastinate_job_reports WHERE job_id = %(job_id)s"

_FAILED = """
INSERT INTO procrastinate_job_reports (job_id, failures, error) VALUES (%(job_id)s, 1, %(error)s)
ON CONFLICT (job_id) DO UPDATE
SET failures = procrastinate_job_reports.failures + 1, error = excluded.error, updated_at = now()
"""

# The worker of each job is remembered before the job's row is locked and compared after: a job that went to another
# worker in between is not taken from it. A job whose like is waiting already (same queueing lock) has nothing to add.
_RECOVER = """
WITH suspects AS MATERIALIZED (
    SELECT job.id, job.worker_id
    FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND job.worker_id IS DISTINCT FROM %(asking)s
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(stalled_after)s))
), stalled AS (
    SELECT job.id, job.task_name, job.abort_requested, EXISTS (
        SELECT FROM procrastinate_jobs other WHERE other.queueing_lock = job.queueing_lock AND other.status = 'todo'
    ) AS waiting_already
    FROM procrastinate_jobs job JOIN suspects ON suspects.id = job.id
    WHERE job.status = 'doing' AND job.worker_id IS NOT DISTINCT FROM suspects.worker_id
    FOR UPDATE OF job SKIP LOCKED
), counted AS (
    INSERT INTO procrastinate_job_reports (job_id, interruptions) SELECT id, 1 FROM stalled
    ON CONFLICT (job_id) DO UPDATE
    SET interruptions = procrastinate_job_reports.interruptions + 1, updated_at = now(),
        error = CASE WHEN procrastinate_job_reports.interruptions >= %(limit)s
            THEN 'The worker died during each of ' || procrastinate_job_reports.interruptions + 1 || ' runs'
            ELSE procrastinate_job_reports.error END
    RETURNING job_id, interruptions
)
SELECT stalled.id, stalled.task_name, counted.interruptions, CASE
    WHEN abort_requested OR waiting_already
        THEN procrastinate_finish_job_v1(stalled.id, 'aborted', false)
    WHEN counted.interruptions > %(limit)s
        THEN procrastinate_finish_job_v1(stalled.id, 'failed', false)
    ELSE procrastinate_retry_job_v2(stalled.id, now(), NULL, NULL, NULL)
END
FROM stalled JOIN counted ON counted.job_id = stalled.id
"""

MAX_INTERRUPTIONS = 50
"""Runs of one job that may end with the death of the worker; more, and the job itself is taken to be the cause."""


@dataclass(frozen=True)
class Runs:
    """What became of the runs of a job so far."""

    failures: int = 0
    interruptions: int = 0


async def runs_so_far(connector: BaseConnector, job_id: int) -> Runs:
    rows = await connector.execute_query_all_async(_READ, job_id=job_id)
    return Runs(**rows[0]) if rows else Runs()


async def record_failure(connector: BaseConnector, job_id: int, error: BaseException) -> None:
    """Count a failed run and keep its error."""
    # PostgreSQL's text has no NUL; an error message can.
    message = f"{type(error).__name__}: {error}".replace("\0", "\N{REPLACEMENT CHARACTER}")[:MAX_ERROR_LENGTH]
    await connector.execute_query_async(_FAILED, job_id=job_id, error=message)


async def recover_stalled(
    connector: BaseConnector, *, stalled_after: float, asking: int | None = None
) -> list[dict[str, Any]]:
    """Give the jobs of workers that fell silent for so many seconds back to the queue, but not those of the worker
    `asking`, which is alive. Safe to call from several processes at once.
    """
    # No worker has the number 0.
    return await connector.execute_query_all_async(
        _RECOVER, stalled_after=stalled_after, asking=asking or 0, limit=MAX_INTERRUPTIONS
    )
