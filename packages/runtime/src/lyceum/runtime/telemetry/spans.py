"""Finished spans on their way to whoever records them. Nobody does unless tracing is set up, and then it costs nothing.

A span is recorded when its work has ended, out of the trace context that the work had anyway.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from time import perf_counter_ns
from typing import Protocol

from lyceum.runtime.telemetry.trace import TraceContext

Attributes = Mapping[str, str | int]


class SpanKind(Enum):
    """OpenTelemetry's kinds of spans, those that we have."""

    INTERNAL = "internal"
    SERVER = "server"
    CLIENT = "client"
    CONSUMER = "consumer"


class SpanRecorder(Protocol):
    """Takes spans that have ended."""

    def record(
        self,
        trace: TraceContext,
        name: str,
        kind: SpanKind,
        nanoseconds: int,
        attributes: Attributes,
        error: str | None,
        links: Sequence[str],
    ) -> None:
        """The span ended now and took `nanoseconds`. `error` names what went wrong; `links` are traceparents."""
        ...

    def close(self) -> None:
        """Send what is still here, for a few seconds at most."""
        ...


_recorder: SpanRecorder | None = None


def recording() -> bool:
    """Whether anybody records spans."""
    return _recorder is not None


def record_span(
    trace: TraceContext,
    name: str,
    kind: SpanKind,
    nanoseconds: int,
    attributes: Attributes,
    *,
    error: str | None = None,
    links: Sequence[str] = (),
) -> None:
    """Record the span that `trace` names, which ended now, if its trace is one of those to be recorded."""
    if _recorder is not None and trace.sampled:
        _recorder.record(trace, name, kind, nanoseconds, attributes, error, links)


@contextmanager
def span(
    trace: TraceContext, name: str, kind: SpanKind, attributes: Attributes, *, links: Sequence[str] = ()
) -> Iterator[None]:
    """Record the block as the span that `trace` names, with the error that ends it."""
    started = perf_counter_ns()
    try:
        yield
    except BaseException as error:
        record_span(
            trace, name, kind, perf_counter_ns() - started, attributes, error=type(error).__qualname__, links=links
        )
        raise
    record_span(trace, name, kind, perf_counter_ns() - started, attributes, links=links)


@contextmanager
def recording_to(recorder: SpanRecorder) -> Iterator[None]:
    """Spans of this process go to `recorder` while the block runs; it is closed afterwards."""
    global _recorder  # like logs, spans have one way out of a process
    before, _recorder = _recorder, recorder
    try:
        yield
    finally:
        _recorder = before
        recorder.close()
