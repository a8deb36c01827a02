"""The load, in a process of its own: `python -m tooling.bench.load` reads a stretch of load as a line of JSON, and
answers with a line of what it saw, until its input ends.

Each connection sends its next request when the last one is answered. Requests are bytes that were made before; of an
answer only status and length are read. So a request costs this process some 20 µs, less than any server here.
"""

import asyncio
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import cast

import orjson
import uvloop

from tooling.bench.arithmetic import percentile

NUMBER = b"@NUMBER@"
"""In a request, stands for a number that no other request of this process has: for pages that no cache has yet."""

_PATIENCE = 10.0  # seconds that an answer may take
_numbers = itertools.count(1)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Load on one server: `requests` are taken in turn, each connection starting with another one."""

    port: int
    requests: list[str]
    connections: int
    seconds: float
    most: int
    """Requests at most, over all connections."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """`wrong` is the beginning of the first answer that was none of success; null where all were."""

    requests: int
    seconds: float
    p50: float
    p99: float
    wrong: str | None = None


class _Connection(asyncio.Protocol):
    def __init__(self, requests: Iterator[bytes], end: float, most: int) -> None:
        self._requests = requests
        self._end = end
        self._left = most
        self._received = b""
        self._expected = -1
        self._sent_at = 0.0
        self.latencies: list[float] = []
        self.wrong: str | None = None
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's does not inherit from it
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._expected < 0:
            head, found, _ = self._received.partition(b"\r\n\r\n")
            if not found:
                return
            self._expected = len(head) + 4 + _content_length(head)
        if len(self._received) < self._expected:
            return
        now = time.perf_counter()
        self.latencies.append(now - self._sent_at)
        if not self._received.startswith(b"HTTP/1.1 2"):
            self.wrong = self.wrong or self._received[:600].decode("latin-1")
        self._left -= 1
        if now >= self._end or self._left <= 0 or self.wrong:
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.latencies or self._expected > len(self._received):
            self.wrong = self.wrong or f"the connection was closed: {error}"
        if not self.done.done():
            self.done.set_result(None)

    def _send(self) -> None:
        request = next(self._requests)
        if NUMBER in request:
            request = request.replace(NUMBER, b"%d" % next(_numbers))
        self._received = b""
        self._expected = -1
        self._sent_at = time.perf_counter()
        self._transport.write(request)


def _content_length(head: bytes) -> int:
    start = head.lower().find(b"\r\ncontent-length:")
    if start < 0:
        raise ValueError(f"an answer without a length: {head!r}")
    return int(head[start + 17 :].partition(b"\r\n")[0])


async def run(stretch: Stretch) -> Seen:
    """Put the load on. Raises `TimeoutError` where a server no longer answers."""
    requests = [request.encode("latin-1") for request in stretch.requests]
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    end, most = began + stretch.seconds, max(1, stretch.most // stretch.connections)
    connections = []
    for number in range(stretch.connections):
        start = number % len(requests)
        turn = itertools.cycle(requests[start:] + requests[:start])
        _, connection = await loop.create_connection(
            lambda turn=turn: _Connection(turn, end, most),  # type: ignore[misc]  # mypy can't see a default's type
            "127.0.0.1",
            stretch.port,
        )
        connections.append(connection)
    async with asyncio.timeout(stretch.seconds + _PATIENCE):
        await asyncio.gather(*(connection.done for connection in connections))
    seconds = time.perf_counter() - began
    latencies = [latency for connection in connections for latency in connection.latencies]
    wrong = next((connection.wrong for connection in connections if connection.wrong), None)
    return Seen(
        requests=len(latencies),
        seconds=seconds,
        p50=percentile(latencies, 0.5) if latencies else 0.0,
        p99=percentile(latencies, 0.99) if latencies else 0.0,
        wrong=wrong,
    )


def main() -> None:
    for line in sys.stdin.buffer:
        seen = uvloop.run(run(Stretch(**orjson.loads(line))))
        sys.stdout.buffer.write(orjson.dumps(asdict(seen)) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
