import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from lyceum.runtime.database import driver_url
from lyceum.runtime.jobs import (
    JobSettings,
    JobSpec,
    JobState,
    JobStatus,
    defer,
    failed_jobs,
    find_job,
)
from lyceum.runtime.jobs.schema import jobs_schema_sql
from lyceum.runtime.jobs.worker import JobWorker
from lyceum.testing.emptying import empty
from lyceum.testing.fixtures import databases  # noqa: F401 - a fixture
from lyceum.testing.postgres import TestDatabases

T = TypeVar("T")

MODULES = ("shop", "library")


@pytest.fixture(scope="session")
def job_database(databases: TestDatabases) -> Iterator[str]:  # noqa: F811 - the fixture imported above
    """A database in which two modules have their schema, role and job tables."""
    with databases.empty_database() as url:
        for module in MODULES:
            _make_module(url, module)
        yield url


@pytest.fixture
def url(job_database: str) -> str:
    """The database, without jobs."""
    empty(job_database)
    return job_database


@pytest.fixture
def make_module(url: str) -> Callable[[str], None]:
    """Makes a module's schema anew."""
    return lambda module: _make_module(url, module)


def _make_module(url: str, module: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {module} CASCADE")
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [f"lyceum_{module}"]).fetchone():
            connection.execute(f"CREATE ROLE lyceum_{module} NOLOGIN")
        connection.execute(f"CREATE SCHEMA {module} AUTHORIZATION lyceum_{module}")
        connection.execute(f"SET ROLE lyceum_{module}")
        connection.execute(f"SET search_path TO {module}, public")
        connection.execute(jobs_schema_sql())


class Queue:
    """What a test does with the queue of the module `shop`."""

    def __init__(self, url: str, engine: AsyncEngine) -> None:
        self.url = url
        self.worker_url = url
        self.engine = engine

    async def defer(self, job: str, arguments: Mapping[str, Any] | None = None, **options: Any) -> int | None:
        async with self.connection() as connection:
            return await defer(connection, "shop", job, arguments or {}, **options)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        """A transaction under the module's role; it commits at the end."""
        async with self.engine.begin() as connection:
            await connection.exec_driver_sql("SET LOCAL ROLE lyceum_shop")
            yield connection

    async def find(self, job: str, **arguments: Any) -> JobStatus:
        async with self.connection() as connection:
            found = await find_job(connection, "shop", job, arguments)
        assert found is not None
        return found

    async def failed(self) -> list[JobStatus]:
        async with self.connection() as connection:
            return await failed_jobs(connection, "shop")

    async def until(self, job: str, state: JobState, *, seconds: float = 15.0, **arguments: Any) -> JobStatus:
        """Wait for the job to get there."""

        async def arrived() -> JobStatus | None:
            found = await self.find(job, **arguments)
            return found if found.state is state else None

        return await self.eventually(arrived, seconds=seconds)

    async def eventually(self, look: Callable[[], Awaitable[T | None]], *, seconds: float = 15.0) -> T:
        """What `look` finds as soon as it finds something."""
        async with asyncio.timeout(seconds):
            while True:
                if found := await look():
                    return found
                await asyncio.sleep(0.02)

    def worker(self, *specs: JobSpec, library: Sequence[JobSpec] = (), **settings: Any) -> JobWorker:
        """A worker with short times, so that tests need not wait."""
        times = {"poll_interval": 0.1, "heartbeat_interval": 0.2, "stalled_after": 3.0, "shutdown_grace": 5.0}
        return JobWorker(
            self.worker_url, {"shop": specs, "library": library}, JobSettings.model_validate(times | settings)
        )

    async def execute(self, statement: str, **parameters: Any) -> Any:
        """Run SQL as the database's owner; the single value that it gives, if any."""
        async with self.engine.begin() as connection:
            result = await connection.execute(text(statement), parameters)
            return result.scalar_one() if result.returns_rows else None


@pytest.fixture
async def queue(url: str) -> AsyncIterator[Queue]:
    engine = create_async_engine(driver_url(url, "asyncpg"), poolclass=NullPool)
    yield Queue(url, engine)
    await engine.dispose()
