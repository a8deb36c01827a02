"""The servers, each a process of its own: `python -m tooling.bench.websocket.serving SIDE PORT`.

Both are on uvloop, without compression, and send the same bytes. The platform's side is the whole of it: edge, sign-in,
authorised subscription, log and feed. Each line on the standard input is a number of messages to send, answered with
the nanoseconds of CPU and the KiB of memory that the process has taken so far.
"""

import asyncio
import os
import resource
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

import uvloop
import websockets
from websockets.asyncio.server import ServerConnection, broadcast

from lyceum.kernel.authentication import Authenticated
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
from tooling.bench.websocket.message import TEXT, TOPIC, Told, body


class _Anybody:
    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        return Authenticated(principal=Principal(user_id=uuid5(NAMESPACE_URL, session or ""), session_id=UUID(int=1)))


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
    text = body("1700000000000-1000000000").decode()

    async def stay(connection: ServerConnection) -> None:
        connections.add(connection)
        try:
            await connection.wait_closed()
        finally:
            connections.discard(connection)

    async with websockets.serve(stay, "127.0.0.1", port, compression=None):
        _obey(lambda: broadcast(connections, text))
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
