from sqlalchemy import NullPool, create_engine

from lyceum.identity.module import module
from lyceum.runtime.database import driver_url
from lyceum.runtime.migrations import differences


def test_migrations_make_the_tables_that_are_declared(database_url):
    with create_engine(driver_url(database_url, "psycopg"), poolclass=NullPool).connect() as connection:
        assert differences(connection, module) == []
