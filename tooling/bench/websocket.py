"""WebSocket fan-out: a message to a thousand connections, beside `websockets.broadcast`, and what a connection weighs.

Both servers are processes of their own on uvloop, without compression, and send the same bytes. The platform's side is
the whole of it: edge, sign-in, authorised subscription, log and feed. `python -m tooling.bench.websocket SIDE PORT` is
such a server: each line on its standard input is a number of messages to send, answered with the nanoseconds of CPU and
the KiB of memory that the process has taken so far.
"""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

import uvloop
import websockets
from websockets.asyncio.server import ServerConnection, broadcast

from lyceum.kernel.authentication import Authenticated
from lyceum.kernel.live import LiveMessage
from lyceum.kernel.principal import Principal
from lyceum.runtime import process
from lyceum.runtime.fan_out import LocalFanOut
from lyceum.runtime.http import Edge, PrefixDispatch
from lyceum.runtime.live import Topic
from lyceum.runtime.live.endpoint import LiveEndpoint
from lyceum.runtime.live.hub import Hub
from lyceum.runtime.live.log import MemoryLog
from lyceum.runtime.live.publishing import Publisher
from lyceum.runtime.live.session import Surroundings
from lyceum.runtime.live.tickets import LocalTickets
from lyceum.runtime.live.topics import Gates, ModuleTopics
from lyceum.runtime.telemetry import AccessLog, HttpMetrics
from tooling.bench.arithmetic import Result, Sample, ratios, spread
from tooling.bench.measuring import TOP, free_port

FAN_OUT, WEIGHT = "websocket", "websocket-memory"
CONNECTIONS, _FIRST_ONES, _AT_ONCE = 1000, 50, 25
TOPIC = f"rooms/{uuid5(NAMESPACE_URL, 'bench')}"
TEXT = "x" * 100
_PATIENCE = 120.0  # seconds


class Told(LiveMessage):
    type: ClassVar[str] = "room.told"

    text: str


class _Anybody:
    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        return Authenticated(principal=Principal(user_id=uuid5(NAMESPACE_URL, session or ""), session_id=UUID(int=1)))


def measure_websockets(rounds: int, messages: int, connections: int = CONNECTIONS) -> list[Result]:
    """The row of the fan-out, and that of the memory."""
    return uvloop.run(_measure(rounds, messages, connections))


async def _measure(rounds: int, messages: int, connections: int) -> list[Result]:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    samples: dict[str, list[Sample]] = {"live": [], "broadcast": []}
    weights: dict[str, float] = {}
    with ExitStack() as stack:
        sides = {side: stack.enter_context(_Side(side)) for side in samples}
        for side in sides.values():
            await side.connect(_FIRST_ONES)
            await side.send(10)
            before = await side.send(0)
            await side.connect(connections)
            await side.send(1)
            after = await side.send(0)
            weights[side.name] = (after[1] - before[1]) / connections
        for _ in range(rounds):
            for side in sides.values():
                samples[side.name].append(await side.sample(messages))
    return [
        Result(
            name=FAN_OUT,
            figures=ratios(samples["live"], samples["broadcast"]),
            floor=0.75,
            target=0.75,
            detail=f"/ websockets.broadcast, {connections} connections",
        ),
        Result(
            name=WEIGHT,
            figures={"KiB": spread([weights["live"]])},
            floor=32,
            target=32,
            at_most=True,
            detail=f"a connection (websockets: {weights['broadcast']:.1f})",
        ),
    ]


