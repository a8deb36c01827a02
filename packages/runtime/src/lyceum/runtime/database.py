"""The connections of one module to PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, MetaData, PoolProxiedConnection, event, exc, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.util.concurrency import in_greenlet

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def module_metadata(module: str) -> MetaData:
    """The table collection of a module: all in the schema that has the module's name."""
    return MetaData(schema=module, naming_convention=NAMING)


def role_of(module: str) -> str:
    """The database role under which a module works: it owns the module's schema and sees no other."""
    return f"lyceum_{module}"


def driver_url(url: str, driver: str) -> URL:
    """The same address for another driver (`asyncpg`, `psycopg`)."""
    return make_url(url).set(drivername=f"postgresql+{driver}")


class Database:
    """A pool of connections, each working under the module's role and in its schema.

    They commit each statement, unless a session or an engine with another isolation level uses them: reads come more
    often than units of work, and a connection that has to be switched costs as much as what SQLAlchemy does otherwise.
    """

    def __init__(self, url: str, module: str, *, roles: bool = True, pool_size: int = 10) -> None:
        self.url = url
        self.module = module
        self.role = role_of(module) if roles else None
        server_settings = {
            # The module's role first and its schema only: SQL that reaches into another module fails.
            "search_path": f"{module},public",
            "application_name": f"lyceum-{module}",
            "timezone": "UTC",
            "jit": "off",
        }
        if self.role:
            server_settings["role"] = self.role
        self.engine: AsyncEngine = create_async_engine(
            driver_url(url, "asyncpg"),
            connect_args={"server_settings": server_settings, "command_timeout": 60},
            isolation_level="AUTOCOMMIT",
            # None beyond the pool: it would be closed right after use, and opening one costs as much as ten requests.
            # The one used last goes first, so that under little load the others are left alone.
            pool_size=pool_size,
            max_overflow=0,
            pool_use_lifo=True,
            pool_timeout=10,
            pool_recycle=1800,
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_if_closed)
        event.listen(self.engine.sync_engine, "do_connect", _refuse_where_nobody_can_wait)
        transactions = self.engine.execution_options(isolation_level="READ COMMITTED")
        self._sessions = async_sessionmaker(transactions, expire_on_commit=False)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection in autocommit, for read models and for single statements that are atomic by themselves."""
        async with self.engine.connect() as connection:
            yield connection

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        """The rows (asyncpg records) of one statement that is a transaction by itself, sent straight to the driver.

        For the hottest reads and writes: SQLAlchemy's share of a look-up is larger than those of the driver and the
        server together. Its pool is used all the same, with the module's role and search path.
        """
        connection = await self._pooled()
        driver: Any = connection.driver_connection
        try:
            return list(await driver.fetch(statement, *arguments))
        finally:
            if driver.is_closed():
                connection.invalidate()
            else:
                connection.close()

    async def _pooled(self) -> PoolProxiedConnection:
        """A connection out of the pool. The switch to a stack on which SQLAlchemy can wait costs more than the pool
        does, and is only needed where there is something to wait for."""
        pool = self.engine.pool
        if isinstance(pool, AsyncAdaptedQueuePool) and pool.checkedin():
            try:
                return self.engine.sync_engine.raw_connection()
            except exc.MissingGreenlet:  # it was closed or is too old: the pool wants to replace it
                pass
        return await self.engine.raw_connection()

    def session(self) -> AsyncSession:
        """A new ORM session. Only units of work use it."""
        return self._sessions()

    async def close(self) -> None:
        await self.engine.dispose()


def _refuse_if_closed(connection: DBAPIConnection, record: object, proxy: object) -> None:
    """Have the pool make a new connection where the server closed the old one, as it does when it is restarted.

    The driver knows without asking, which costs nothing; a question before each use would cost a round trip.
    """
    if connection.driver_connection.is_closed():
        raise exc.DisconnectionError


def _refuse_where_nobody_can_wait(*_: object) -> None:
    if not in_greenlet():
        raise exc.MissingGreenlet
