"""Background jobs: a queue per module, in the module's own schema, on procrastinate."""

from lyceum.runtime.jobs.context import JobContext
from lyceum.runtime.jobs.queue import JobState, JobStatus, cancel_job, defer, failed_jobs, find_job
from lyceum.runtime.jobs.schema import jobs_schema_sql
from lyceum.runtime.jobs.settings import JobSettings
from lyceum.runtime.jobs.spec import JobSpec, RetryPolicy
from lyceum.runtime.jobs.worker import JobTablesOutdated, JobWorker

__all__ = [
    "JobContext",
    "JobSettings",
    "JobSpec",
    "JobState",
    "JobStatus",
    "JobTablesOutdated",
    "JobWorker",
    "RetryPolicy",
    "cancel_job",
    "defer",
    "failed_jobs",
    "find_job",
    "jobs_schema_sql",
]
