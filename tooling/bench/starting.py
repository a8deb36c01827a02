"""What starting costs: the import of the host, the second start of `lyceum up`, and its memory when nothing happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tooling.bench.arithmetic import Result, spread
from tooling.bench.measuring import free_port

IMPORT, START, MEMORY = "import-host", "second-start", "idle-memory"
_UP = [sys.executable, "-c", "from lyceum_host.cli import main; main()", "up", "--port"]
_PATIENCE = 180.0  # seconds for a start


def import_of_the_host(folder: Path, times: int) -> Result:
    """Seconds of CPU from the start of a Python until it has imported the host, where operators have it: an environment
    without the tools of developers (which some libraries import when they find them), compiled by the first time.
    """
    python, variables = _operators_python(folder)
    command = [python, "-c", "import time, lyceum_host.cli; print(time.process_time())"]
    _, *seconds = [float(subprocess.check_output(command, env=variables)) for _ in range(1 + times)]
    return Result(
        name=IMPORT, figures={"CPU s": spread(seconds)}, floor=1.5, target=1.5, at_most=True, detail="lyceum_host.cli"
    )


def _operators_python(folder: Path) -> tuple[str, dict[str, str]]:
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables["UV_PROJECT_ENVIRONMENT"] = str(folder / "environment")
    command = ["uv", "sync", "--quiet", "--frozen", "--no-dev", "--package", "lyceum-host"]
    subprocess.run(command, env=variables, check=True)
    return str(folder / "environment" / "bin" / "python"), variables


def second_start(folder: Path, times: int, rest: float) -> list[Result]:
    """Seconds until the platform is ready on data that is there already, and its memory in MiB after `rest` seconds:
    host and worker, which are one process; PostgreSQL's own are not counted.
    """
    with _up(folder):
        pass
    starts, memory = [], []
    for _ in range(times):
        with _up(folder) as (seconds, pid):
            starts.append(seconds)
            time.sleep(rest)
            memory.append(_resident_mib(pid))
    return [
        Result(name=START, figures={"s": spread(starts)}, floor=10, target=10, at_most=True, detail="lyceum up"),
        Result(name=MEMORY, figures={"MiB": spread(memory)}, floor=350, target=350, at_most=True, detail="lyceum up"),
    ]


@contextmanager
def _up(folder: Path) -> Iterator[tuple[float, int]]:
    """`lyceum up` on the data in the folder: how long it took to be ready, and its process id."""
    port = free_port()
    began = time.monotonic()
    with (folder / "up.log").open("wb") as log:
        environment = {**os.environ, "LYCEUM_DATA_DIR": str(folder / "data")}
        process = subprocess.Popen([*_UP, str(port)], env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        # One client for all questions: making one takes 50 ms of the CPU that the start needs.
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5) as client:
            while not _is_ready(client):
                if process.poll() is not None or time.monotonic() - began > _PATIENCE:
                    raise RuntimeError(f"lyceum up did not start:\n{(folder / 'up.log').read_text()[-2000:]}")
                time.sleep(0.02)
        yield time.monotonic() - began, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").is_success
    except httpx.TransportError:
        return False


def _resident_mib(pid: int) -> float:
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(pid)])) / 1024
