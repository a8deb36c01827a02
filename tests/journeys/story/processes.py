"""Processes of the platform, started as an operator starts them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

import httpx

T = TypeVar("T")

COMMANDS = Path(sys.executable).parent
START_SECONDS = 180
STOP_SECONDS = 30


class GaveUp(AssertionError):
    """What was waited for did not come."""


def eventually(look: Callable[[], T | None], what: str, *, seconds: float = 60) -> T:
    """What `look` finds, as soon as that is neither null nor false. Raises `GaveUp`."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise GaveUp(f"{what} did not come within {seconds} seconds")
        time.sleep(0.05)


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def port_of(address: str) -> str:
    return address.rpartition(":")[2]


class Process:
    """A long-running command of the platform; what it says goes to `log`."""

    def __init__(self, *command: str, settings: Mapping[str, str], log: Path) -> None:
        self.name = " ".join(command[:3])
        self.log = log
        self._command = [str(COMMANDS / command[0]), *command[1:]]
        self._environment = environment(settings)
        self.start()

    def start(self) -> None:
        """Start it, the first time or again."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=output, stderr=output)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def serves(self, address: str) -> None:
        """Return when the process answers requests. Raises `GaveUp`."""

        def ready() -> bool:
            if self._process.poll() is not None:
                raise GaveUp(f"{self.name} ended with {self._process.returncode}:\n{self.said()}")
            try:
                return client.get(f"{address}/readyz").status_code == 200
            except httpx.TransportError:
                return False

        try:
            with httpx.Client(timeout=5) as client:
                eventually(ready, f"an answer of {self.name}", seconds=START_SECONDS)
        except GaveUp as error:
            error.add_note(self.said())
            raise

    @contextmanager
    def paused(self) -> Iterator[None]:
        """It does nothing meanwhile, and then goes on as if no time had passed."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def said(self) -> str:
        return self.log.read_text()

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def run(*command: str, settings: Mapping[str, str]) -> str:
    """What a command that ends prints. Raises `AssertionError` with all that it said where it fails."""
    done = subprocess.run(
        [COMMANDS / command[0], *command[1:]],
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The variables of this process without its settings of the platform, and with these."""
    rest = {name: value for name, value in os.environ.items() if not name.startswith("LYCEUM_")}
    # Many processes load the same code: what is compiled is kept, also where the environment says not to.
    rest.pop("PYTHONDONTWRITEBYTECODE", None)
    return rest | {f"LYCEUM_{name}": value for name, value in settings.items()}
