"""What operators watch about jobs."""

from prometheus_client import Counter, Histogram

RUNS = Counter(
    "lyceum_job_runs_total",
    "Runs of jobs by outcome: succeeded, failed (tried again), exhausted (not tried again), stopped",
    ["module", "job", "outcome"],
)
SECONDS = Histogram(
    "lyceum_job_run_seconds",
    "How long runs of jobs took",
    ["module", "job"],
    buckets=(0.01, 0.05, 0.25, 1, 5, 30, 120, 600, 3600),
)
STALLED = Counter("lyceum_jobs_taken_from_dead_workers_total", "Jobs whose worker fell silent", ["module"])
