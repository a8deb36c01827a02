"""`shop` publishes events, `library` consumes them; each here as tests of one part take them in hand."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka.admin import AIOKafkaAdminClient
from sqlalchemy import select

from lyceum.kernel.clock import SystemClock
from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.database import Database
from lyceum.runtime.events import EventTables, Subscription
from lyceum.runtime.events.consumer import Consumer, RetryPolicy
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.unit_of_work import SqlUnitOfWork
from lyceum.testing import shop
from lyceum.testing.emptying import empty
from lyceum.testing.postgres import TestDatabases


class Shop:
    """The module that publishes."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, "shop", roles=False, pool_size=3)
        self.tables: EventTables = shop.shop_tables

    def unit(self, committed: Callable[[], None] = lambda: None) -> SqlUnitOfWork:
        return SqlUnitOfWork(
            database=self.database,
            tables=self.tables,
            clock=SystemClock(),
            published=lambda fact: (),
            committed=committed,
        )

    async def sell(self, book_id: UUID, *numbers: int, committed: Callable[[], None] = lambda: None) -> None:
        """One transaction with an event for each number."""
        async with self.unit(committed) as unit:
            for number in numbers:
                unit.publish(shop.Sold(book_id=book_id, number=number))
            await unit.commit()

    async def pending(self) -> int:
        outbox = self.tables.outbox
        async with self.database.reading() as connection:
            found = await connection.execute(select(outbox.c.id).where(outbox.c.published_at.is_(None)))
            return len(found.all())


class Library:
    """The module that consumes. `before` runs in every handler and may raise."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, "library", roles=False, pool_size=3)
        self.tables: EventTables = shop.library_tables
        self.before: Callable[[shop.BookEvent], Awaitable[None]] = shop.nothing
        self.prepare: Callable[[shop.BookEvent], Awaitable[Any]] | None = None
        self.prepared: list[Any] = []

    def unit(self) -> shop.LibraryUnit:
        return shop.LibraryUnit(
            database=self.database, tables=self.tables, clock=SystemClock(), published=lambda fact: ()
        )

    def consumer(self, **policy: Any) -> Consumer:
        quick = {"attempts": 3, "first_delay": 0.001, "factor": 1.0}
        return Consumer(
            module="library",
            database=self.database,
            tables=self.tables,
            units=self.unit,
            subscriptions=lambda: [
                Subscription(event_type=shop.SOLD, model=shop.BookEvent, handle=self._on_sold, prepare=self.prepare)
            ],
            policy=RetryPolicy(**quick | policy),
        )

    async def _on_sold(self, event: shop.BookEvent, prepared: Any, unit: shop.LibraryUnit) -> None:
        self.prepared.append(prepared)
        await unit.note(event.book_id, event.number)
        await self.before(event)

    async def lent(self, *books: UUID) -> list[int]:
        """The numbers that had their effect, in the order in which they had it; of these books, or of all."""
        statement = select(shop.lendings.c.number).order_by(shop.lendings.c.position)
        if books:
            statement = statement.where(shop.lendings.c.book_id.in_(books))
        async with self.database.reading() as connection:
            return list((await connection.execute(statement)).scalars())

    async def dead(self) -> list[Any]:
        table = self.tables.dead_letters
        statement = select(table).where(table.c.resolved_at.is_(None)).order_by(table.c.died_at)
        async with self.database.reading() as connection:
            return list((await connection.execute(statement)).all())


class Bus:
    """Keeps what it was handed; `broken` says how often it fails before."""

    def __init__(self, *, broken: int = 0) -> None:
        self.broken = broken
        self.taken: list[EventEnvelope] = []

    async def publish(self, envelopes: Sequence[EventEnvelope]) -> None:
        await asyncio.sleep(0)
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the bus is broken")
        self.taken.extend(envelopes)

    @property
    def numbers(self) -> list[int]:
        return [envelope.data["number"] for envelope in self.taken]


def envelope(book_id: UUID, number: Any, *, event_type: str = shop.SOLD) -> EventEnvelope:
    return EventEnvelope(
        id=uuid4(),
        source="lyceum.shop",
        type=event_type,
        subject=str(book_id),
        time=SystemClock().now(),
        data={"book_id": str(book_id), "number": number},
    )


@pytest.fixture
def sold() -> Callable[..., EventEnvelope]:
    return envelope


@pytest.fixture
def make_bus() -> type[Bus]:
    return Bus


@pytest.fixture(scope="session")
def two_modules(databases: TestDatabases) -> Iterator[str]:
    with databases.empty_database() as url:
        shop.create_tables(url)
        yield url


@pytest.fixture
def url(two_modules: str) -> str:
    """The database, with nothing in its tables."""
    empty(two_modules)
    return two_modules


@pytest.fixture(name="shop")
async def open_shop(url: str) -> AsyncIterator[Shop]:
    opened = Shop(url)
    yield opened
    await opened.database.close()


@pytest.fixture
async def library(url: str) -> AsyncIterator[Library]:
    library = Library(url)
    yield library
    await library.database.close()


@pytest.fixture
async def settings(kafka_servers: str) -> AsyncIterator[KafkaSettings]:
    """A broker without topics."""
    settings = KafkaSettings(servers=kafka_servers, partitions=3)
    yield settings
    admin = AIOKafkaAdminClient(**settings.connection())
    await admin.start()
    await admin.delete_topics([name for name in await admin.list_topics() if name.startswith("lyceum.")])
    await admin.close()
