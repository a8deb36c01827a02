"""Limits over HTTP of several processes, whose Redis stops in the middle of a burst."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from subprocess import DEVNULL

import httpx
import pytest

from lyceum.runtime.embedded.program import free_port
from lyceum.runtime.embedded.valkey import EmbeddedValkey

PROCESSES = 3
MOST = 100
AT_ONCE = 4  # requests to each process


@pytest.fixture
def valkey(tmp_path):
    """One of its own, to be stopped."""
    with EmbeddedValkey(tmp_path) as server:
        yield server


@pytest.fixture
def platforms(valkey, tmp_path):
    """The addresses of several processes of a platform, which share their limits."""
    script = str(Path(__file__).with_name("serving_process.py"))
    ports = [free_port() for _ in range(PROCESSES)]
    commands = [[sys.executable, script, str(port), valkey.address, str(tmp_path), str(MOST)] for port in ports]
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    processes = [subprocess.Popen(command, stdout=DEVNULL, stderr=DEVNULL) for command in commands]
    try:
        for address in addresses:
            until_it_serves(address)
        yield addresses
    finally:
        for process in processes:
            process.kill()
            process.wait()


def until_it_serves(address):
    end = time.monotonic() + 60
    with httpx.Client() as client:
        while True:
            try:
                client.get(f"{address}/healthz")
            except httpx.TransportError:
                assert time.monotonic() < end
                time.sleep(0.05)
            else:
                return


class Burst:
    """Requests to all processes at once, as many as they answer; `statuses` counts the answers."""

    def __init__(self, client, platforms):
        self._client = client
        self._platforms = platforms
        self.statuses = Counter()

    async def __aenter__(self):
        self._going = True
        self._tasks = [asyncio.create_task(self._ask(each)) for each in self._platforms for _ in range(AT_ONCE)]
        return self

    async def __aexit__(self, *error):
        self._going = False
        await asyncio.gather(*self._tasks)

    async def _ask(self, platform):
        while self._going:
            answer = await self._client.get(f"{platform}/api/openapi.json")
            self.statuses[answer.status_code] += 1
            await asyncio.sleep(0.005)  # all of it is on a few cores


async def granted(client, platforms, number):
    """How many of so many requests at once are let through."""
    asked = (client.get(f"{platforms[each % PROCESSES]}/api/openapi.json") for each in range(number))
    return Counter(answer.status_code for answer in await asyncio.gather(*asked))


async def redis_is(up, client, platforms):
    """Return when every process says so, at both places where operators look."""
    async with asyncio.timeout(10):
        for platform in platforms:
            while True:
                ready = await client.get(f"{platform}/readyz")
                assert ready.status_code == 200  # without Redis it serves on
                metrics = (await client.get(f"{platform}/metrics")).text
                seen = (ready.json()["checks"]["redis"]["status"] == "passing", "\nlyceum_redis_up 1.0\n" in metrics)
                if seen == (up, up):
                    break
                await asyncio.sleep(0.05)


async def counted_alone(client, platforms):
    """How many requests each process counted for itself."""
    pages = [(await client.get(f"{platform}/metrics")).text for platform in platforms]
    return [float(re.search(r"^lyceum_rate_limits_local_total (\S+)$", page, re.MULTILINE)[1]) for page in pages]


@pytest.mark.slow
async def test_no_request_fails_because_redis_stops_in_a_burst(valkey, platforms):
    limits = httpx.Limits(max_connections=None)
    async with asyncio.timeout(60), httpx.AsyncClient(limits=limits, timeout=10) as client:
        async with Burst(client, platforms) as burst:
            while burst.statuses[429] < 200:  # noqa: ASYNC110 - so much of it has to have happened
                await asyncio.sleep(0.01)
            assert burst.statuses[200] == MOST
            os.kill(valkey.pid, signal.SIGKILL)
            while burst.statuses[200] == MOST:  # noqa: ASYNC110 - each process has a limit of its own now
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)
        assert set(burst.statuses) == {200, 429}
        assert burst.statuses[200] <= MOST * (1 + PROCESSES)
        await redis_is(False, client, platforms)
        assert min(await counted_alone(client, platforms)) > 0

        address = valkey.address
        valkey.stop()
        assert valkey.start() == address
        await redis_is(True, client, platforms)
        before = await counted_alone(client, platforms)
        assert await granted(client, platforms, 2 * MOST) == {200: MOST, 429: MOST}
        assert await counted_alone(client, platforms) == before
