"""A server program that runs as long as some process uses it: started by the first, stopped when the last has left."""

import os
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from lyceum.runtime.embedded import lifetime
from lyceum.runtime.embedded.errors import EmbeddedServerError, tail

_START_PATIENCE = 120.0  # seconds
_STOP_PATIENCE = 90.0
_PAUSE = 0.02
_ATTEMPTS = 3  # with another port each, where the port was taken in the meantime
_PORT = "port"


class SharedProgram(ABC):
    """A server below `home` that listens on a loopback port, with the life that `lifetime` describes.

    The port of the last start is used again where it is free. The methods block.
    """

    name: str

    def __init__(self, home: Path) -> None:
        self._home = home.resolve()
        self._user: lifetime.User | None = None
        self._port: int | None = None

    @abstractmethod
    def command(self, port: int) -> Sequence[str]:
        """The command line for a port, with the files that it names written."""

    @abstractmethod
    def answers(self, port: int) -> bool:
        """Whether the server serves on the port."""

    @abstractmethod
    def address_at(self, port: int) -> str:
        """What clients are told."""

    @property
    def address(self) -> str:
        """What clients are told, while started. Raises `EmbeddedServerError` otherwise."""
        if self._port is None:
            raise EmbeddedServerError(f"The embedded {self.name} has not been started.")
        return self.address_at(self._port)

    @property
    def pid(self) -> int | None:
        """The server's process id, null while none runs."""
        return lifetime.server_pid(self._home)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> str:
        """Start the server, or attach to the one that runs. Returns its address. Raises `EmbeddedServerError`."""
        if self._user is not None:
            return self.address
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with lifetime.locked(self._home / lifetime.START_LOCK):
            user = lifetime.join(self._home)
            try:
                self._port = self._bring_up()
            except BaseException:
                lifetime.leave(user)
                raise
        self._user = user
        return self.address

    def stop(self) -> None:
        """Leave the server. The last one to leave stops it, and returns when it has ended. More calls do nothing."""
        if self._user is None:
            return
        user, self._user, self._port = self._user, None, None
        with lifetime.locked(self._home / lifetime.START_LOCK):
            lifetime.leave(user)
        deadline = time.monotonic() + _STOP_PATIENCE
        while lifetime.is_held(self._home / lifetime.SUPERVISOR_LOCK) and not lifetime.has_users(self._home):
            if time.monotonic() > deadline:
                raise self._failed("did not stop")
            time.sleep(_PAUSE)

    def _bring_up(self) -> int:
        deadline = time.monotonic() + _START_PATIENCE
        attempts = 0
        while time.monotonic() < deadline:
            port = self._last_port()
            if lifetime.is_held(self._home / lifetime.SERVER_LOCK):
                if not lifetime.is_held(self._home / lifetime.SUPERVISOR_LOCK):
                    self._supervise([], adopt=self.pid)
                elif port is not None and self.answers(port):
                    return port
            elif not lifetime.is_held(self._home / lifetime.SUPERVISOR_LOCK):
                if attempts == _ATTEMPTS:
                    break
                port = port if port is not None and attempts == 0 and is_free(port) else free_port()
                attempts += 1
                (self._home / _PORT).write_text(str(port))
                self._supervise(self.command(port), adopt=None)
            time.sleep(_PAUSE)
        raise self._failed("did not start")

    def _last_port(self) -> int | None:
        try:
            return int((self._home / _PORT).read_text())
        except (FileNotFoundError, ValueError):
            return None

    def _supervise(self, command: Sequence[str], *, adopt: int | None) -> None:
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        try:
            lifetime.supervise(
                lifetime.Assignment(str(self._home), list(command), environment, uid=None, gid=None, adopt=adopt)
            )
        except subprocess.CalledProcessError as error:
            raise self._failed(f"has no supervisor: {error.stdout.decode()}") from error

    def _failed(self, what: str) -> EmbeddedServerError:
        log = self._home / lifetime.LOG
        return EmbeddedServerError(f"The embedded {self.name} {what}. {log} ends with:\n{tail(log)}")


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
