"""Both servers, each with all its clients, in turns."""

import asyncio
import resource
import subprocess
import sys
import time
from contextlib import ExitStack

import uvloop

from tooling.bench.arithmetic import Result, Sample, ratios, spread
from tooling.bench.measuring import TOP, free_port
from tooling.bench.websocket.client import Client

FAN_OUT, WEIGHT = "websocket", "websocket-memory"
CONNECTIONS, _FIRST_ONES, _AT_ONCE = 1000, 50, 25
_PATIENCE = 120.0  # seconds


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
        self._clients: list[Client] = []

    def __enter__(self) -> "_Side":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tooling.bench.websocket.serving", self.name, str(self._port)],
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
            lambda: Client(number, self.name == "live"), "127.0.0.1", self._port
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
