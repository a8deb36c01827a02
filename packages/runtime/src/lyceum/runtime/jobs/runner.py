"""The queue library's app of one module: its jobs, with retries, reports and connections of our own."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from procrastinate import App, exceptions
from procrastinate.job_context import AbortReason
from procrastinate.job_context import JobContext as RunningJob
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy import make_url

from lyceum.runtime.database import role_of
from lyceum.runtime.jobs import metrics
from lyceum.runtime.jobs.connector import PatientConnector
from lyceum.runtime.jobs.context import JobContext
from lyceum.runtime.jobs.job_store import PatientJobManager
from lyceum.runtime.jobs.queue import TRACEPARENT
from lyceum.runtime.jobs.reports import record_failure, runs_so_far
from lyceum.runtime.jobs.settings import JobSettings
from lyceum.runtime.jobs.spec import JobSpec, RetryPolicy
from lyceum.runtime.telemetry import traced
from lyceum.runtime.telemetry.errors import report_fault
from lyceum.runtime.telemetry.spans import Attributes, SpanKind, span

log = structlog.get_logger(__name__)


class _Retries(BaseRetryStrategy):
    """Decides by the failures that the run noted here, because the queue's own count includes interrupted runs."""

    def __init__(self, policy: RetryPolicy) -> None:
        self.policy = policy
        self.failures: dict[int, int] = {}

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        failures = self.failures.pop(job.id or 0, 0)
        if failures >= self.policy.attempts:
            return None
        delay = self.policy.delay(failures) if failures else 0.0
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=delay))


def module_app(url: str, module: str, jobs: Sequence[JobSpec], settings: JobSettings, *, roles: bool) -> App:
    """The app that runs the jobs of a module, on connections under its role and in its schema."""
    options = f"-c search_path={module},pg_temp -c timezone=UTC"
    if roles:
        options += f" -c role={role_of(module)}"
    connector = PatientConnector(
        conninfo=make_url(url).set(drivername="postgresql").render_as_string(hide_password=False),
        kwargs={"options": options, "application_name": f"lyceum-{module}-jobs"},
        min_size=1,
        max_size=settings.connections,
    )
    app = App(connector=connector)
    app.job_manager = PatientJobManager(connector, knows=lambda name: name in app.tasks)
    for job in jobs:
        _register(app, module, job)
    return app


def _register(app: App, module: str, job: JobSpec) -> None:
    retries = _Retries(job.retry)

    async def run(running: RunningJob, /, **arguments: Any) -> None:
        job_id = running.job.id
        assert job_id is not None  # noqa: S101 - the library gives every stored job an id
        traceparent = arguments.pop(TRACEPARENT, None)
        connector = running.app.connector
        runs = await runs_so_far(connector, job_id)
        context = JobContext(
            job_id=job_id,
            name=job.name,
            attempt=running.job.attempts + 1,
            last_attempt=runs.failures + 1 >= job.retry.attempts,
            connector=connector,
            abort_requested=running.should_abort,
        )
        if job.schedule:
            arguments.pop("timestamp", None)
        attributes: Attributes = {"lyceum.module": module, "lyceum.job_id": job_id, "lyceum.attempt": context.attempt}
        try:
            with (
                metrics.SECONDS.labels(module, job.name).time(),
                traced(traceparent, module=module, job=job.name, job_id=job_id, attempt=context.attempt) as trace,
                span(trace, f"job {job.name}", SpanKind.INTERNAL, attributes),
            ):
                await job.run(context, **arguments)
            metrics.RUNS.labels(module, job.name, "succeeded").inc()
        except asyncio.CancelledError:
            metrics.RUNS.labels(module, job.name, "stopped").inc()
            if running.abort_reason() is AbortReason.USER_REQUEST:
                raise exceptions.JobAborted() from None
            raise
        except Exception as error:
            retries.failures[job_id] = runs.failures + 1
            metrics.RUNS.labels(module, job.name, "exhausted" if context.last_attempt else "failed").inc()
            if context.last_attempt:
                with traced(traceparent, module=module, job=job.name, job_id=job_id, attempt=context.attempt):
                    log.error("job failed for good", exc_info=error)
                    report_fault(error, "job")
            try:
                await record_failure(connector, job_id, error)
            except exceptions.ConnectorException as lost:
                log.warning("error of a job could not be kept", job=job.name, job_id=job_id, error=str(lost.__cause__))
            raise

    # Runs of a schedule share a lock (they never overlap) and a queueing lock (only one waits).
    lock = job.name if job.schedule else None
    task = app.task(name=job.name, queue=module, retry=retries, pass_context=True, lock=lock, queueing_lock=lock)(run)
    if job.schedule:
        # It hands the timestamp over by keyword, which its types cannot say.
        app.periodic(cron=job.schedule)(task)  # type: ignore[arg-type]
