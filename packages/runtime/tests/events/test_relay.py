import asyncio
from contextlib import asynccontextmanager, suppress
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from lyceum.runtime.database import Database
from lyceum.runtime.events.relay import Relay
from lyceum.testing.shop import Sold


@pytest.fixture
def relay(shop):
    def make(bus):
        return Relay(module="shop", database=shop.database, tables=shop.tables, bus=bus)

    return make


@asynccontextmanager
async def running(relay):
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(look, *, seconds=10.0):
    async with asyncio.timeout(seconds):
        while not await look():  # noqa: ASYNC110 - the database gives no notice
            await asyncio.sleep(0.01)


class TestDraining:
    async def test_events_are_handed_on_in_the_order_of_their_transactions(self, shop, relay, make_bus):
        book, other, bus = uuid4(), uuid4(), make_bus()
        await shop.sell(book, 1, 2)
        await shop.sell(other, 3)
        await shop.sell(book, 4)
        assert await relay(bus).drain() == 4
        assert bus.numbers == [1, 2, 3, 4]
        assert [taken.subject for taken in bus.taken] == [str(book), str(book), str(other), str(book)]
        assert {(taken.source, taken.type) for taken in bus.taken} == {("lyceum.shop", "lyceum.shop.book.sold.v1")}

    async def test_what_was_handed_on_is_not_handed_on_again(self, shop, relay, make_bus):
        bus = make_bus()
        await shop.sell(uuid4(), 1)
        assert [await relay(bus).drain(), await relay(bus).drain()] == [1, 0]
        assert bus.numbers == [1]

    async def test_a_bus_that_fails_keeps_all_events_waiting(self, shop, relay, make_bus):
        bus = make_bus(broken=1)
        await shop.sell(uuid4(), 1, 2)
        with pytest.raises(RuntimeError):
            await relay(bus).drain()
        assert await shop.pending() == 2
        await relay(bus).drain()
        assert (bus.numbers, await shop.pending()) == ([1, 2], 0)

    async def test_a_transaction_that_is_not_committed_leaves_no_event(self, shop, relay, make_bus):
        async with shop.unit() as unit:
            await unit.session.connection()
        assert await relay(bus := make_bus()).drain() == 0
        assert bus.taken == []

    @pytest.mark.parametrize("number", [1, 2])
    async def test_events_go_with_the_rest_of_a_transaction_that_fails_at_its_end(self, shop, number):
        async with shop.unit() as unit:
            await unit.session.execute(text("CREATE TABLE seats (number int UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
            await unit.session.execute(text("INSERT INTO seats VALUES (1), (1)"))
            for each in range(number):
                unit.publish(Sold(book_id=uuid4(), number=each))
            with pytest.raises(IntegrityError):
                await unit.commit()
        assert await shop.pending() == 0


class TestRunning:
    async def test_a_commit_in_this_process_is_noticed_at_once(self, shop, relay, make_bus, monkeypatch):
        monkeypatch.setattr("lyceum.runtime.events.relay.POLL_SECONDS", 30.0)
        bus = make_bus()
        working = relay(bus)
        async with running(working):
            await shop.sell(uuid4(), 1, committed=working.wake)
            await until(lambda: _is(bus, 1))
            await shop.sell(uuid4(), 2, committed=working.wake)
            await until(lambda: _is(bus, 2))

    async def test_a_commit_in_another_process_is_found(self, shop, relay, make_bus):
        bus = make_bus()
        async with running(relay(bus)):
            await until(lambda: _is(bus, 0))
            await shop.sell(uuid4(), 1)
            await until(lambda: _is(bus, 1))

    async def test_it_outlives_a_bus_that_fails(self, shop, relay, make_bus, monkeypatch):
        monkeypatch.setattr("lyceum.runtime.events.relay.POLL_SECONDS", 0.02)
        bus = make_bus(broken=3)
        await shop.sell(uuid4(), 1, 2)
        async with running(relay(bus)):
            await until(lambda: _is(bus, 2))
        assert bus.numbers == [1, 2]

    async def test_of_several_only_one_hands_on_and_another_follows_it(self, shop, url, make_bus, monkeypatch):
        monkeypatch.setattr("lyceum.runtime.events.relay.POLL_SECONDS", 0.02)
        others = [Database(url, "shop", roles=False, pool_size=2) for _ in range(3)]
        buses = [make_bus() for _ in others]
        book = uuid4()
        stacks = [
            running(Relay(module="shop", database=database, tables=shop.tables, bus=bus))
            for database, bus in zip(others, buses, strict=True)
        ]
        for stack in stacks:
            await stack.__aenter__()
        await asyncio.gather(*(shop.sell(book, number) for number in range(20)))
        await until(lambda: _nothing_waits(shop))
        [first] = [number for number, bus in enumerate(buses) if bus.taken]
        assert sorted(buses[first].numbers) == list(range(20))
        await stacks[first].__aexit__(None, None, None)
        await shop.sell(book, 20)
        await until(lambda: _nothing_waits(shop))
        assert sorted(number for bus in buses for number in bus.numbers) == list(range(21))
        assert len(buses[first].taken) == 20
        for number, stack in enumerate(stacks):
            if number != first:
                await stack.__aexit__(None, None, None)
        for database in others:
            await database.close()


async def _is(bus, count):
    return len(bus.taken) == count


async def _nothing_waits(shop):
    return await shop.pending() == 0
