"""Several processes with a real Valkey: who publishes is not who serves, and the server may be lost."""

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import pytest

from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.runtime.fan_out import RedisFanOut
from lyceum.runtime.live.log import Draft, LogAway
from lyceum.runtime.live.shared_log import SharedLog
from lyceum.runtime.live.tickets import Credentials, LocalTickets, SharedTickets, TicketsAway
from lyceum.runtime.redis import RedisLink

PUBLISHER = Path(__file__).with_name("publishing_process.py")


@pytest.fixture
async def link(redis_url):
    link = RedisLink(redis_url)
    yield link
    await link.close()


@pytest.fixture
def serve_shared(serve_live):
    @asynccontextmanager
    async def serve_shared(url):
        link = RedisLink(url)
        fan_out = RedisFanOut(link)
        async with serve_live(SharedLog(link), fan_out, SharedTickets(link)) as served:
            yield served
        await fan_out.close()
        await link.close()

    return serve_shared


async def publish_elsewhere(url, topic, first, last):
    process = await asyncio.create_subprocess_exec(sys.executable, str(PUBLISHER), url, topic, str(first), str(last))
    assert await process.wait() == 0


def topic_of(served):
    ada, room_id = served.person(), uuid4()
    served.allowed.add((ada.user_id, room_id))
    return f"rooms/{room_id}"


async def listen(served, topic, watcher, until):
    """Stay connected, from the watcher's cursor on, until it has seen so much."""
    async with served.connect() as client:
        await client.send(orjson.dumps({"op": "subscribe", "topic": topic, "cursor": watcher.cursor}).decode())
        while watcher.seen < until:
            message = orjson.loads(await asyncio.wait_for(client.recv(), 15))
            assert message["op"] != "refused", message
            watcher.take(message)


async def test_what_another_process_publishes_arrives_once_and_in_order(serve_shared, redis_url, make_watcher):
    async with serve_shared(redis_url) as served:
        topic, watchers = topic_of(served), [make_watcher(lambda: 0) for _ in range(3)]
        listening = [asyncio.create_task(listen(served, topic, watcher, 100)) for watcher in watchers]
        async with asyncio.timeout(10):
            while any(watcher.cursor is None for watcher in watchers):  # noqa: ASYNC110 - they say so by that alone
                await asyncio.sleep(0.01)
        await publish_elsewhere(redis_url, topic, 1, 100)
        await asyncio.gather(*listening)
        # Away while the next hundred are published, and back at another process.
        await publish_elsewhere(redis_url, topic, 101, 200)
    async with serve_shared(redis_url) as other:
        ada = other.person()
        other.allowed.add((ada.user_id, UUID(topic.partition("/")[2])))
        await asyncio.gather(*(listen(other, topic, watcher, 200) for watcher in watchers))
    assert [(watcher.seen, watcher.resets, watcher.faults) for watcher in watchers] == [(200, 0, [])] * 3


async def test_a_restarted_server_loses_nothing_in_silence(serve_shared, tmp_path, make_watcher, counted):
    server = EmbeddedValkey(tmp_path)
    url = server.start()
    try:
        async with serve_shared(url) as served:
            topic, count = topic_of(served), 0
            watcher = make_watcher(lambda: count)
            listening = asyncio.create_task(listen(served, topic, watcher, 60))
            async with asyncio.timeout(10):
                while watcher.cursor is None:  # noqa: ASYNC110 - it says so by that alone
                    await asyncio.sleep(0.01)
            for count in range(1, 61):
                served.publisher.publish(topic, counted(n=count))
                if count == 20:
                    await asyncio.to_thread(server.stop)  # it keeps nothing
                if count == 40:
                    assert await asyncio.to_thread(server.start) == url
                await asyncio.sleep(0.02)
            await asyncio.wait_for(listening, 15)
            assert watcher.faults == []
            assert watcher.resets >= 1
    finally:
        server.stop()


class TestSharedLog:
    async def test_what_nobody_watches_is_not_kept(self, link):
        key = str(uuid4())
        assert await SharedLog(link).append([Draft(key, "a", b"1")]) == [None]

    async def test_writing_twice_counts_once(self, link):
        key, messages = str(uuid4()), SharedLog(link)
        head = await messages.head(key)
        first = await messages.append([Draft(key, "a", b"1"), Draft(key, "b", b"2")])
        assert await messages.append([Draft(key, "a", b"1"), Draft(key, "b", b"2")]) == first
        assert [entry.body for entry in await messages.read(key, after=head)] == [b"1", b"2"]

    async def test_it_keeps_the_last_messages_and_says_when_that_is_not_enough(self, link):
        key, messages = str(uuid4()), SharedLog(link, messages=3)
        head = await messages.head(key)
        written = await messages.append([Draft(key, str(n), b"%d" % n) for n in range(5)])
        assert await messages.read(key, after=head) is None
        assert [entry.body for entry in await messages.read(key, after=written[1].cursor)] == [b"2", b"3", b"4"]
        assert await messages.read(key, after=written[4].cursor) == []

    async def test_it_is_forgotten_when_nobody_watches_for_long(self, link):
        key, messages = str(uuid4()), SharedLog(link, seconds=0.05)
        head = await messages.head(key)
        await asyncio.sleep(0.1)
        assert await messages.read(key, after=head) is None

    async def test_without_a_server_it_is_away(self):
        link = RedisLink("redis://127.0.0.1:1/0")
        with pytest.raises(LogAway):
            await SharedLog(link).head("x")
        await link.close()


@pytest.fixture(params=["local", "shared"])
def tickets(request):
    return LocalTickets() if request.param == "local" else SharedTickets(request.getfixturevalue("link"))


class TestTickets:
    async def test_a_ticket_gives_its_credentials_back_once(self, tickets):
        ticket = await tickets.issue(Credentials(None, "token"))
        assert await tickets.redeem(ticket) == Credentials(None, "token")
        assert await tickets.redeem(ticket) is None

    async def test_a_guess_gives_nothing(self, tickets):
        assert await tickets.redeem("guess") is None

    async def test_without_a_server_there_are_none(self):
        link = RedisLink("redis://127.0.0.1:1/0")
        with pytest.raises(TicketsAway):
            await SharedTickets(link).issue(Credentials("session", None))
        await link.close()
