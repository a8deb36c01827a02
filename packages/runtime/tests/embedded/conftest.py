"""Real servers, and real processes that use them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from lyceum.runtime.embedded.lifetime import SUPERVISOR_LOCK, is_held
from lyceum.runtime.embedded.postgres import EmbeddedPostgres

# An application: uses the server until its input ends or Ctrl-C comes, then asks the server once more, and leaves.
APPLICATION = """
import sys
import signal
from pathlib import Path
from lyceum.runtime.embedded.lifetime import SUPERVISOR_LOCK, is_held
from lyceum.runtime.embedded.postgres import EmbeddedPostgres

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background ignores it
with EmbeddedPostgres(Path(sys.argv[1]), durable=False) as server:
    try:
        print(server.url, flush=True)
        sys.stdin.read()
    except KeyboardInterrupt:
        import psycopg
        with psycopg.connect(server.url) as connection:
            print(connection.execute("SELECT 'still here'").fetchone()[0], flush=True)
print("left", flush=True)
"""


class Application:
    """A process of its own that uses the server on a data folder, in a process group of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", APPLICATION, str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def url(self) -> str:
        """Waits until the application has started."""
        return self.line()

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        """Ends the application in the ordinary way."""
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def interrupt_the_group(self) -> None:
        """What a terminal does on Ctrl-C."""
        os.killpg(self.process.pid, signal.SIGINT)


@pytest.fixture
def application() -> Iterator[Callable[[Path], Application]]:
    started: list[Application] = []

    def start(data_dir: Path) -> Application:
        started.append(Application(data_dir))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        for pipe in (one.process.stdin, one.process.stdout):
            assert pipe
            pipe.close()


class Probe:
    """How tests look at a server from outside."""

    @staticmethod
    def answer(url: str, statement: str = "SELECT 'yes'") -> object:
        """The single value that a statement gives."""
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None

    def answers(self, url: str) -> bool:
        """Whether there is a server that takes this address and password."""
        try:
            return self.answer(url) == "yes"
        except psycopg.OperationalError:
            return False

    @staticmethod
    def eventually(condition: Callable[[], bool], seconds: float = 20) -> None:
        """Wait for a condition; an error counts as not yet, until the time is up."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except Exception:
                if time.monotonic() > deadline:
                    raise
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.02)

    def cluster(self, url: str) -> Path:
        """PostgreSQL's data directory."""
        return Path(str(self.answer(url, "SHOW data_directory")))

    def server_pid(self, url: str) -> int:
        """The process id of the server itself."""
        return int((self.cluster(url) / "postmaster.pid").read_text().split()[0])

    @staticmethod
    def parent_of(pid: int) -> int:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.fixture(scope="session")
def probe() -> Probe:
    return Probe()


@pytest.fixture
def new_data_dir(tmp_path: Path, probe: Probe) -> Iterator[Path]:
    """A data folder that has not been used."""
    folder = tmp_path / "data"
    yield folder
    delete_when_unused(folder, probe)


@pytest.fixture(scope="session")
def durable_data_dir(tmp_path_factory: pytest.TempPathFactory, probe: Probe) -> Iterator[Path]:
    """A folder of real data. Tests make tables of their own in it."""
    folder = tmp_path_factory.mktemp("durable") / "data"
    yield folder
    delete_when_unused(folder, probe)


@pytest.fixture(scope="session")
def used_data_dir(tmp_path_factory: pytest.TempPathFactory, probe: Probe) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("used") / "data"
    with EmbeddedPostgres(folder, durable=False):
        pass
    yield folder
    delete_when_unused(folder, probe)


@pytest.fixture
def data_dir(used_data_dir: Path, probe: Probe) -> Iterator[Path]:
    """A data folder on which a server has run, and none runs now."""
    yield used_data_dir
    probe.eventually(lambda: not is_held(used_data_dir / "postgres" / SUPERVISOR_LOCK))


def delete_when_unused(data_dir: Path, probe: Probe) -> None:
    def delete() -> bool:
        EmbeddedPostgres(data_dir, durable=False).delete()
        return True

    probe.eventually(delete)
