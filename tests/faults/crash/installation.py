"""An installation that can be killed at any moment: a host and a worker, each a process group."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

T = TypeVar("T")

# A worker that is killed is known to be dead after so many seconds. Short, so that its jobs go on within a test.
STALLED_AFTER = 2.0


class Nursery:
    """The process that the others are forked from."""

    def __init__(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LYCEUM_")}
        program = [sys.executable, str(Path(__file__).with_name("nursery.py"))]
        self._process = subprocess.Popen(
            program, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, *arguments: str, environment: Mapping[str, str], log: Path) -> int:
        """The id of a process that runs `lyceum` with these arguments; also that of its process group."""
        order = {"arguments": arguments, "environment": dict(environment), "log": str(log)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


class Installation:
    """A host and a worker on a database and a folder of their own."""

    def __init__(self, nursery: Nursery, database_url: str, data_dir: Path) -> None:
        self.address = f"http://127.0.0.1:{_free_port()}"
        self.data_dir = data_dir
        self.log = data_dir / "log"
        self._nursery = nursery
        self._database_url = database_url
        self._environment = {
            "LYCEUM_DATABASE_URL": database_url,
            "LYCEUM_DATA_DIR": str(data_dir),
            "LYCEUM_DEVELOPMENT": "true",  # cookies over plain HTTP
            "LYCEUM_PUBLIC_URL": self.address,
            "LYCEUM_POOL_SIZE": "2",
            "LYCEUM_JOBS_HEARTBEAT_INTERVAL": "0.3",
            "LYCEUM_JOBS_POLL_INTERVAL": "0.5",
            "LYCEUM_JOBS_STALLED_AFTER": str(STALLED_AFTER),
        }
        self._client = httpx.Client(base_url=self.address, timeout=5)
        self._host: int | None = None
        self._worker: int | None = None

    def start(self) -> None:
        """Start what does not run, and return when requests are answered."""
        port = self.address.rpartition(":")[2]
        if self._host is None:
            self._host = self._nursery.start("serve", "--port", port, environment=self._environment, log=self.log)
        if self._worker is None:
            self._worker = self._nursery.start("worker", environment=self._environment, log=self.log)
        eventually(self._answers, f"an answer of the host, see {self.log}", seconds=60)

    def kill_host(self) -> None:
        self._host = _kill(self._host)

    def kill_worker(self) -> None:
        self._worker = _kill(self._worker)

    def rows(self, query: str, *parameters: Any, module: str = "public") -> list[dict[str, Any]]:
        """What the database has, as its owner sees it; names without a schema are the module's."""
        url = make_url(self._database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
            connection.execute(SQL("SET search_path TO {}").format(Identifier(module)))
            return connection.execute(query, parameters).fetchall()

    def _answers(self) -> bool:
        for name, process in (("host", self._host), ("worker", self._worker)):
            assert process is not None
            assert _lives(process), f"The {name} ended by itself:\n{self.log.read_text()[-4000:]}"
        try:
            return self._client.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False


def eventually(look: Callable[[], T], what: str, *, seconds: float = 30) -> T:
    """What `look` finds as soon as it is true. Fails with the last thing found when it takes too long."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"{what} did not come within {seconds} seconds; last: {found!r}"
        time.sleep(0.03)
    return found


def _kill(process: int | None) -> None:
    if process is not None:
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        eventually(lambda: not _lives(process), "the end of a killed process")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
