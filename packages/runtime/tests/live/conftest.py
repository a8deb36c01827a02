"""What the tests of live updates share: a client's side of a feed, which notices what is lost or comes twice."""

import asyncio
import io
import socket
from contextlib import asynccontextmanager
from typing import ClassVar
from uuid import uuid4

import orjson
import pytest
from prometheus_client import CollectorRegistry
from websockets.asyncio.client import connect

from lyceum.kernel.authentication import Authenticated
from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.live import LiveMessage
from lyceum.kernel.principal import Principal
from lyceum.runtime import process
from lyceum.runtime.fan_out import LocalFanOut
from lyceum.runtime.http import Edge, PrefixDispatch
from lyceum.runtime.live.endpoint import LiveEndpoint
from lyceum.runtime.live.hub import Hub
from lyceum.runtime.live.log import MemoryLog
from lyceum.runtime.live.publishing import Publisher
from lyceum.runtime.live.session import Surroundings
from lyceum.runtime.live.ticket_route import ticket_app
from lyceum.runtime.live.tickets import LocalTickets
from lyceum.runtime.live.topics import Gates, ModuleTopics, Topic
from lyceum.runtime.telemetry import AccessLog, HttpMetrics


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


class KnownCredentials:
    """Sessions and tokens by their owners."""

    def __init__(self):
        self.sessions, self.bearers = {}, {}
        self.away = False

    async def authenticate(self, *, session, bearer):
        if self.away:
            raise ConnectionError("away")
        principal = self.sessions.get(session) if session else self.bearers.get(bearer)
        return None if principal is None else Authenticated(principal=principal, csrf_token="csrf")


class Served:
    """`/ws/v1` on a real server."""

    def __init__(self, port, hub, publisher, credentials, tickets, allowed):
        self.port, self.hub, self.publisher = port, hub, publisher
        self.credentials, self.tickets, self.allowed = credentials, tickets, allowed

    def person(self, session="session-of-ada"):
        principal = Principal(user_id=uuid4(), session_id=uuid4())
        self.credentials.sessions[session] = principal
        return principal

    def connect(self, session="session-of-ada", path="/ws/v1", **options):
        headers = dict(options.pop("headers", {}))
        if session is not None:
            headers["Cookie"] = f"lyceum_session={session}"
        options.setdefault("compression", None)
        return connect(f"ws://127.0.0.1:{self.port}{path}", additional_headers=headers, **options)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve_live():
    """Serves the endpoint behind an edge, with topics `rooms/<id>` (for whom `allowed` has) and `mine/<id>`."""

    @asynccontextmanager
    async def serve_live(messages=None, fan_out=None, tickets=None, limits=None):
        messages, fan_out = messages or MemoryLog(), fan_out or LocalFanOut()
        allowed = set()

        async def authorise(container, principal, room_id):
            if (principal.user_id, room_id) not in allowed:
                raise PermissionDenied

        async def anybody(container, principal, thing_id):
            return None

        topics = [
            Topic(pattern="rooms/{room_id}", authorise=authorise, messages=(Counted,)),
            Topic(pattern="mine/{thing_id}", authorise=anybody, messages=(Counted,), personal=True),
        ]
        gate = ModuleTopics(topics, None)
        hub, credentials = Hub(messages, fan_out), KnownCredentials()
        tickets = tickets or LocalTickets()
        around = Surroundings(
            hub=hub, gates=Gates({"rooms": gate, "mine": gate}), authentication=credentials, tickets=tickets
        )
        edge = Edge(
            PrefixDispatch({"live": LiveEndpoint(around), "tickets": ticket_app(tickets)}),
            authentication=credentials,
            metrics=HttpMetrics(CollectorRegistry()),
            access_log=AccessLog(io.BytesIO()),
            limits=limits,
        )
        port, started = free_port(), asyncio.Event()
        server = asyncio.create_task(process.serve(edge, host="127.0.0.1", port=port, started=started))
        waiting = asyncio.create_task(started.wait())
        await asyncio.wait((server, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            yield Served(port, hub, Publisher(messages, fan_out), credentials, tickets, allowed)
        finally:
            server.cancel()
            await asyncio.gather(server, return_exceptions=True)

    return serve_live
