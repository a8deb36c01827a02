"""A feed under everything that can happen between processes: no watcher misses a message or sees one twice."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.runtime.fan_out import LocalFanOut
from lyceum.runtime.live.hub import Hub
from lyceum.runtime.live.log import LogAway, MemoryLog
from lyceum.runtime.live.publishing import Publisher

WATCHERS = 3


class UnreliableFanOut:
    """Loses, repeats and delays messages as told; a loss is followed by a gap, as the port promises."""

    def __init__(self):
        self.inner = LocalFanOut()
        self.gaps = []
        self.fate = "deliver"
        self.held = []

    async def publish(self, channel, message):
        if self.fate == "lose":
            return
        if self.fate == "hold":
            self.held.append((channel, message))
            return
        await self.inner.publish(channel, message)
        if self.fate == "repeat":
            await self.inner.publish(channel, message)

    async def subscribe(self, channel, receive, *, on_gap):
        self.gaps.append(on_gap)
        return await self.inner.subscribe(channel, receive, on_gap=on_gap)

    async def release(self):
        held, self.held = self.held, []
        for channel, message in reversed(held):
            await self.inner.publish(channel, message)

    def tell_gap(self):
        for tell in self.gaps:
            tell()


class UnreliableLog(MemoryLog):
    """May be away, takes its time, and may lose everything."""

    def __init__(self):
        super().__init__(messages=6)
        self.away = False

    async def _think(self):
        await asyncio.sleep(0)
        if self.away:
            raise LogAway

    async def append(self, drafts):
        await self._think()
        written = await super().append(drafts)
        await asyncio.sleep(0)
        return written

    async def head(self, key):
        await self._think()
        head = await super().head(key)
        await asyncio.sleep(0)
        return head

    async def read(self, key, *, after):
        await self._think()
        entries = await super().read(key, after=after)
        await asyncio.sleep(0)
        return entries

    def restart(self):
        self._topics.clear()


class Scene:
    def __init__(self, counted, make_watcher, make_wire):
        self.counted, self.make_wire = counted, make_wire
        self.log, self.fan_out = UnreliableLog(), UnreliableFanOut()
        self.hub = Hub(self.log, self.fan_out)
        self.publisher = Publisher(self.log, self.fan_out)
        self.count = 0
        self.watchers = [make_watcher(lambda: self.count) for _ in range(WATCHERS)]
        self.wires = [None] * WATCHERS
        self.tasks = [None] * WATCHERS
        self.slow = set()

    async def connect(self, number):
        if self.tasks[number] is None:
            wire = self.wires[number] = self.make_wire(self.watchers[number].take)
            wire.congest(number in self.slow)
            self.tasks[number] = asyncio.create_task(self._stay(wire, self.watchers[number]))

    async def _stay(self, wire, watcher):
        while wire.is_open:
            try:
                feed = await self.hub.feed("topic", "topic")
            except LogAway:
                await asyncio.sleep(0)
                continue
            try:
                await feed.join(wire, watcher.cursor)
                while wire.is_open:  # noqa: ASYNC110 - the steps of a test end at any turn of the loop
                    await asyncio.sleep(0)
            except LogAway:
                continue
            finally:
                feed.leave(wire)
                self.hub.release(feed)

    async def cut(self, number):
        if self.tasks[number] is not None:
            self.wires[number].end(1006, "")
            await self.tasks[number]
            self.tasks[number] = None

    async def publish(self):
        self.count += 1
        self.publisher.publish("topic", self.counted(n=self.count))

    async def step(self, what, number, turns):
        if what == "publish":
            for _ in range(number + 1):
                await self.publish()
        elif what in ("connect", "cut"):
            await getattr(self, what)(number)
        elif what in ("congest", "relieve"):
            (self.slow.add if what == "congest" else self.slow.discard)(number)
            if self.wires[number] is not None:
                self.wires[number].congest(what == "congest")
        elif what in ("deliver", "lose", "hold", "repeat"):
            self.fan_out.fate = what
            if what == "deliver":
                await self.fan_out.release()
        elif what == "gap":
            self.fan_out.tell_gap()
        elif what in ("away", "back"):
            self.log.away = what == "away"
        elif what == "restart":
            self.log.restart()
        for _ in range(turns):
            await asyncio.sleep(0)

    async def settle(self):
        self.slow.clear()
        self.log.away, self.fan_out.fate = False, "deliver"
        await self.fan_out.release()
        for number in range(WATCHERS):
            await self.connect(number)
            self.wires[number].congest(False)
        while self.publisher._sending is not None:  # noqa: ASYNC110 - it has no event for that
            await asyncio.sleep(0.001)
        self.fan_out.tell_gap()
        for feed in tuple(self.hub._feeds.values()):
            await feed.verify()
        async with asyncio.timeout(10):
            while any(watcher.seen < self.count or watcher.cursor is None for watcher in self.watchers):
                if faults := [fault for watcher in self.watchers for fault in watcher.faults]:
                    raise AssertionError(faults)
                await asyncio.sleep(0.001)

    async def end(self):
        for number in range(WATCHERS):
            await self.cut(number)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("publish", "publish", "publish", "connect", "connect", "cut", "congest", "relieve"),
                *("deliver", "lose", "hold", "repeat", "gap", "away", "back", "restart"),
            )
        ),
        st.integers(0, WATCHERS - 1),
        st.sampled_from([0, 1, 2, 4, 8, 25]),
    ),
    min_size=5,
    max_size=40,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_watcher_misses_or_repeats_a_message_whatever_breaks(steps, counted, make_watcher, make_wire):
    async def run():
        scene = Scene(counted, make_watcher, make_wire)
        await scene.settle()
        for step in steps:
            await scene.step(*step)
        await scene.settle()
        await scene.end()
        assert [watcher.faults for watcher in scene.watchers] == [[]] * WATCHERS
        assert scene.hub._feeds == {}

    asyncio.run(run())


@pytest.fixture
def scene(counted, make_watcher, make_wire):
    return Scene(counted, make_watcher, make_wire)


async def test_who_comes_back_in_time_is_told_all_and_not_to_reload(scene):
    await scene.connect(0)
    await scene.settle()
    await scene.cut(1)
    for _ in range(5):
        await scene.publish()
    await scene.settle()
    assert [watcher.resets for watcher in scene.watchers] == [0, 0, 0]
    assert [watcher.seen for watcher in scene.watchers] == [5, 5, 5]
    await scene.end()


async def test_who_comes_back_too_late_is_told_to_reload(scene):
    await scene.settle()
    await scene.cut(1)
    for _ in range(80):
        await scene.publish()
        await scene.step("deliver", 0, 6)
    await scene.settle()
    assert [watcher.resets for watcher in scene.watchers] == [0, 1, 0]
    await scene.end()


async def test_who_waits_for_a_slow_reader_holds_up_nobody(scene):
    await scene.settle()
    scene.wires[2].congest(True)
    await scene.publish()
    async with asyncio.timeout(5):
        while scene.watchers[0].seen < 1:  # noqa: ASYNC110 - at any turn of the loop
            await asyncio.sleep(0)
    await scene.end()


async def test_a_message_that_the_fan_out_lost_is_read_from_the_log(scene):
    await scene.settle()
    await scene.step("lose", 0, 0)
    await scene.step("publish", 0, 30)
    await scene.step("deliver", 0, 0)
    await scene.step("publish", 0, 30)
    assert [watcher.seen for watcher in scene.watchers] == [2, 2, 2]
    assert [watcher.faults for watcher in scene.watchers] == [[]] * WATCHERS
    await scene.end()


async def test_nothing_remembered_from_before_a_lost_log_fills_the_gap(scene):
    await scene.settle()
    await scene.step("publish", 1, 30)
    await scene.cut(1)
    await scene.step("publish", 0, 30)
    scene.log.restart()
    await scene.publish()
    await scene.settle()
    assert [watcher.resets for watcher in scene.watchers] == [1, 1, 1]
    assert [watcher.faults for watcher in scene.watchers] == [[]] * WATCHERS
    await scene.end()
