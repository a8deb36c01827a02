"""The trace that the running code belongs to (W3C Trace Context, https://www.w3.org/TR/trace-context/)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from random import getrandbits
from uuid import UUID

_HEX = frozenset("0123456789abcdef")


@dataclass(slots=True)
class TraceContext:
    """One request or one handled event. `span_id` names this piece of work within the trace."""

    trace_id: str
    span_id: str
    flags: str = "01"
    request_id: str | None = None
    user_id: UUID | None = None

    @property
    def traceparent(self) -> str:
        """What goes to whoever is called or told next."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"


trace_variable: ContextVar[TraceContext | None] = ContextVar("lyceum_trace", default=None)


def start_trace(traceparent: str | None = None, request_id: str | None = None) -> TraceContext:
    """A new span: of the trace that `traceparent` names, or of a new one where that is missing or malformed."""
    # Ids have to be unlikely to meet, not hard to guess; `secrets` would ask the system every time.
    fresh = f"{getrandbits(192):048x}"
    parsed = _parse(traceparent) if traceparent else None
    if parsed is None:
        trace_id, flags = fresh[:32], "01"
    else:
        trace_id, flags = parsed
    return TraceContext(trace_id, fresh[32:], flags, request_id or trace_id)


def current_trace() -> TraceContext | None:
    """The trace of the running task; null outside requests and events."""
    return trace_variable.get()


def current_traceparent() -> str | None:
    """The `traceparent` to send along or to store with an event; null outside requests and events."""
    trace = trace_variable.get()
    return None if trace is None else trace.traceparent


@contextmanager
def traced(traceparent: str | None = None, request_id: str | None = None) -> Iterator[TraceContext]:
    """Run a piece of work that no HTTP request brought (an event, a job) within its trace."""
    trace = start_trace(traceparent, request_id)
    token = trace_variable.set(trace)
    try:
        yield trace
    finally:
        trace_variable.reset(token)


def _parse(value: str) -> tuple[str, str] | None:
    """Trace id and flags. A higher version than 00 may have more parts, which are to be ignored."""
    parts = value.split("-")
    if len(parts) < 4 or (parts[0] == "00" and len(parts) != 4) or parts[0] == "ff":
        return None
    version, trace_id, parent_id, flags = parts[:4]
    if (len(version), len(trace_id), len(parent_id), len(flags)) != (2, 32, 16, 2):
        return None
    if not _HEX.issuperset(version + trace_id + parent_id + flags):
        return None
    if not trace_id.strip("0") or not parent_id.strip("0"):
        return None
    return trace_id, flags
