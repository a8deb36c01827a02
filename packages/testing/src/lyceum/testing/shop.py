"""Two small modules with the tables that every module has, for tests of how events travel.

`shop` sells books and tells so; `library` has every sale in its table `lendings`. And the other way: what the library
lends, the shop has in its table `loans`.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar
from uuid import UUID

from dependency_injector import providers
from dependency_injector.containers import DeclarativeContainer
from sqlalchemy import BigInteger, Column, Identity, Integer, MetaData, Table, Uuid, create_engine, insert

from lyceum.kernel.events import EventEnvelope, PublishedEvent
from lyceum.runtime.database import driver_url, module_metadata
from lyceum.runtime.events import ConsumedEvent, Subscription, event_tables
from lyceum.runtime.module import ModuleResources, ModuleSpec
from lyceum.runtime.unit_of_work import SqlUnitOfWork

SOLD = "lyceum.shop.book.sold.v1"
LENT = "lyceum.library.book.lent.v1"


def _effects(name: str, metadata: MetaData) -> Table:
    """Where each event leaves a row, in the order in which they had their effect."""
    return Table(
        name,
        metadata,
        Column("position", BigInteger, Identity(always=True), primary_key=True),
        Column("book_id", Uuid, nullable=False),
        Column("number", Integer, nullable=False),
    )


shop_metadata, library_metadata = module_metadata("shop"), module_metadata("library")
shop_tables, library_tables = event_tables(shop_metadata), event_tables(library_metadata)
loans = _effects("loans", shop_metadata)
lendings = _effects("lendings", library_metadata)


class _BookEvent(PublishedEvent):
    book_id: UUID
    number: int
    poisoned: bool = False

    @property
    def aggregate_id(self) -> UUID:
        return self.book_id


class Sold(_BookEvent):
    type: ClassVar[str] = SOLD


class Lent(_BookEvent):
    type: ClassVar[str] = LENT


class BookEvent(ConsumedEvent):
    """What either module needs to know of what the other did."""

    book_id: UUID
    number: int
    poisoned: bool = False


class BookUnit(SqlUnitOfWork):
    """`taken` is told of how many events came, and how many of them were new."""

    effects: ClassVar[Table]

    def __init__(self, *, taken: Callable[[int, int], None] | None = None, **rest: Any) -> None:
        super().__init__(**rest)
        self._taken = taken

    async def note(self, book_id: UUID, number: int) -> None:
        """The effect of an event."""
        await self.session.execute(insert(self.effects).values(book_id=book_id, number=number))

    async def take(self, envelopes: Sequence[EventEnvelope]) -> set[UUID]:
        fresh = await super().take(envelopes)
        if self._taken is not None:
            self._taken(len(envelopes), len(fresh))
        return fresh


class ShopUnit(BookUnit):
    effects = loans


class LibraryUnit(BookUnit):
    effects = lendings


Before = Callable[[BookEvent], Awaitable[None]]


async def nothing(event: BookEvent) -> None:
    """A `before` of handlers that never fail."""


def modules(before: Before = nothing, taken: Callable[[int, int], None] | None = None) -> tuple[ModuleSpec, ModuleSpec]:
    """Shop and library as a platform runs them. `before` runs in every handler, and may raise."""

    async def handle(event: BookEvent, prepared: None, unit: BookUnit) -> None:
        await unit.note(event.book_id, event.number)
        await before(event)

    def spec(name: str, unit: type[BookUnit], published: type[PublishedEvent], wanted: str) -> ModuleSpec:
        tables = shop_tables if name == "shop" else library_tables

        class Container(DeclarativeContainer):
            resources: providers.Dependency[ModuleResources] = providers.Dependency()
            units = providers.Factory(
                unit,
                database=resources.provided.database,
                tables=tables,
                clock=resources.provided.clock,
                published=providers.Object(lambda fact: ()),
                committed=resources.provided.committed,
                taken=providers.Object(taken),
            )

        return ModuleSpec(
            name=name,
            container=Container,
            metadata=unit.effects.metadata,
            tables=tables,
            migrations=f"{name}.migrations",
            events=(published,),
            subscriptions=lambda container: [Subscription(event_type=wanted, model=BookEvent, handle=handle)],
        )

    return spec("shop", ShopUnit, Sold, LENT), spec("library", LibraryUnit, Lent, SOLD)


def create_tables(url: str) -> None:
    """Make what the two modules need in an empty database."""
    engine = create_engine(driver_url(url, "psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA shop")
        connection.exec_driver_sql("CREATE SCHEMA library")
        shop_metadata.create_all(connection)
        library_metadata.create_all(connection)
    engine.dispose()