class _Side:
    """A server, and its clients in this process."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._port = free_port()
        self._clients: list[_Client] = []

    def __enter__(self) -> "_Side":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tooling.bench.websocket", self.name, str(self._port)],
            cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        if self._process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{self.name} did not start")
        return self

    def __exit__(self, *error: object) -> None:
        for client in self._clients:
            client.abort()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.kill()
        self._process.wait()

    async def connect(self, count: int) -> None:
        for _ in range(0, count, _AT_ONCE):
            await asyncio.gather(*(self._connect(len(self._clients) + each) for each in range(_AT_ONCE)))

    async def _connect(self, number: int) -> None:
        _, client = await asyncio.get_running_loop().create_connection(
            lambda: _Client(number, self.name == "live"), "127.0.0.1", self._port
        )
        self._clients.append(client)
        await asyncio.wait_for(client.ready, _PATIENCE)

    async def send(self, messages: int) -> tuple[int, int]:
        """Send, wait until every client has everything; nanoseconds of CPU and KiB so far."""
        done = [client.expect(messages) for client in self._clients]
        answer = asyncio.create_task(asyncio.to_thread(self._tell, messages))
        await asyncio.wait_for(asyncio.gather(*done), _PATIENCE)
        await answer
        cpu, memory = await asyncio.to_thread(self._tell, 0)
        return cpu, memory

    async def sample(self, messages: int) -> Sample:
        before, _ = await self.send(0)
        began = time.perf_counter()
        after, _ = await self.send(messages)
        seconds = time.perf_counter() - began
        return Sample(
            requests=messages * len(self._clients), seconds=seconds, cpu_seconds=(after - before) / 1e9, p50=0, p99=0
        )

    def _tell(self, messages: int) -> tuple[int, int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{messages}\n")
        self._process.stdin.flush()
        cpu, memory = self._process.stdout.readline().split()
        return int(cpu), int(memory)


class _Client(asyncio.Protocol):
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


def _body(cursor: str) -> bytes:
    return b'{"op":"event","topic":"%s","cursor":"%s","type":"room.told","data":{"text":"%s"}}' % (
        TOPIC.encode(),
        cursor.encode(),
        TEXT.encode(),
    )


# Cursors have one length, whatever they are: see _TenDigits.
SIZE = 4 + len(_body("1700000000000-1000000000"))


class _TenDigits(MemoryLog):
    def __init__(self) -> None:
        super().__init__()
        self._count = 1_000_000_000


async def _serve(side: str, port: int) -> None:
    if side == "live":
        await _serve_live(port)
    else:
        await _serve_broadcast(port)


async def _serve_live(port: int) -> None:
    async def anybody(container: object, principal: Principal, room_id: UUID) -> None:
        return None

    messages, fan_out, authentication = _TenDigits(), LocalFanOut(), _Anybody()
    gate = ModuleTopics([Topic(pattern="rooms/{room_id}", authorise=anybody, messages=(Told,))], None)
    around = Surroundings(
        hub=Hub(messages, fan_out),
        gates=Gates({"rooms": gate}),
        authentication=authentication,
        tickets=LocalTickets(),
    )
    edge = Edge(
        PrefixDispatch({"live": LiveEndpoint(around)}),
        authentication=authentication,
        metrics=HttpMetrics(),
        access_log=AccessLog(BytesIO()),
    )
    publisher, started = Publisher(messages, fan_out), asyncio.Event()
    server = asyncio.create_task(process.serve(edge, host="127.0.0.1", port=port, started=started))
    await started.wait()
    _obey(lambda: publisher.publish(TOPIC, Told(text=TEXT)))
    await server


async def _serve_broadcast(port: int) -> None:
    connections: set[ServerConnection] = set()
    body = _body("1700000000000-1000000000").decode()

    async def stay(connection: ServerConnection) -> None:
        connections.add(connection)
        try:
            await connection.wait_closed()
        finally:
            connections.discard(connection)

    async with websockets.serve(stay, "127.0.0.1", port, compression=None):
        _obey(lambda: broadcast(connections, body))
        await asyncio.Future()


def _obey(send: Callable[[], None]) -> None:
    """Send what the lines of the standard input ask for."""
    loop = asyncio.get_running_loop()
    commands: asyncio.Queue[int] = asyncio.Queue()

    async def work() -> None:
        while True:
            for _ in range(await commands.get()):
                send()
                await asyncio.sleep(0)
            print(time.process_time_ns(), _memory(), flush=True)

    def read() -> None:
        for line in os.read(sys.stdin.fileno(), 4096).split():
            commands.put_nowait(int(line))

    loop.add_reader(sys.stdin.fileno(), read)
    _TASKS.append(loop.create_task(work()))
    print("ready", flush=True)


_TASKS: list[asyncio.Task[None]] = []


def _memory() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    uvloop.run(_serve(sys.argv[1], int(sys.argv[2])))
