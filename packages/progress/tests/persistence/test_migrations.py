from sqlalchemy import NullPool, create_engine, text

from lyceum.progress.module import module
from lyceum.runtime.database import driver_url
from lyceum.runtime.migrations import differences


def engine_of(url):
    return create_engine(driver_url(url, "psycopg"), poolclass=NullPool)


def test_migrations_make_the_tables_that_are_declared(database_url):
    with engine_of(database_url).connect() as connection:
        assert differences(connection, module) == []


def test_a_heartbeat_changes_no_column_of_an_index(database_url):
    """Otherwise every heartbeat would also write to the indexes (no heap-only update)."""
    with engine_of(database_url).connect() as connection:
        rows = connection.execute(
            text(
                "SELECT DISTINCT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                " AND a.attnum = ANY(i.indkey) WHERE i.indrelid = 'progress.learners'::regclass"
            )
        )
        assert set(rows.scalars()) == {"user_id", "course_id", "enrolled_at"}
