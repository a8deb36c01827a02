"""A span for each SQL statement of a recorded trace, while tracing has `sql` on.

Those that pass SQLAlchemy by (`Database.fetch`) have none: they are the hottest and the simplest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from random import getrandbits
from time import perf_counter_ns
from typing import Any

from sqlalchemy import Connection, Engine, event

from lyceum.runtime.telemetry.spans import SpanKind, record_span
from lyceum.runtime.telemetry.trace import TraceContext, current_trace

_STARTED = "lyceum_statement_started"
_LONGEST_TEXT = 2000


def _before(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    connection.info[_STARTED] = perf_counter_ns()


def _after(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    trace = current_trace()
    started = connection.info.pop(_STARTED, None)
    if trace is None or started is None or not trace.sampled:
        return
    own = TraceContext(trace.trace_id, f"{getrandbits(64):016x}", trace.flags, parent_id=trace.span_id)
    verb = statement.lstrip().split(maxsplit=1)[0].upper()
    attributes = {
        "db.system.name": "postgresql",
        "db.operation.name": verb,
        "db.query.text": statement[:_LONGEST_TEXT],  # with placeholders: parameters may be personal
    }
    record_span(own, verb, SpanKind.CLIENT, perf_counter_ns() - started, attributes)


@contextmanager
def sql_spans() -> Iterator[None]:
    """Record statements while the block runs."""
    event.listen(Engine, "before_cursor_execute", _before)
    event.listen(Engine, "after_cursor_execute", _after)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", _before)
        event.remove(Engine, "after_cursor_execute", _after)
