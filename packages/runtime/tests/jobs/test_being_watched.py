"""What a run of a job leaves in logs and fault reports."""

import structlog
from structlog.testing import capture_logs

from lyceum.runtime.jobs import JobContext, JobSpec, RetryPolicy, runner
from lyceum.runtime.telemetry import current_trace
from lyceum.runtime.telemetry.errors import reporting_to


class Reporter:
    def __init__(self) -> None:
        self.reports = []

    def report(self, error, facts):
        self.reports.append((str(error), facts))

    def close(self):
        pass


async def test_what_a_job_logs_says_which_run_it_is(queue):
    seen = []

    async def pack(context: JobContext) -> None:
        seen.append(current_trace().work)

    job_id = await queue.defer("shop.pack")
    await queue.worker(JobSpec(name="shop.pack", run=pack)).drain()
    assert seen == [{"module": "shop", "job": "shop.pack", "job_id": job_id, "attempt": 1}]


async def test_a_job_that_fails_for_good_is_reported_once(queue, monkeypatch):
    # One that was used before, in whatever test, keeps the configuration of that moment.
    monkeypatch.setattr(runner, "log", structlog.get_logger())

    async def pack(context: JobContext) -> None:
        raise RuntimeError("the box is torn")

    job_id = await queue.defer("shop.pack")
    reporter = Reporter()
    spec = JobSpec(name="shop.pack", run=pack, retry=RetryPolicy(attempts=2, first_delay=0.05))
    with reporting_to(reporter), capture_logs() as lines:
        async with queue.worker(spec, poll_interval=0.1):
            await queue.eventually(lambda: _reported(reporter))
    ((message, facts),) = reporter.reports
    assert message == "the box is torn"
    assert (facts["kind"], facts["job"], facts["job_id"]) == ("job", "shop.pack", str(job_id))
    assert [line["event"] for line in lines].count("job failed for good") == 1


async def _reported(reporter: Reporter) -> bool:
    return bool(reporter.reports)
