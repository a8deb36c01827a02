"""A client's connection: uvicorn's WebSocket protocol, with what ASGI has no words for.

A message for a thousand clients is one frame, made once and written to each connection at once, without a task or a
queue for each. How much a client has not read yet is what its connection's buffer holds; it is bounded.
"""

from typing import Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from lyceum.runtime.live import metrics

EXTENSION = "lyceum.live.wire"
"""The extension of the ASGI scope that has the `Wire`."""

TOO_SLOW = 4008
MAX_UNREAD = 256 * 1024
"""Bytes that may wait for a client which reads too slowly, beside what the system's socket buffers hold."""

_CLOSE_SECONDS = 5.0


class Wire(Protocol):
    """What is needed of a connection. Nothing here waits but `drained`."""

    @property
    def is_open(self) -> bool: ...

    @property
    def is_congested(self) -> bool:
        """Whether the client has not read for a while."""
        ...

    def push(self, frame: bytes) -> None:
        """Send a frame, or close the connection if too much waits already. Does nothing once it is closing."""
        ...

    async def drained(self) -> None:
        """Wait until the client has read most of it, or is gone."""
        ...

    def end(self, code: int, reason: str) -> None:
        """Say good-bye, and leave within seconds, whether or not the client answers."""
        ...


class LiveProtocol(WebSocketsSansIOProtocol):
    """For `uvicorn.Config(ws=...)`."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            # The application runs from the next turn of the loop on.
            extensions = self.scope["extensions"]
            assert extensions is not None  # noqa: S101 - uvicorn just set it
            extensions[EXTENSION] = self  # type: ignore[assignment]  # typed as JSON-like there; ASGI takes anything

    @property
    def is_open(self) -> bool:
        return self.conn.state is State.OPEN and not self.close_sent and not self.transport.is_closing()

    @property
    def is_congested(self) -> bool:
        return not self.writable.is_set()

    def push(self, frame: bytes) -> None:
        if self.close_sent or self.transport.is_closing():
            return
        if not self.writable.is_set() and self.transport.get_write_buffer_size() > MAX_UNREAD:
            metrics.SLOW.inc()
            self.end(TOO_SLOW, "too-slow")
            return
        self.transport.write(frame)

    async def drained(self) -> None:
        await self.writable.wait()

    def end(self, code: int, reason: str) -> None:
        if not self.is_open:
            return
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.stop_keepalive()
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        # uvicorn waits for the client's answer as long as this timer runs; a client that reads nothing gives none.
        self.close_timer = self.loop.call_later(_CLOSE_SECONDS, self.transport.abort)

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        # Closing waits until the client has read what is written, which this one does not.
        self.loop.call_later(_CLOSE_SECONDS, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        scope = getattr(self, "scope", None)
        if scope is not None and scope["extensions"] is not None:
            # Scope and protocol hold each other; the collector of the process comes rarely.
            scope["extensions"].pop(EXTENSION, None)
