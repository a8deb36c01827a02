"""Servers side by side, and load on them in turn."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import orjson

from tooling.bench.arithmetic import Sample
from tooling.bench.load import NUMBER, Seen, Stretch
from tooling.bench.rows import Subject
from tooling.bench.seeding import World
from tooling.bench.sending import SignedIn, requests

TOP = Path(__file__).resolve().parents[2]
_PATIENCE = 120.0  # seconds for a server to come up


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is done: `rounds` of `seconds` on each subject, with at most `most` requests each time."""

    rounds: int
    seconds: float
    connections: int = 16
    most: int = 60_000


class Server:
    """A server in a process of its own, as long as the block."""

    def __init__(self, kind: str, environment: Mapping[str, str], log: Path) -> None:
        self.kind = kind
        self.port = free_port()
        command = [sys.executable, "-m", "tooling.bench.serving", kind, str(self.port)]
        # Logs are written somewhere, as in operation.
        with log.open("wb") as stream:
            self._process = subprocess.Popen(
                command, cwd=TOP, env={**os.environ, **environment},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stream,
            )  # fmt: skip
        self._log = log

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def wait(self) -> None:
        """Until it accepts connections. Raises `RuntimeError` with its log if it ends or takes too long."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the server {self.kind!r} did not come up:\n{self._log.read_text()[-2000:]}")

    def cpu(self) -> float:
        """Seconds of CPU that its process has taken so far."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline()) / 1e9


class Load:
    """The process that puts load on, as long as the block."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tooling.bench.load"]
        self._process = subprocess.Popen(command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    def put(self, stretch: Stretch) -> Seen:
        """Raises `RuntimeError` if it failed or an answer was no success."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(orjson.dumps(asdict(stretch)) + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load has ended before its time")
        seen = Seen(**orjson.loads(line))
        if seen.wrong is not None:
            raise RuntimeError(f"not what was asked for: {seen.wrong}")
        return seen


def measure(
    subjects: Iterable[Subject],
    servers: Mapping[str, Server],
    world: World,
    people: Sequence[SignedIn],
    effort: Effort,
    say: Callable[[str], None],
) -> dict[Subject, list[Sample]]:
    """Samples of each subject, one for each round. Rounds go through the subjects forwards and backwards by turns."""
    order = list(subjects)
    samples: dict[Subject, list[Sample]] = {subject: [] for subject in order}
    with Load() as load:
        for number in range(effort.rounds + 1):
            # The first round, a short one, only warms up.
            seconds = effort.seconds if number else effort.seconds / 4
            for subject in order if number % 2 else reversed(order):
                sample = _sample(
                    load, servers[subject.server], subject, requests(world, people, subject), effort, seconds
                )
                if number:
                    samples[subject].append(sample)
            say(f"round {number} of {effort.rounds}" if number else "warmed up")
    return samples


def _sample(
    load: Load, server: Server, subject: Subject, sent: Sequence[bytes], effort: Effort, seconds: float
) -> Sample:
    before = server.cpu()
    seen = load.put(
        Stretch(
            port=server.port,
            requests=[request.decode("latin-1") for request in sent],
            connections=effort.connections,
            seconds=seconds,
            most=effort.most,
        )
    )
    return Sample(
        requests=seen.requests,
        seconds=seen.seconds,
        cpu_seconds=server.cpu() - before,
        p50=seen.p50,
        p99=seen.p99,
        events=subject.events,
    )


def start_servers(
    stack: ExitStack, kinds: Iterable[str], environment: Mapping[str, str], folder: Path
) -> dict[str, Server]:
    """All of them at once; they end with the stack."""
    servers = {kind: stack.enter_context(Server(kind, environment, folder / f"{kind}.log")) for kind in sorted(kinds)}
    for server in servers.values():
        server.wait()
    return servers


def differences(servers: Mapping[str, Server], world: World, people: Sequence[SignedIn]) -> list[str]:
    """Where servers that should give the same bytes do not: the ratio of different work says nothing."""
    found = []
    for request in ("catalogue", "cached", "outline", "heartbeat"):
        bodies = {}
        for kind, server in servers.items():
            sent = requests(world, people, Subject(kind, request))[-1]
            bodies[kind] = _exchange(server, sent.replace(NUMBER, b"0"))
        if len(set(bodies.values())) > 1:
            found.append(f"{request}: " + "; ".join(f"{kind} {body[:300]!r}" for kind, body in bodies.items()))
    return found


def _exchange(server: Server, request: bytes) -> bytes:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    answer = httpx.request(method, server.address + path, headers=headers, content=body, timeout=30)
    return answer.raise_for_status().content


def free_port() -> int:
    """A port of the loopback interface that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
