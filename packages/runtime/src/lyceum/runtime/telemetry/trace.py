"""The trace that the running code belongs to (W3C Trace Context, https://www.w3.org/TR/trace-context/)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from random import getrandbits
from uuid import UUID

_HEX = frozenset("0123456789abcdef")
_HALF = (1 << 64) - 1

# A new trace is recorded if the last 8 bytes of its id are below: nothing is, unless `record_share` says otherwise.
_recorded_below = 0


@dataclass(slots=True)
class TraceContext:
    """One request, one handled event or one run of a job.

    `span_id` names this piece of work within the trace, `parent_id` the one that it comes from. `work` says in the logs
    what it is, where it is no request.
    """

    trace_id: str
    span_id: str
    flags: str = "00"
    request_id: str | None = None
    user_id: UUID | None = None
    parent_id: str | None = None
    work: Mapping[str, str | int] | None = None

    @property
    def traceparent(self) -> str:
        """What goes to whoever is called or told next."""
        return f"00-{self.trace_id}-{self.span_id}-{self.flags}"

    @property
    def sampled(self) -> bool:
        """Whether whoever began the trace wants it recorded."""
        return int(self.flags, 16) & 1 == 1


trace_variable: ContextVar[TraceContext | None] = ContextVar("lyceum_trace", default=None)


def record_share(ratio: float) -> None:
    """Mark this share (0 to 1) of the traces that begin in this process as to be recorded.

    It depends on the id alone, so that all who decide by it decide alike.
    """
    global _recorded_below  # one decision for the process
    _recorded_below = round(ratio * (_HALF + 1))


def start_trace(traceparent: str | None = None, request_id: str | None = None) -> TraceContext:
    """A new span: of the trace that `traceparent` names, or of a new one where that is missing or malformed."""
    # Ids have to be unlikely to meet, not hard to guess; `secrets` would ask the system every time.
    bits = getrandbits(192)
    fresh = f"{bits:048x}"
    parsed = parse_traceparent(traceparent) if traceparent else None
    if parsed is None:
        trace_id, parent_id = fresh[:32], None
        flags = "01" if (bits >> 64) & _HALF < _recorded_below else "00"
    else:
        trace_id, parent_id, flags = parsed
    return TraceContext(trace_id, fresh[32:], flags, request_id or trace_id, None, parent_id)


def current_trace() -> TraceContext | None:
    """The trace of the running task; null outside requests, events and jobs."""
    return trace_variable.get()


def current_traceparent() -> str | None:
    """The `traceparent` to send along or to store with an event; null outside requests, events and jobs."""
    trace = trace_variable.get()
    return None if trace is None else trace.traceparent


@contextmanager
def traced(traceparent: str | None = None, request_id: str | None = None, **work: str | int) -> Iterator[TraceContext]:
    """Run a piece of work that no HTTP request brought (an event, a job) within its trace; `work` goes to its logs."""
    trace = start_trace(traceparent, request_id)
    trace.work = work or None
    token = trace_variable.set(trace)
    try:
        yield trace
    finally:
        trace_variable.reset(token)


def parse_traceparent(value: str) -> tuple[str, str, str] | None:
    """Trace id, span id and flags. A higher version than 00 may have more parts, which are to be ignored."""
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
    return trace_id, parent_id, flags
