"""The connections of one module to PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, MetaData, event, exc, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

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
    """A pool of connections, each working under the module's role and in its schema."""

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
            # None beyond the pool: it would be closed right after use, and opening one costs as much as ten requests.
            # The one used last goes first, so that under little load the others are left alone.
            pool_size=pool_size,
            max_overflow=0,
            pool_use_lifo=True,
            pool_timeout=10,
            pool_recycle=1800,
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_if_closed)
        self._autocommit = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection in autocommit, for read models and for single statements that are atomic by themselves."""
        async with self._autocommit.connect() as connection:
            yield connection

    async def fetch(self, statement: str, *arguments: Any) -> list[Any]:
        """The rows (asyncpg records) of one statement that is a transaction by itself, sent straight to the driver.

        For the hottest reads and writes: SQLAlchemy's share of a look-up is larger than those of the driver and the
        server together. Its pool is used all the same, with the module's role and search path.
        """
        while True:
            connection = await self.engine.raw_connection()
            driver: Any = connection.driver_connection
            if not driver.is_closed():
                break
            # The server went away since the connection was last used: the pool makes a new one in its place.
            connection.invalidate()
        try:
            return list(await driver.fetch(statement, *arguments))
        finally:
            if driver.is_closed():
                connection.invalidate()
            else:
                connection.close()

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
