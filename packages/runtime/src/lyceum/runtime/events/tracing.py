"""The spans of handled events: each in the trace of whatever published it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.telemetry.spans import Attributes, SpanKind, span
from lyceum.runtime.telemetry.trace import traced


@contextmanager
def event_trace(module: str, envelope: EventEnvelope, step: str = "process") -> Iterator[None]:
    """Work on one event, in the trace that the event came with; logs say which event it is."""
    work = {"module": module, "event_id": str(envelope.id), "event_type": envelope.type}
    attributes = {
        "messaging.operation.name": step,
        "messaging.message.id": str(envelope.id),
        "messaging.destination.name": f"{envelope.source}.events",
        "messaging.consumer.group.name": f"lyceum.{module}",
        "lyceum.event_type": envelope.type,
    }
    with (
        traced(envelope.traceparent, **work) as trace,
        span(trace, f"{step} {envelope.type}", SpanKind.CONSUMER, attributes),
    ):
        yield


@contextmanager
def batch_trace(module: str, envelopes: Sequence[EventEnvelope]) -> Iterator[None]:
    """One transaction for several events: a span of its own, with links to the traces of all that are recorded."""
    parents = {envelope.traceparent for envelope in envelopes if envelope.traceparent}
    links = sorted(parent for parent in parents if int(parent[-2:], 16) & 1)
    attributes: Attributes = {"messaging.operation.name": "process", "messaging.batch.message_count": len(envelopes)}
    with traced(module=module, events=len(envelopes)) as trace:
        if links:
            trace.flags = "01"
        with span(trace, f"process events of {module}", SpanKind.CONSUMER, attributes, links=links):
            yield
