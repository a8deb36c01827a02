"""One side of a comparison, in a process of its own: `python -m tooling.bench.events.working SIDE DATABASE_URL`.

A number on the standard input is done so many times, and answered with a line: the seconds on the clock, and the
nanoseconds of CPU that this process has taken for it. The broker is in the environment.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

import uvloop
from aiokafka import AIOKafkaProducer
from sqlalchemy import Column, Integer, MetaData, Table, Uuid
from sqlalchemy.dialects import postgresql

from lyceum.kernel.clock import SystemClock
from lyceum.kernel.events import EventEnvelope
from lyceum.kernel.ids import new_id
from lyceum.runtime.database import Database
from lyceum.runtime.events import Subscription
from lyceum.runtime.events.consumer import Consumer
from lyceum.runtime.events.relay import BATCH, Relay
from lyceum.runtime.kafka.bus import KafkaBus, Producer
from lyceum.runtime.kafka.records import to_record
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics, events_topic
from lyceum.runtime.unit_of_work import SqlUnitOfWork
from lyceum.testing import shop

SIDES = ("upsert", "outbox", "burst", "relay", "inbox-single", "inbox-batch")
SOURCE = "lyceum.shop"
_BOOKS = [UUID(int=number) for number in range(1000)]
_AT_ONCE = 8  # writers, each with a connection

_STOCK = Table("stock", MetaData(schema="shop"), Column("book_id", Uuid, primary_key=True), Column("number", Integer))
_insert = postgresql.insert(_STOCK)
_UPSERT = _insert.on_conflict_do_update(index_elements=["book_id"], set_={"number": _insert.excluded.number})

Work = Callable[[int], Awaitable[None]]


async def work(side: str, url: str, stack: AsyncExitStack) -> Work:
    """What the side does so many times."""
    name = "library" if side.startswith("inbox") else "shop"
    database = Database(url, name, roles=False, pool_size=_AT_ONCE)
    stack.push_async_callback(database.close)
    if side in ("upsert", "outbox"):
        return _writing(database, publishing=side == "outbox")
    if name == "library":
        return _receiving(database, BATCH if side == "inbox-batch" else 1)
    settings = KafkaSettings()
    topics = Topics(settings)
    await topics.ensure([events_topic(SOURCE)])
    if side == "burst":
        return await _bursting(settings, stack)
    producer = Producer(settings, topics)
    stack.push_async_callback(producer.close)
    return _relaying(Relay(module="shop", database=database, tables=shop.shop_tables, bus=KafkaBus(producer)))


def _writing(database: Database, *, publishing: bool) -> Work:
    """Transactions with an upsert each, with or without an event that tells of it."""

    def unit() -> SqlUnitOfWork:
        return SqlUnitOfWork(database=database, tables=shop.shop_tables, clock=SystemClock(), published=lambda fact: ())

    async def write(numbers: range) -> None:
        for number in numbers:
            book_id = _BOOKS[number % len(_BOOKS)]
            async with unit() as opened:
                await opened.session.execute(_UPSERT, {"book_id": book_id, "number": number})
                if publishing:
                    opened.publish(shop.Sold(book_id=book_id, number=number))
                await opened.commit()

    async def run(most: int) -> None:
        # No two writers have a book in common, so that none waits for another.
        await asyncio.gather(*(write(range(first, most, _AT_ONCE)) for first in range(_AT_ONCE)))

    return run


def _relaying(relay: Relay) -> Work:
    async def run(most: int) -> None:
        relayed = await relay.drain()
        if relayed != most:
            raise RuntimeError(f"{relayed} events were relayed in place of {most}")

    return run


async def _bursting(settings: KafkaSettings, stack: AsyncExitStack) -> Work:
    """aiokafka as fast as it goes: the records are made before, and nothing is waited for but the last answer."""
    client = AIOKafkaProducer(**settings.connection(), acks="all", enable_idempotence=True, max_batch_size=1 << 20)
    await client.start()
    stack.push_async_callback(client.stop)
    records = [to_record(each) for each in _events(5000)]
    topic = events_topic(SOURCE)

    async def run(most: int) -> None:
        sent: Any = None
        for number in range(most):
            record = records[number % len(records)]
            sent = await client.send(
                topic, record.value, key=record.key, headers=record.headers, timestamp_ms=record.timestamp
            )
        await client.flush()
        await sent

    return run


def _receiving(database: Database, size: int) -> Work:
    """Events to a handler that does nothing: the inbox alone, in batches of a size."""

    def unit() -> SqlUnitOfWork:
        return SqlUnitOfWork(
            database=database, tables=shop.library_tables, clock=SystemClock(), published=lambda fact: ()
        )

    async def handle(event: shop.BookEvent, prepared: None, opened: SqlUnitOfWork) -> None:
        return None

    consumer = Consumer(
        module="library",
        database=database,
        tables=shop.library_tables,
        units=unit,
        subscriptions=lambda: [Subscription(event_type=shop.SOLD, model=shop.BookEvent, handle=handle)],
    )

    async def run(most: int) -> None:
        events = _events(most)
        for first in range(0, most, size):
            await consumer.receive(events[first : first + size])

    return run


_numbers = count()


def _events(most: int) -> list[EventEnvelope]:
    now = datetime.now(UTC)
    return [
        EventEnvelope(
            id=new_id(),
            source=SOURCE,
            type=shop.SOLD,
            subject=str(book_id := _BOOKS[next(_numbers) % len(_BOOKS)]),
            time=now,
            data={"book_id": str(book_id), "number": number, "poisoned": False},
        )
        for number in range(most)
    ]


async def obey(side: str, url: str) -> None:
    """Do what the lines of the standard input ask for, until it ends."""
    async with AsyncExitStack() as stack:
        run = await work(side, url, stack)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while line := await asyncio.to_thread(sys.stdin.readline):
            began, cpu = time.perf_counter(), time.process_time_ns()
            await run(int(line))
            sys.stdout.write(f"{time.perf_counter() - began} {time.process_time_ns() - cpu}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(obey(sys.argv[1], sys.argv[2]))
