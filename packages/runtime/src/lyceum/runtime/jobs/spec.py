"""What a module says about its background jobs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Concatenate

from lyceum.runtime.jobs.context import JobContext


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How often a failing job is run in all, and how long it waits in between.

    The wait doubles from `first_delay` to at most `longest_delay`, both in seconds. A run that its worker's death or
    a shutdown cut short is no failure and is not counted here.
    """

    attempts: int = 5
    first_delay: float = 2.0
    longest_delay: float = 600.0

    def delay(self, failures: int) -> float:
        """Seconds to wait after that many failures, counted from 1."""
        return min(self.first_delay * 2.0 ** (failures - 1), self.longest_delay)


@dataclass(frozen=True, kw_only=True)
class JobSpec:
    """A kind of job: `name` is `<module>.<verb>`; `run` gets the arguments that were given when it was enqueued.

    `run(context, **arguments)` can run more than once for one job, so a second run must do no harm. Raising anything
    asks for another attempt. Work that keeps the processor busy belongs in a thread: the event loop also tells the
    queue that this worker is alive.

    `schedule` is a cron expression in UTC (five fields, or six with seconds at the end) at which the job is also
    enqueued, without arguments. Runs of one schedule neither overlap nor pile up.
    """

    name: str
    run: Callable[Concatenate[JobContext, ...], Awaitable[None]]
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    schedule: str | None = None
