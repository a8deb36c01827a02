import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from lyceum.kernel.events import PublishedEvent
from lyceum.runtime.event_size import EventTooLarge
from lyceum.runtime.events.relay import Relay
from lyceum.runtime.kafka.bus import KafkaBus, Producer
from lyceum.runtime.kafka.dead_letters import DeadLetterTopic
from lyceum.runtime.kafka.intake import KafkaIntake
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics

EVENTS, DEAD = "lyceum.shop.events", "lyceum.library.dlq"


@pytest.fixture
async def producer(settings) -> AsyncIterator[Producer]:
    producer = Producer(settings, Topics(settings))
    yield producer
    await producer.close()


@asynccontextmanager
async def consuming(library, settings, *, producer=None, **policy):
    consumer = library.consumer(**policy)
    if producer is not None:
        consumer._graveyard = DeadLetterTopic(module="library", producer=producer)
    task = asyncio.create_task(KafkaIntake(consumer=consumer, settings=settings, topics=Topics(settings)).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(true, seconds=30.0):
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110  effects in another task, seen in a database
            await asyncio.sleep(0.05)


async def records(settings, topic, number):
    """The first records of a topic."""
    reader = AIOKafkaConsumer(topic, **settings.connection(), auto_offset_reset="earliest")
    await reader.start()
    try:
        async with asyncio.timeout(20):
            return [await reader.getone() for _ in range(number)]
    finally:
        await reader.stop()


async def test_an_event_travels_as_a_cloud_event_in_binary_mode(settings, producer, sold):
    event = sold(uuid4(), 1).model_copy(update={"traceparent": "00-" + "a" * 32 + "-" + "b" * 16 + "-01"})
    await KafkaBus(producer).publish([event])
    (record,) = await records(settings, EVENTS, 1)
    assert record.key.decode() == event.subject
    assert json.loads(record.value) == event.data
    assert {name: value.decode() for name, value in record.headers} == {
        "ce_specversion": "1.0",
        "ce_id": str(event.id),
        "ce_source": "lyceum.shop",
        "ce_type": event.type,
        "ce_subject": event.subject,
        "ce_time": event.time.isoformat(),
        "content-type": "application/json",
        "traceparent": event.traceparent,
    }


async def test_events_of_an_aggregate_lie_on_one_partition_in_their_order(settings, producer, sold):
    books = [uuid4() for _ in range(8)]
    events = [sold(book, number) for number in range(40) for book in books]
    await KafkaBus(producer).publish(events)
    arrived: dict[str, list[tuple[int, int]]] = {}
    for record in await records(settings, EVENTS, len(events)):
        arrived.setdefault(record.key.decode(), []).append((record.partition, json.loads(record.value)["number"]))
    assert len({partition for places in arrived.values() for partition, _ in places}) > 1
    for places in arrived.values():
        assert len({partition for partition, _ in places}) == 1
        assert [number for _, number in places] == list(range(40))


async def test_what_is_committed_reaches_the_consumer_through_outbox_and_broker(settings, producer, shop, library):
    book = uuid4()
    relay = Relay(module="shop", database=shop.database, tables=shop.tables, bus=KafkaBus(producer))
    async with consuming(library, settings):
        await shop.sell(book, *range(30))
        await relay.drain()
        await until(lambda: lent(library, book, list(range(30))))
    assert await shop.pending() == 0


async def test_a_restarted_consumer_goes_on_where_offsets_were_committed(settings, producer, library, sold):
    book = uuid4()
    bus = KafkaBus(producer)
    await bus.publish([sold(book, 1)])
    async with consuming(library, settings):
        await until(lambda: lent(library, book, [1]))
    await bus.publish([sold(book, 2)])
    seen = len(library.prepared)
    async with consuming(library, settings):
        await until(lambda: lent(library, book, [1, 2]))
    assert len(library.prepared) == seen + 1


async def test_a_rebalance_in_the_middle_repeats_no_effect_and_keeps_the_order(settings, producer, library, sold):
    books = [uuid4() for _ in range(6)]

    async def slowly(event):
        await asyncio.sleep(0.002)

    library.before = slowly
    bus = KafkaBus(producer)
    async with consuming(library, settings):
        for number in range(0, 60, 20):
            await bus.publish([sold(book, each) for each in range(number, number + 20) for book in books])
        async with consuming(library, settings):  # joins, and leaves while there is work
            await asyncio.sleep(1)
        await until(lambda: all_lent(library, books, list(range(60))), 60)


async def test_a_poisoned_event_goes_to_the_dead_letter_topic_with_its_cause(settings, producer, library, sold):
    book, poison = uuid4(), uuid4()

    async def fails(event):
        if event.book_id == poison:
            raise RuntimeError("this book burns")

    library.before = fails
    event = sold(poison, 7)
    async with consuming(library, settings, producer=producer):
        await KafkaBus(producer).publish([sold(book, 1), event, sold(book, 2)])
        await until(lambda: lent(library, book, [1, 2]))
        (record,) = await records(settings, DEAD, 1)
    headers = {name: value.decode() for name, value in record.headers}
    assert (record.key.decode(), json.loads(record.value)) == (str(poison), event.data)
    assert headers["ce_id"] == str(event.id)
    assert headers["lyceum_cause"] == "RuntimeError: this book burns"
    assert headers["lyceum_attempts"] == "3"
    (letter,) = await library.dead()
    assert letter.position == headers["lyceum_position"]
    assert letter.position.startswith(f"{EVENTS}/")


async def test_a_record_that_is_no_event_is_kept_and_holds_nobody_up(settings, producer, library, sold):
    book = uuid4()
    await KafkaBus(producer).publish([sold(book, 1)])
    raw = AIOKafkaProducer(**settings.connection())
    await raw.start()
    await raw.send_and_wait(EVENTS, key=b"who", value=b"\xff not JSON")
    await raw.send_and_wait(EVENTS, key=b"who", value=b"{}", headers=[("ce_specversion", b"1.0")])
    await raw.stop()
    await KafkaBus(producer).publish([sold(book, 2)])
    async with consuming(library, settings):
        await until(lambda: lent(library, book, [1, 2]))
        await until(lambda: buried(library, 2))
    first, second = await library.dead()
    assert (first.type, first.subject, first.producer) == ("unreadable", "who", EVENTS)
    assert "ce_id is missing" in {first.cause.removeprefix("the header "), second.cause.removeprefix("the header ")}


async def test_an_outage_of_the_database_kills_no_event(settings, producer, library, sold):
    book = uuid4()
    away = True

    async def no_database(event):
        if away:
            raise ConnectionRefusedError("the database is away")

    library.before = no_database
    async with consuming(library, settings, attempts=1):
        await KafkaBus(producer).publish([sold(book, number) for number in range(3)])
        await asyncio.sleep(1.5)
        assert (await library.lent(book), await library.dead()) == ([], [])
        away = False
        await until(lambda: lent(library, book, [0, 1, 2]))


async def test_the_relay_brings_events_again_that_the_broker_did_not_take(settings, shop, library):
    nobody = KafkaSettings(servers="127.0.0.1:9")
    lost = Producer(nobody, Topics(nobody))
    book = uuid4()
    await shop.sell(book, 1)
    with pytest.raises(Exception, match="Unable to bootstrap"):
        await Relay(module="shop", database=shop.database, tables=shop.tables, bus=KafkaBus(lost)).drain()
    assert await shop.pending() == 1


async def test_an_event_that_no_broker_takes_is_refused_before_it_is_in_the_outbox(shop):
    class Told(PublishedEvent):
        type: ClassVar[str] = "lyceum.shop.story.told.v1"
        text: str

        @property
        def aggregate_id(self) -> UUID:
            return UUID(int=1)

    async with shop.unit() as unit:
        unit.publish(Told(text="x" * 1_000_000))
        with pytest.raises(EventTooLarge, match="900000 are possible"):
            await unit.commit()
    assert await shop.pending() == 0


async def lent(library, book: UUID, numbers) -> bool:
    return await library.lent(book) == numbers


async def all_lent(library, books, numbers) -> bool:
    return all([await lent(library, book, numbers) for book in books])


async def buried(library, number) -> bool:
    return len(await library.dead()) == number
