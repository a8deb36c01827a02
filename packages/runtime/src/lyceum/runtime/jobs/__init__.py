"""Background jobs: a queue per module, in the module's own schema, on procrastinate.

What works them is in `worker`, and their tables are in `schema`: both load procrastinate, which those who only declare
jobs or enqueue them can do without.
"""

from lyceum.runtime.jobs.context import JobContext
from lyceum.runtime.jobs.queue import JobState, JobStatus, cancel_job, defer, failed_jobs, find_job
from lyceum.runtime.jobs.settings import JobSettings
from lyceum.runtime.jobs.spec import JobSpec, RetryPolicy

__all__ = [
    "JobContext",
    "JobSettings",
    "JobSpec",
    "JobState",
    "JobStatus",
    "RetryPolicy",
    "cancel_job",
    "defer",
    "failed_jobs",
    "find_job",
]
