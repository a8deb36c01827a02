"""What the tests of live updates share: a client's side of a feed, which notices what is lost or comes twice."""

import asyncio
from typing import ClassVar

import orjson
import pytest

from lyceum.kernel.live import LiveMessage


class Counted(LiveMessage):
    type: ClassVar[str] = "counted"

    n: int


class FakeWire:
    """A connection in memory. `congested` is the client that does not read."""

    def __init__(self, take):
        self._take = take
        self._writable = asyncio.Event()
        self._writable.set()
        self.is_open = True

    @property
    def is_congested(self):
        return not self._writable.is_set()

    def congest(self, on):
        (self._writable.clear if on else self._writable.set)()

    def push(self, frame):
        if self.is_open:
            self._take(unframed(frame))

    async def drained(self):
        await self._writable.wait()

    def end(self, code, reason):
        self.is_open = False
        self._writable.set()


def unframed(frame):
    """The message in an unmasked text frame."""
    assert frame[0] == 0x81
    start = 2 if frame[1] < 126 else 4
    return orjson.loads(frame[start:])


class Watcher:
    """Counts with the topic. `published()` is the state that a client reads where it is told to."""

    def __init__(self, published):
        self._published = published
        self.seen = 0
        self.cursor = None
        self.resets = 0
        self._told_since_read = False
        self.faults = []

    def take(self, message):
        if message["op"] == "event":
            n = message["data"]["n"]
            if n > self.seen + 1:
                self.faults.append(f"{n} after {self.seen}")
            if n <= self.seen and self._told_since_read:
                self.faults.append(f"{n} again, after {self.seen}")
            if n >= self.seen:
                self._told_since_read = True
            self.seen = max(self.seen, n)
            self.cursor = message["cursor"]
        elif message["op"] == "reset" or (message["op"] == "subscribed" and message["cursor"] != self.cursor):
            self.resets += message["op"] == "reset"
            self.seen = self._published()
            self._told_since_read = False
            self.cursor = message["cursor"]


@pytest.fixture
def counted():
    return Counted


@pytest.fixture
def make_watcher():
    return Watcher


@pytest.fixture
def make_wire():
    return FakeWire
