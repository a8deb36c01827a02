"""The process in the background that keeps the servers, and how others find it and end it."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from lyceum.runtime.embedded import lifetime
from lyceum.runtime.embedded.errors import tail
from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.testing.kafka import KafkaBroker, KafkaNotAvailable

TOP = Path(__file__).resolve().parents[2]
FOLDER = TOP / ".lyceum" / "services"
_LOCK = "services.lock"  # held by the process in the background as long as it lives
_STATE = "services.json"
_LOG = "services.log"
_START_SECONDS = 900.0  # the first time, Maven fetches the broker
_STOP_SECONDS = 180.0


class ServicesFailed(Exception):
    """The servers did not start or did not end; the message says what was seen."""


@dataclass(frozen=True)
class Running:
    """`variables` are what the platform is told; `missing` says which server is not there and why."""

    pid: int
    variables: dict[str, str]
    missing: dict[str, str]


class Engines:
    """The servers in one folder."""

    def __init__(self, folder: Path) -> None:
        self.postgres = EmbeddedPostgres(folder)
        self.valkey = EmbeddedValkey(folder)
        self.kafka = KafkaBroker(folder)

    def start(self) -> Running:
        """Start them all, Kafka only where it can be had."""
        variables = {"LYCEUM_DATABASE_URL": self.postgres.start(), "LYCEUM_REDIS_URL": self.valkey.start()}
        missing = {}
        try:
            variables["LYCEUM_KAFKA_SERVERS"] = self.kafka.start()
        except KafkaNotAvailable as error:
            missing["Kafka"] = str(error)
        return Running(os.getpid(), variables, missing)

    def stop(self) -> None:
        self.kafka.stop()
        self.valkey.stop()
        self.postgres.stop()


class Services:
    """What runs in the background for a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def up(self) -> Running:
        """Start the servers unless they run. Raises `ServicesFailed`."""
        if (running := self.running()) is not None:
            return running
        # Root's PostgreSQL has an account of its own, which has to pass through here.
        self._folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        (self._folder / _STATE).unlink(missing_ok=True)
        with (self._folder / _LOG).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tooling.services.background", str(self._folder)],
                cwd=TOP,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if (running := self.running()) is not None:
                return running
            if process.poll() is not None and not self._lives():
                raise ServicesFailed(f"The services did not start:\n{tail(self._folder / _LOG)}")
            time.sleep(0.05)
        raise ServicesFailed(f"The services did not start within {_START_SECONDS:.0f} s; see {self._folder / _LOG}")

    def down(self) -> bool:
        """End them; whether there were any. Raises `ServicesFailed`."""
        running = self.running()
        if running is None:
            return False
        os.kill(running.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        while self._lives():
            if time.monotonic() > deadline:
                raise ServicesFailed(f"Process {running.pid} does not end; see {self._folder / _LOG}")
            time.sleep(0.05)
        return True

    def running(self) -> Running | None:
        """What serves now; null while nothing does."""
        if not self._lives():
            return None
        try:
            return Running(**json.loads((self._folder / _STATE).read_text()))
        except FileNotFoundError:  # it is only starting
            return None

    def processes(self) -> dict[str, int | None]:
        """The process of each server that should run; null for one that has ended."""
        engines = Engines(self._folder)
        found = {"PostgreSQL": engines.postgres.pid, "Valkey": engines.valkey.pid, "Kafka": engines.kafka.pid}
        running = self.running()
        return {name: pid for name, pid in found.items() if running is None or name not in running.missing}

    def _lives(self) -> bool:
        return lifetime.is_held(self._folder / _LOCK)


def keep(folder: Path) -> None:
    """Run the servers until SIGTERM. A second process for the same folder waits for the first to end."""
    stop = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, stop)
    with lifetime.locked(folder / _LOCK):
        engines = Engines(folder)
        try:
            state = folder / f"{_STATE}.new"
            state.write_text(json.dumps(vars(engines.start())))
            state.rename(folder / _STATE)
            signal.sigwait(stop)
        finally:
            (folder / _STATE).unlink(missing_ok=True)
            engines.stop()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
