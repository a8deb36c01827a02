"""Faults that somebody should look at: unforeseen errors of requests, events that died, jobs that failed for good."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

import structlog
from prometheus_client import Counter

from lyceum.runtime.telemetry.trace import current_trace

FAULTS = Counter("lyceum_faults_total", "Faults worth looking at: of requests, events and jobs", ["kind"])

log = structlog.get_logger(__name__)


class ErrorReporter(Protocol):
    """Takes faults to where people look at them."""

    def report(self, error: BaseException, facts: Mapping[str, str]) -> None:
        """Returns at once; what it does must not depend on the network. `facts` say where the fault showed."""
        ...

    def close(self) -> None:
        """Send what is still here, for a few seconds at most."""
        ...


_reporter: ErrorReporter | None = None


def report_fault(error: BaseException, kind: str, **facts: str | int) -> None:
    """Count a fault (`kind`: request, event or job) and tell the reporter of it. Never raises."""
    FAULTS.labels(kind).inc()
    if _reporter is None:
        return
    trace = current_trace()
    if trace is not None:
        facts = {"trace_id": trace.trace_id, **(trace.work or {}), **facts}
        if trace.request_id is not None:
            facts["request_id"] = trace.request_id
    try:
        _reporter.report(error, {"kind": kind, **{name: str(value) for name, value in facts.items()}})
    except Exception as failure:  # a fault in the reporter must not take the place of the one that it reports
        log.warning("a fault could not be reported", exc_info=failure)


@contextmanager
def reporting_to(reporter: ErrorReporter) -> Iterator[None]:
    """Faults of this process go to `reporter` while the block runs; it is closed afterwards."""
    global _reporter  # like logs, faults have one way out of a process
    before, _reporter = _reporter, reporter
    try:
        yield
    finally:
        _reporter = before
        reporter.close()
