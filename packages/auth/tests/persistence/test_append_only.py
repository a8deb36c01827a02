"""The database itself keeps the audit log from being rewritten, whoever asks."""

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from lyceum.auth.module import module
from lyceum.runtime.database import driver_url
from lyceum.runtime.migrations import differences


@pytest.fixture
async def written(harness):
    await harness.container.auditing().record(actor=None, action="test.thing.done", target="thing:1", details={})
    return harness.module.database


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auth.audit_entries SET target = 'thing:2'",
        "UPDATE auth.audit_entries SET target = 'thing:2' WHERE sequence = 99",
        "DELETE FROM auth.audit_entries",
        "TRUNCATE auth.audit_entries",
        "TRUNCATE auth.audit_entries, auth.audit_head",
        "DELETE FROM auth.audit_head",
        "TRUNCATE auth.audit_head",
    ],
)
async def test_the_log_and_its_head_are_neither_changed_nor_removed(written, statement):
    with pytest.raises(DBAPIError, match="the audit log only grows"):
        async with written.reading() as connection:
            await connection.execute(text(statement))
    async with written.reading() as connection:
        assert (await connection.execute(text("SELECT target FROM auth.audit_entries"))).scalars().all() == ["thing:1"]
        assert (await connection.execute(text("SELECT sequence FROM auth.audit_head"))).scalar_one() == 1


async def test_not_even_the_administrator_of_the_database_rewrites_it_by_mistake(written, database_url):
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.Error, match="the audit log only grows"):
        connection.execute("DELETE FROM auth.audit_entries")


async def test_it_goes_on_growing(written, harness):
    await harness.container.auditing().record(actor=None, action="test.thing.done", target="thing:2", details={})
    async with written.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM auth.audit_entries"))).scalar_one() == 2


def test_migrations_make_the_tables_that_are_declared(database_url):
    engine = create_engine(driver_url(database_url, "psycopg"))
    with engine.connect() as connection:
        assert differences(connection, module) == []
    engine.dispose()
