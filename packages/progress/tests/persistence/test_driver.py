"""Statements that go straight to the driver share its pool, and get over what happens to connections."""

import asyncio

import pytest
from asyncpg import PostgresConnectionError
from sqlalchemy import NullPool, create_engine, text

from lyceum.progress.persistence.driver import first_row
from lyceum.runtime.database import driver_url


@pytest.fixture
def database(harness):
    return harness.module.database


async def test_it_works_under_the_module_s_role_and_in_its_schema(database):
    row = await first_row(database, "SELECT current_user, current_schema()")
    assert tuple(row) == ("lyceum_progress", "progress")


async def test_no_row_is_null(database):
    assert await first_row(database, "SELECT 1 WHERE false") is None


async def test_a_statement_is_a_transaction_by_itself(database, learner, build):
    await first_row(
        database, "INSERT INTO inbox (event_id, type) VALUES ($1, 'test') RETURNING event_id", learner.user_id
    )
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT event_id FROM progress.inbox"))).scalars().all() == [
            learner.user_id
        ]


async def test_connections_go_back_to_the_pool_also_after_an_error(database):
    for _ in range(30):  # more than the pool has
        with pytest.raises(Exception, match="division by zero"):
            await first_row(database, "SELECT 1 / $1::integer", 0)
    assert database.engine.pool.checkedout() == 0


@pytest.fixture
def end(database_url):
    """Ends a connection, as a restart of the server would."""

    async def terminate(pid):
        engine = create_engine(driver_url(database_url, "psycopg"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        await asyncio.sleep(0.1)  # the driver reads the end of the connection

    return terminate


async def test_a_connection_that_ended_in_the_pool_is_replaced(database, end):
    pid = (await first_row(database, "SELECT pg_backend_pid()"))[0]
    await end(pid)
    assert (await first_row(database, "SELECT pg_backend_pid()"))[0] != pid
    assert database.engine.pool.checkedout() == 0


async def test_a_connection_that_ended_during_a_statement_is_nobody_s_any_more(database, end):
    pid = (await first_row(database, "SELECT pg_backend_pid()"))[0]
    slow = asyncio.create_task(first_row(database, "SELECT pg_sleep(30)"))
    await asyncio.sleep(0.1)
    await end(pid)
    with pytest.raises(PostgresConnectionError):
        await slow
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one() != pid
    assert database.engine.pool.checkedout() == 0
