"""Caches on one Redis, as processes have them."""

import asyncio

import pytest

from lyceum.kernel.ids import new_id
from lyceum.runtime.cache import CacheMark, Ticket, kept
from lyceum.runtime.cache import shared as shared_module
from lyceum.runtime.cache import tiered as tiered_module

MARK = CacheMark(60, ("course-1", "catalogue"))
KEY = b"/catalogue?q=x"


@pytest.fixture
async def pair(start_process, redis_url):
    name = f"test-{new_id()}"
    pair = start_process(redis_url, name), start_process(redis_url, name)
    for process in pair:
        await process.ready()
    return pair


class Source:
    """The data behind the cache, and how often it was read."""

    def __init__(self):
        self.value = b"old"
        self.read = 0
        self.hold = asyncio.Event()
        self.hold.set()

    async def __call__(self):
        self.read += 1
        value = self.value
        await self.hold.wait()
        return value


@pytest.fixture
def source():
    return Source()


async def get(process, source, mark=MARK):
    return await kept(process.cache, KEY, mark, source)


class TestSharing:
    async def test_what_one_process_has_made_the_others_find(self, pair, source):
        assert [await get(process, source) for process in pair] == [b"old", b"old"]
        assert source.read == 1

    async def test_what_was_found_once_is_then_at_hand(self, pair, source):
        await get(pair[0], source)
        assert pair[1].cache.peek(KEY) is None
        await get(pair[1], source)
        assert pair[1].cache.peek(KEY) == b"old"

    async def test_an_invalidation_reaches_every_process(self, pair, source):
        for process in pair:
            await get(process, source)
        source.value = b"new"
        await pair[0].cache.invalidate("catalogue")
        assert await get(pair[0], source) == b"new"
        await until(lambda: pair[1].cache.peek(KEY) is None)
        assert await get(pair[1], source) == b"new"
        assert source.read == 2

    async def test_other_tags_do_not_concern_it(self, pair, source):
        await get(pair[0], source)
        await pair[0].cache.invalidate("course-2")
        assert [await get(process, source) for process in pair] == [b"old", b"old"]
        assert source.read == 1

    async def test_a_value_made_from_older_data_is_kept_nowhere(self, pair, source):
        first, second = pair
        source.hold.clear()
        making = asyncio.create_task(get(first, source))
        await until(lambda: source.read == 1)
        source.value = b"new"
        await second.cache.invalidate("course-1")
        source.hold.set()
        assert await making == b"old"
        assert first.cache.peek(KEY) is None or first.cache.peek(KEY) == b"old"  # until it hears of it
        assert await get(second, source) == b"new"
        await until(lambda: first.cache.peek(KEY) is None)
        assert await get(first, source) == b"new"

    async def test_values_age_as_one_wherever_they_are(self, pair, source):
        await get(pair[0], source, CacheMark(1, ()))
        await get(pair[1], source, CacheMark(1, ()))
        await asyncio.sleep(1.05)
        assert [process.cache.peek(KEY) for process in pair] == [None, None]
        assert isinstance(await pair[1].cache.find(KEY), Ticket)

    async def test_what_there_is_not_is_not_kept(self, pair):
        async def nothing():
            return None

        assert await kept(pair[0].cache, KEY, MARK, nothing) is None
        assert isinstance(await pair[1].cache.find(KEY), Ticket)

    async def test_a_value_that_is_too_large_is_not_kept(self, pair, source):
        source.value = b"x" * 10_000
        assert [await get(process, source) for process in pair] == [source.value] * 2
        assert source.read == 2

    async def test_more_tags_than_are_remembered_let_nothing_old_through(self, pair, source, monkeypatch):
        first, second = pair
        ticket = await first.cache.find(KEY)
        tags = [f"tag-{number}" for number in range(2_500)]
        for part in range(5):
            await second.cache.invalidate(*(f"{part}-{tag}" for tag in tags))
        first.cache._memory.clear()
        await first.cache.put(b"old", MARK, ticket)
        assert isinstance(await second.cache.find(KEY), Ticket)

    async def test_it_counts_where_values_were_found(self, pair, source):
        def counts(process):
            cache = process.cache
            return [each._value.get() for each in (cache._found_here, cache._found_there, cache._made)]

        await get(pair[0], source)
        await get(pair[1], source)
        await get(pair[1], source)
        assert counts(pair[1]) == [1, 1, 1]  # one process here, so the counts are of both


