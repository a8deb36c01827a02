"""A client that does as little as counts messages."""

import asyncio
from typing import Any

from tooling.bench.websocket.message import SIZE, TOPIC


class Client(asyncio.Protocol):
    """Reads as little as counts the messages: all have one size, which the first one shows."""

    def __init__(self, number: int, subscribes: bool) -> None:
        self._number = number
        self._subscribes = subscribes
        self._buffer = b""
        self._bytes = self._expected = 0
        self._done: asyncio.Future[None] | None = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(
            b"GET /ws/v1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            b"Cookie: lyceum_session=%d\r\n\r\n" % self._number
        )

    def data_received(self, data: bytes) -> None:
        if not self.ready.done():
            self._start(data)
            return
        self._bytes += len(data) - self._answer_pings(data)
        if self._done is not None and self._bytes >= self._expected:
            self._done.set_result(None)
            self._done = None

    def _answer_pings(self, data: bytes) -> int:
        """Bytes of pings, which come alone in between; all else is ASCII."""
        found, at = 0, data.find(b"\x89")
        while at >= 0:
            size = data[at + 1]
            self._transport.write(b"\x8a" + bytes([0x80 | size]) + bytes(4) + data[at + 2 : at + 2 + size])
            found += 2 + size
            at = data.find(b"\x89", at + 2 + size)
        return found

    def expect(self, messages: int) -> "asyncio.Future[None]":
        """Done when so many messages have come from now on."""
        done = asyncio.get_running_loop().create_future()
        self._bytes, self._expected = 0, messages * SIZE
        if messages:
            self._done = done
        else:
            done.set_result(None)
        return done

    def abort(self) -> None:
        self._transport.abort()

    def _start(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        if not head.startswith(b"HTTP/1.1 101"):
            self.ready.set_exception(RuntimeError(head.decode()))
        elif not self._subscribes or b'"subscribed"' in rest:
            self.ready.set_result(None)
        elif not rest:
            message = b'{"op":"subscribe","topic":"%s"}' % TOPIC.encode()
            self._transport.write(b"\x81" + bytes([0x80 | len(message)]) + bytes(4) + message)  # a mask of zeros
