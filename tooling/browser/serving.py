"""The whole platform as `lyceum up` starts it, with built front ends, for a browser to look at."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tooling import frontends

_START_SECONDS = 180
_STOP_SECONDS = 30


class NotServed(Exception):
    """The front ends are not built, or the platform did not start; the text says why."""


@dataclass(frozen=True)
class Platform:
    """Where it answers, where its data is, and where it says what it does: in development, also the mails."""

    address: str
    database_url: str
    log: Path

    def said(self) -> str:
        return self.log.read_text(errors="replace")


def build() -> None:
    """Build the front ends where their source has changed. Raises `NotServed` where they are not built afterwards."""
    frontends.provide()
    if missing := frontends.stale():
        raise NotServed(f"{' and '.join(missing)} could not be built: {frontends.obstacle() or 'see above'}")


@contextmanager
def platform(folder: Path, database_url: str) -> Iterator[Platform]:
    """A platform on this database, with its files and its log in `folder`, from its first answer to the end of the
    block. Raises `NotServed`.
    """
    served = Platform(_free_address(), database_url, folder / "platform.log")
    command = [str(Path(sys.executable).parent / "lyceum"), "up", "--port", served.address.rpartition(":")[2]]
    rest = {name: value for name, value in os.environ.items() if not name.startswith("LYCEUM_")}
    own = {"LYCEUM_DATA_DIR": str(folder), "LYCEUM_DATABASE_URL": database_url}
    own |= {f"LYCEUM_{app.upper()}_BUILD": str(frontends.APPS / app / "dist") for app in frontends.BUILDS}
    with served.log.open("wb") as output:
        process = subprocess.Popen(command, env=rest | own, stdout=output, stderr=output)
    try:
        _wait(process, served)
        yield served
    finally:
        _stop(process)


def _wait(process: subprocess.Popen[bytes], served: Platform) -> None:
    end = time.monotonic() + _START_SECONDS
    with httpx.Client(timeout=5) as client:
        while time.monotonic() < end and process.poll() is None:
            try:
                if client.get(f"{served.address}/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
    raise NotServed(f"the platform did not start:\n{served.said()[-4000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"
