"""`tooling/services`: the servers in the background, from `up` to `down`."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def services(tmp_path):
    """The command, on servers of its own, which have ended when the test has."""
    folder = tmp_path / "services"

    def command(*arguments):
        line = [sys.executable, str(TOP / "tooling" / "services"), *arguments, "--folder", str(folder)]
        return subprocess.run(line, capture_output=True, text=True, timeout=300)

    yield command
    command("down")


def evaluated(exported):
    """What a shell has in its environment after `eval`."""
    script = f"eval {shlex.quote(exported)}; env -0"
    said = subprocess.run(["sh", "-c", script], env={"PATH": os.defpath}, capture_output=True, text=True, check=True)
    variables = dict(line.split("=", 1) for line in said.stdout.split("\0") if line)
    return {name: value for name, value in variables.items() if name.startswith("LYCEUM_")}


def serves(address):
    host, _, port = address.rpartition("@")[2].partition("/")[0].rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError:
        return False
    return True


def test_three_servers_run_from_up_to_down_and_remember_what_they_had(services):
    assert services("status").returncode == 1
    first = services("up", "--export")
    assert first.returncode == 0, first.stderr
    variables = evaluated(first.stdout)
    assert set(variables) | ({"LYCEUM_KAFKA_SERVERS"} if "Kafka does not run" in first.stderr else set()) == {
        "LYCEUM_DATABASE_URL",
        "LYCEUM_REDIS_URL",
        "LYCEUM_KAFKA_SERVERS",
    }
    assert all(serves(address) for address in variables.values())
    with psycopg.connect(variables["LYCEUM_DATABASE_URL"]) as connection:
        connection.execute("CREATE TABLE kept (word text)")

    assert evaluated(services("up", "--export").stdout) == variables
    status = services("status")
    assert status.returncode == 0
    assert "# PostgreSQL: process " in status.stdout
    assert all(f"{name}='{value}'" in status.stdout for name, value in variables.items())

    assert services("down").returncode == 0
    assert not any(serves(address) for address in variables.values())
    assert services("down").stderr == "No services run.\n"

    assert evaluated(services("up", "--export").stdout) == variables
    with psycopg.connect(variables["LYCEUM_DATABASE_URL"]) as connection:
        connection.execute("SELECT word FROM kept")


def test_nothing_is_left_of_a_background_process_that_was_killed(services, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")  # no Java: two servers are enough here
    started = services("up")
    assert "Kafka does not run: there is no java" in started.stderr
    addresses = [line.split("'")[1] for line in started.stdout.splitlines() if "='" in line]
    assert len(addresses) == 2
    monkeypatch.syspath_prepend(str(TOP))
    from tooling.services.background import Services

    state = Services(Path(services("status").args[-1]))
    os.kill(state.running().pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(serves(address) for address in addresses):
        assert time.monotonic() < deadline, "the servers outlive what kept them"
        time.sleep(0.05)
    assert services("status").returncode == 1
    assert services("up").returncode == 0
