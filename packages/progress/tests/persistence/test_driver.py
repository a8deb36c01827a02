"""Statements that go straight to the driver share its pool, and get over what happens to connections."""

import pytest
from asyncpg import InterfaceError, PostgresConnectionError
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


async def test_connections_that_the_server_ended_are_replaced(database, database_url):
    pid = (await first_row(database, "SELECT pg_backend_pid()"))[0]
    engine = create_engine(driver_url(database_url, "psycopg"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    assert (await until_answered(database))[0] != pid
    assert database.engine.pool.checkedout() == 0


async def until_answered(database):
    """A statement that is under way when the connection ends fails; the one after it must not."""
    try:
        return await first_row(database, "SELECT pg_backend_pid()")
    except (OSError, PostgresConnectionError, InterfaceError):
        return await first_row(database, "SELECT pg_backend_pid()")
