"""What gets killed: worker processes and the three servers. Each comes back where it was, with what it had on disk."""

import multiprocessing
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from lyceum.runtime.embedded.errors import tail
from tooling.chaos import worker

# All code is loaded once, and each start of a worker is a fork of the process that has it.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tooling.chaos.worker"])


class Victim(Protocol):
    """The methods block."""

    @property
    def name(self) -> str: ...

    def kill(self) -> None:
        """End it with SIGKILL."""
        ...

    def revive(self) -> None:
        """Start it again; returns when it serves."""
        ...


class Server(Protocol):
    """The embedded servers as they are killed: PostgreSQL, Valkey, Kafka."""

    @property
    def pid(self) -> int | None: ...

    def start(self) -> str: ...

    def stop(self) -> None: ...


class ServerVictim:
    """A server; `address` is where its clients will always look for it."""

    def __init__(self, name: str, server: Server) -> None:
        self.name = name
        self.server = server
        self.address = server.start()

    def kill(self) -> None:
        process = self.server.pid
        assert process is not None, f"{self.name} ended by itself"
        os.kill(process, signal.SIGKILL)
        self.server.stop()  # waits for the end of all its processes

    def revive(self) -> None:
        # Something else may have got the port for a moment; so quickly, nobody has asked for a new one.
        assert self.server.start() == self.address, f"{self.name} came back elsewhere"


class WorkerVictim:
    """A worker in a process of its own."""

    def __init__(self, name: str, folder: Path, variables: Mapping[str, str]) -> None:
        self.name = name
        self.journal = folder / f"{name}.journal"
        self.log = folder / f"{name}.log"
        self._variables = dict(variables)
        self.revive()

    def kill(self) -> None:
        code = self._process.exitcode
        assert code is None, f"{self.name} ended by itself with {code}:\n{tail(self.log)}"
        self._process.kill()
        self._process.join()

    def revive(self) -> None:
        self._process = _FORKS.Process(
            target=worker.main, args=(self._variables, self.log, self.journal), name=self.name, daemon=True
        )
        self._process.start()

    def stop(self) -> float:
        """Let it end by itself; how many seconds that took."""
        began = time.monotonic()
        self._process.terminate()
        self._process.join(60)
        self._process.kill()
        self._process.join()
        return time.monotonic() - began

    def doubles(self) -> int:
        """How many events came to it that had had their effect before."""
        return sum(map(int, self.journal.read_text().split())) if self.journal.exists() else 0
