"""One line per request, in the fields of the Elastic Common Schema.

It is written past the logging pipeline: a structlog line costs about as much as half a FastAPI route, and this one is
written for every request (`performance.md`).
"""

import asyncio
import sys
from datetime import UTC, datetime
from typing import BinaryIO

import orjson

from lyceum.runtime.telemetry.logging import ECS_VERSION
from lyceum.runtime.telemetry.service import this_service
from lyceum.runtime.telemetry.trace import TraceContext


class AccessLog:
    """Writes to `stream`, standard error by default. `readable` gives short lines for people instead of JSON.

    Paths in `quiet` are left out while they succeed: probes ask every few seconds.
    """

    def __init__(
        self,
        stream: BinaryIO | None = None,
        *,
        readable: bool = False,
        quiet: frozenset[str] = frozenset({"/healthz", "/readyz", "/metrics"}),
    ) -> None:
        self._stream = stream or sys.stderr.buffer
        self._readable = readable
        self._quiet = quiet
        self._lines: list[bytes] = []
        service = this_service()
        always = {
            "log.level": "info",
            "message": "request",
            "ecs.version": ECS_VERSION,
            "service.name": service.name,
            "service.version": service.version,
            "service.environment": service.environment,
            "event.kind": "event",
            "event.dataset": "lyceum.access",
        }
        # Every line begins with these; only the rest is encoded for each.
        self._beginning = orjson.dumps(always)[:-1] + b","

    def write(
        self, trace: TraceContext, method: str, path: str, route: str, status: int, nanoseconds: int, client: str | None
    ) -> None:
        """Log one request. The query string stays out: it may hold tokens."""
        if path in self._quiet and status < 400:
            return
        if self._readable:
            text = f"{method} {path} {status} {nanoseconds / 1e6:.1f} ms {trace.request_id}\n"
            # A path can hold any character, also ones that steer a terminal or pretend to start a new line.
            line = "".join(c if c.isprintable() or c == "\n" else "?" for c in text[:-1].replace("\n", "?")) + "\n"
            self._put(line.encode("utf-8", "replace"))
            return
        entry: dict[str, object] = {
            "@timestamp": datetime.now(UTC),
            "http.request.method": method,
            "url.path": path,
            "lyceum.route": route,
            "http.response.status_code": status,
            "event.duration": nanoseconds,
            "event.outcome": "success" if status < 500 else "failure",
            "trace.id": trace.trace_id,
            "transaction.id": trace.span_id,
            "span.id": trace.span_id,
            "http.request.id": trace.request_id,
        }
        if trace.user_id is not None:
            entry["user.id"] = trace.user_id
        if client is not None:
            entry["client.ip"] = client
        try:
            varying = orjson.dumps(entry, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)
        except orjson.JSONEncodeError:
            # Servers may pass bytes that are no UTF-8 on as lone surrogates, which JSON can't hold.
            entry["url.path"] = path.encode("utf-8", "replace").decode()
            varying = orjson.dumps(entry, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)
        self._put(self._beginning + varying[1:])

    def _put(self, line: bytes) -> None:
        """Requests that end in one turn of the event loop share one write."""
        self._lines.append(line)
        if len(self._lines) == 1:
            try:
                asyncio.get_running_loop().call_soon(self.flush)
            except RuntimeError:  # no loop is running
                self.flush()

    def flush(self) -> None:
        """Write what waits. It waits for the next turn of the event loop at most."""
        lines, self._lines = self._lines, []
        self._stream.write(b"".join(lines))
        self._stream.flush()
