"""However readers, writers and messages interleave, nobody finds what they were told is out of date.

The server and its scripts are real. Messages between the processes arrive when the example says so.
"""

import asyncio

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lyceum.kernel.ids import new_id
from lyceum.runtime.cache import CacheMark, Caches, Ticket
from lyceum.runtime.cache import tiered as tiered_module
from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.runtime.fan_out.subscribers import Subscribers
from lyceum.runtime.redis import RedisLink

MARK = CacheMark(60, ("tag",))
PROCESSES = 3


class Post:
    """Brings messages when it is told to."""

    def __init__(self):
        self.offices = []

    def office(self):
        self.offices.append(Office(self))
        return self.offices[-1]


class Office:
    connected = True

    def __init__(self, post):
        self.post = post
        self.subscribers = Subscribers()
        self.waiting = []

    async def publish(self, channel, message):
        for office in self.post.offices:
            office.waiting.append((channel, message))

    async def subscribe(self, channel, receive, *, on_gap):
        return self.subscribers.add(channel, receive, on_gap)

    def deliver(self):
        waiting, self.waiting = self.waiting, []
        for channel, message in waiting:
            self.subscribers.deliver(channel, message)


class World:
    """The data is a number that only grows. A process knows the number that it was last told of."""

    def __init__(self, link):
        post = Post()
        name = f"race-{new_id()}"
        self.link = link
        self.version = 0
        self.offices = [post.office() for _ in range(PROCESSES)]
        self.caches = [Caches(link, office) for office in self.offices]
        self.processes = [cache.of_bytes(name, max_bytes=10_000, max_entry_bytes=1_000) for cache in self.caches]
        self.known = [0] * PROCESSES
        self.underway = [0] * PROCESSES
        self.making = []

    async def start(self):
        for cache in self.caches:
            cache.start()
        await asyncio.gather(*(cache._shared._joining for cache in self.caches))

    async def begin(self, process):
        found = await self.processes[process].find(b"key")
        if isinstance(found, Ticket):
            self.making.append((process, self.version, found))
        else:
            assert int(found) >= self.known[process]

    async def peek(self, process):
        found = self.processes[process].peek(b"key")
        assert found is None or int(found) >= self.known[process]

    async def guess(self, process):
        self.making.append((process, self.version, self.processes[process].ticket(b"key")))

    async def finish(self, which):
        if self.making:
            process, version, ticket = self.making.pop(which % len(self.making))
            await self.processes[process].put(b"%d" % version, MARK, ticket)

    async def fail(self, which):
        if self.making:
            process, _, ticket = self.making.pop(which % len(self.making))
            self.processes[process].abandon(ticket)

    async def write(self, _):
        self.version += 1

    async def announce(self, process):
        version = self.version
        await self.processes[process].invalidate("tag")
        self.known[process] = version
        self.underway = [version if other != process else each for other, each in enumerate(self.underway)]

    async def deliver(self, process):
        self.offices[process].deliver()
        self.known[process] = max(self.known[process], self.underway[process])

    async def lose_everything(self, _):
        await self.link.client.flushdb()

    async def end(self):
        """Everything is told to everybody, and whoever makes something has put it: then all see the same."""
        await self.announce(0)
        while self.making:
            await self.finish(0)
        for process in range(PROCESSES):
            await self.deliver(process)
        for process in range(PROCESSES):
            found = await self.processes[process].find(b"key")
            assert isinstance(found, Ticket) or int(found) == self.version
            if isinstance(found, Ticket):
                await self.processes[process].put(b"%d" % self.version, MARK, found)
        for process in self.processes:
            assert await process.find(b"key") == b"%d" % self.version
        for cache in self.caches:
            await cache.close()


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    with EmbeddedValkey(tmp_path_factory.mktemp("races")) as server:
        yield server.address


ACTS = ("begin", "peek", "guess", "finish", "fail", "write", "announce", "deliver", "lose_everything")


@settings(max_examples=60, deadline=None)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, PROCESSES - 1)), max_size=30))
@example(acts=[("begin", 0), ("write", 0), ("announce", 1), ("finish", 0), ("begin", 1), ("deliver", 0), ("begin", 0)])
@example(acts=[("begin", 0), ("write", 0), ("announce", 1), ("lose_everything", 0), ("finish", 0), ("begin", 1)])
@example(acts=[("begin", 0), ("lose_everything", 0), ("write", 0), ("announce", 1), ("finish", 0), ("begin", 1)])
@example(acts=[("begin", 0), ("finish", 0), ("begin", 1), ("write", 0), ("announce", 0), ("deliver", 1), ("begin", 1)])
def test_nobody_finds_what_they_know_to_be_out_of_date(own_server, acts):
    async def run():
        link = RedisLink(own_server)
        world = World(link)
        await world.start()
        for act, number in acts:
            await getattr(world, act)(number)
        await world.end()
        await link.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiered_module, "PATIENCE", 0)  # nobody here waits for anybody
        asyncio.run(run())
