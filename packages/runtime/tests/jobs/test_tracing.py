"""A job belongs to the trace of what enqueued it."""

from lyceum.runtime.jobs import JobContext, JobSpec, JobState, RetryPolicy
from lyceum.runtime.telemetry import traced
from lyceum.runtime.telemetry.trace import current_trace


class Noting:
    """A handler that notes its trace, and fails so many times."""

    def __init__(self, failures=0):
        self.failures = failures
        self.traces = []

    async def __call__(self, context: JobContext, **arguments):
        self.arguments = arguments
        self.traces.append(current_trace())
        if len(self.traces) <= self.failures:
            raise RuntimeError


async def test_a_job_goes_on_with_the_trace_of_the_request_that_enqueued_it(queue):
    noting = Noting()
    with traced() as request:
        await queue.defer("shop.pack", {"order": "7"})
    assert (await queue.find("shop.pack", order="7")).arguments == {"order": "7"}
    await queue.worker(JobSpec(name="shop.pack", run=noting)).drain()
    [trace] = noting.traces
    assert (trace.trace_id, trace.parent_id) == (request.trace_id, request.span_id)
    assert trace.span_id != request.span_id
    assert noting.arguments == {"order": "7"}


async def test_each_attempt_belongs_to_it(queue):
    noting = Noting(failures=1)
    with traced() as request:
        await queue.defer("shop.pack")
    retry = RetryPolicy(attempts=2, first_delay=0.01)
    async with queue.worker(JobSpec(name="shop.pack", run=noting, retry=retry)):
        await queue.until("shop.pack", JobState.SUCCEEDED)
    assert [trace.trace_id for trace in noting.traces] == [request.trace_id] * 2
    assert len({trace.span_id for trace in noting.traces}) == 2


async def test_what_nobody_traced_begins_a_trace(queue):
    noting = Noting()
    await queue.defer("shop.pack")
    await queue.worker(JobSpec(name="shop.pack", run=noting)).drain()
    assert noting.traces[0].parent_id is None
