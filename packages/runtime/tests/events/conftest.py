"""Two modules with the tables that every module has: `shop` publishes events, `library` consumes them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import BigInteger, Column, Identity, Integer, Table, Uuid, create_engine, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.kernel.clock import SystemClock
from lyceum.kernel.events import EventEnvelope, PublishedEvent
from lyceum.runtime.database import Database, driver_url, module_metadata
from lyceum.runtime.events import ConsumedEvent, EventTables, Subscription, event_tables
from lyceum.runtime.events.consumer import Consumer, RetryPolicy
from lyceum.runtime.unit_of_work import SqlUnitOfWork
from lyceum.testing.postgres import TestDatabases

SOLD = "lyceum.shop.book.sold.v1"

shop_metadata, library_metadata = module_metadata("shop"), module_metadata("library")
shop_tables, library_tables = event_tables(shop_metadata), event_tables(library_metadata)
lendings = Table(
    "lendings",
    library_metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("book_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
)


class Sold(PublishedEvent):
    type: ClassVar[str] = SOLD
    book_id: UUID
    number: int

    @property
    def aggregate_id(self) -> UUID:
        return self.book_id


class SoldHere(ConsumedEvent):
    """What the library needs to know of a sale."""

    book_id: UUID
    number: int


class LibraryUnit(SqlUnitOfWork):
    def bind(self, session: AsyncSession) -> None:
        self._session = session

    async def lend(self, book_id: UUID, number: int) -> None:
        await self._session.execute(insert(lendings).values(book_id=book_id, number=number))


class Shop:
    """The module that publishes."""

    def __init__(self, url: str) -> None:
        self.database = Database(url, "shop", roles=False, pool_size=3)
        self.tables: EventTables = shop_tables

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
                unit.publish(Sold(book_id=book_id, number=number))
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
        self.tables: EventTables = library_tables
        self.before: Callable[[SoldHere], Awaitable[None]] = _nothing
        self.prepare: Callable[[SoldHere], Awaitable[Any]] | None = None
        self.prepared: list[Any] = []

    def unit(self) -> LibraryUnit:
        return LibraryUnit(database=self.database, tables=self.tables, clock=SystemClock(), published=lambda fact: ())

    def consumer(self, **policy: Any) -> Consumer:
        quick = {"attempts": 3, "first_delay": 0.001, "factor": 1.0}
        return Consumer(
            module="library",
            database=self.database,
            tables=self.tables,
            units=self.unit,
            subscriptions=lambda: [
                Subscription(event_type=SOLD, model=SoldHere, handle=self._on_sold, prepare=self.prepare)
            ],
            policy=RetryPolicy(**quick | policy),
        )

    async def _on_sold(self, event: SoldHere, prepared: Any, unit: LibraryUnit) -> None:
        self.prepared.append(prepared)
        await unit.lend(event.book_id, event.number)
        await self.before(event)

    async def lent(self, *books: UUID) -> list[int]:
        """The numbers that had their effect, in the order in which they had it; of these books, or of all."""
        statement = select(lendings.c.number).order_by(lendings.c.position)
        if books:
            statement = statement.where(lendings.c.book_id.in_(books))
        async with self.database.reading() as connection:
            return list((await connection.execute(statement)).scalars())

    async def dead(self) -> list[Any]:
        table = self.tables.dead_letters
        statement = select(table).where(table.c.resolved_at.is_(None)).order_by(table.c.died_at)
        async with self.database.reading() as connection:
            return list((await connection.execute(statement)).all())


async def _nothing(event: SoldHere) -> None:
    pass


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


def envelope(book_id: UUID, number: Any, *, event_type: str = SOLD) -> EventEnvelope:
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
        engine = create_engine(driver_url(url, "psycopg"))
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE SCHEMA shop")
            connection.exec_driver_sql("CREATE SCHEMA library")
            shop_metadata.create_all(connection)
            library_metadata.create_all(connection)
        engine.dispose()
        yield url


@pytest.fixture
def url(two_modules: str) -> str:
    """The database, with nothing in its tables."""
    with psycopg.connect(two_modules, autocommit=True) as connection:
        connection.execute("TRUNCATE shop.outbox, library.inbox, library.dead_letters, library.lendings")
    return two_modules


@pytest.fixture
async def shop(url: str) -> AsyncIterator[Shop]:
    shop = Shop(url)
    yield shop
    await shop.database.close()


@pytest.fixture
async def library(url: str) -> AsyncIterator[Library]:
    library = Library(url)
    yield library
    await library.database.close()