class TestOneFlight:
    async def test_two_processes_that_want_the_same_make_it_once(self, pair, source):
        source.hold.clear()
        asking = [asyncio.create_task(get(process, source)) for process in pair for _ in range(5)]
        await until(lambda: source.read == 1)
        await asyncio.sleep(0.1)
        source.hold.set()
        assert set(await asyncio.gather(*asking)) == {b"old"}
        assert source.read == 1

    async def test_when_the_maker_fails_another_process_goes_on_at_once(self, pair, source):
        async def fail():
            await source()
            raise RuntimeError

        source.hold.clear()
        failing = asyncio.create_task(kept(pair[0].cache, KEY, MARK, fail))
        await until(lambda: source.read == 1)
        waiting = asyncio.create_task(get(pair[1], source))
        await asyncio.sleep(0.05)
        source.hold.set()
        with pytest.raises(RuntimeError):
            await failing
        async with asyncio.timeout(1):
            assert await waiting == b"old"

    async def test_a_maker_that_died_is_not_waited_for_long(self, pair, source, monkeypatch):
        monkeypatch.setattr(shared_module, "LOCK_MILLISECONDS", 100)
        assert isinstance(await pair[0].cache.find(KEY), Ticket)
        async with asyncio.timeout(1):
            assert await get(pair[1], source) == b"old"

    async def test_nobody_waits_for_ever(self, pair, source, monkeypatch):
        monkeypatch.setattr(tiered_module, "PATIENCE", 0.1)
        assert isinstance(await pair[0].cache.find(KEY), Ticket)
        async with asyncio.timeout(1):
            assert await get(pair[1], source) == b"old"

    async def test_a_ticket_that_nobody_waits_for_can_still_be_put(self, pair):
        first, second = pair
        await first.cache.find(b"anything")  # hears of the count
        await first.cache.put(b"x", MARK, first.cache.ticket(KEY))
        assert await second.cache.find(KEY) == b"x"


class TestWithoutRedis:
    @pytest.fixture
    async def pair(self, start_process, server):
        pair = start_process(server.address, "test"), start_process(server.address, "test")
        for process in pair:
            await process.ready()
        return pair

    async def test_each_process_goes_on_alone_and_both_come_together_again(self, pair, server, source, monkeypatch):
        monkeypatch.setattr(tiered_module, "ALONE", 0.3)
        first, second = pair
        assert [await get(process, source) for process in pair] == [b"old", b"old"]
        await asyncio.to_thread(server.stop)
        await until(lambda: not first.shared.in_touch and not second.shared.in_touch)
        await asyncio.sleep(0.3)  # what came before is now too old to be believed
        assert [await get(process, source) for process in pair] == [b"old", b"old"]
        assert source.read == 3
        assert [await get(process, source) for process in pair] == [b"old", b"old"]
        assert source.read == 3  # each has its own, for a short while
        source.value = b"new"
        await first.cache.invalidate("catalogue")
        assert await get(first, source) == b"new"
        await asyncio.sleep(0.3)
        assert await get(second, source) == b"new"
        await asyncio.to_thread(server.start)
        await until(lambda: first.shared.in_touch and second.shared.in_touch and first.shared._paying is None)
        read = source.read
        source.value = b"newer"
        await first.cache.invalidate("catalogue")
        await until(lambda: second.cache.peek(KEY) is None)
        await asyncio.sleep(1.0)  # the links rest for a second after a failure
        assert [await get(process, source) for process in pair] == [b"newer", b"newer"]
        assert source.read == read + 1

    async def test_an_invalidation_that_redis_missed_is_made_up_for_before_it_is_asked_again(
        self, pair, server, source, monkeypatch
    ):
        first, second = pair
        await get(first, source)
        source.value = b"new"

        async def away(*_):
            raise shared_module.RedisAway

        with monkeypatch.context() as patch:
            patch.setattr(first.shared, "_run", away)
            await first.cache.invalidate("catalogue")
        assert await get(first, source) == b"new"  # though Redis answers, and has the old one
        await until(lambda: first.shared._paying is None)
        assert await get(second, source) == b"new"

    async def test_a_value_in_the_making_while_the_server_loses_everything_is_not_kept_there(
        self, pair, server, source
    ):
        first, second = pair
        ticket = await first.cache.find(KEY)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        async with asyncio.timeout(10):
            while await second.shared.find("test", b"other", b"token") is None:  # noqa: ASYNC110 - the server is asked
                await asyncio.sleep(0.05)
        await second.cache.invalidate("catalogue")
        await first.cache.put(b"old", MARK, ticket)
        assert isinstance(await second.cache.find(KEY), Ticket)


async def until(condition):
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.002)
