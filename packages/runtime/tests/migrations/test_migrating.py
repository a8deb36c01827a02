"""Each module's schema, under a role of its own, migrated by one process at a time."""

import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from dependency_injector.containers import DeclarativeContainer
from sqlalchemy import Column, Integer, NullPool, Table, Text, create_engine, make_url
from sqlalchemy.exc import OperationalError, ProgrammingError

from lyceum.runtime import migrations
from lyceum.runtime.database import driver_url, module_metadata
from lyceum.runtime.events import EventTables
from lyceum.runtime.migrations import differences, migrate
from lyceum.runtime.module import ModuleSpec

ENV = """
from lyceum.runtime import migrations
from lyceum.runtime.database import module_metadata

migrations.run(module_metadata("{name}"))
"""

VERSION = """
from alembic import op
import sqlalchemy as sa

revision = "{number:04}"
down_revision = {before}

def upgrade():
    op.execute({sql!r})
"""

BOOKS = "CREATE TABLE {name}.books (id integer NOT NULL, CONSTRAINT pk_books PRIMARY KEY (id))"
TITLES = "ALTER TABLE {name}.books ADD COLUMN title text"


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Makes a module with a migration for each of these statements, and with a table of books declared."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(name, *statements):
        package = f"{name}_{secrets.token_hex(4)}"
        folder = tmp_path / package / "migrations"
        (folder / "versions").mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
        (folder / "env.py").write_text(ENV.format(name=name))
        for number, sql in enumerate(statements, 1):
            before = repr(f"{number - 1:04}") if number > 1 else None
            text = VERSION.format(number=number, before=before, sql=sql.format(name=name))
            (folder / "versions" / f"{number:04}.py").write_text(text)
        metadata = module_metadata(name)
        columns = [Column("title", Text)] if TITLES in statements else []
        books = Table("books", metadata, Column("id", Integer, primary_key=True, autoincrement=False), *columns)
        return ModuleSpec(
            name=name,
            container=DeclarativeContainer,
            metadata=metadata,
            tables=EventTables(books, books, books, books),
            migrations=f"{package}.migrations",
        )

    return make


@pytest.fixture
def url(databases):
    with databases.empty_database() as url:
        yield url


@pytest.fixture
def database(url):
    """A connection of the database's owner."""
    with psycopg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    ) as connection:
        yield connection


def found_differences(url, spec):
    engine = create_engine(driver_url(url, "psycopg"), poolclass=NullPool)
    with engine.connect() as connection:
        return differences(connection, spec)


class TestSchemas:
    def test_each_module_gets_its_own_with_its_own_versions_and_owner(self, url, database, module):
        migrate(url, [module("press", BOOKS), module("depot", BOOKS, TITLES)])
        tables = "SELECT schemaname, tablename, tableowner FROM pg_tables"
        owners = f"{tables} WHERE schemaname IN ('press', 'depot') ORDER BY 1, 2"
        assert database.execute(owners).fetchall() == [
            ("depot", "alembic_version", "lyceum_depot"),
            ("depot", "books", "lyceum_depot"),
            ("press", "alembic_version", "lyceum_press"),
            ("press", "books", "lyceum_press"),
        ]
        assert database.execute("SELECT version_num FROM press.alembic_version").fetchall() == [("0001",)]
        assert database.execute("SELECT version_num FROM depot.alembic_version").fetchall() == [("0002",)]

    def test_the_role_of_one_module_sees_nothing_of_another(self, url, database, module):
        migrate(url, [module("press", BOOKS), module("depot", BOOKS)])
        database.execute("SET ROLE lyceum_press")
        assert database.execute("SELECT * FROM press.books").fetchall() == []
        for statement in (
            "SELECT * FROM depot.books",
            "CREATE TABLE depot.spies (id integer)",
            "CREATE TABLE public.spies (id integer)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                database.execute(statement)

    def test_nobody_can_log_in_as_a_module(self, url, database, module):
        migrate(url, [module("press", BOOKS)])
        assert database.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'lyceum_press'").fetchone() == (
            False,
        )

    def test_without_roles_all_belongs_to_the_login(self, url, database, module):
        migrate(url, [module("press", BOOKS)], roles=False)
        owner = "SELECT tableowner = current_user FROM pg_tables WHERE schemaname = 'press' AND tablename = 'books'"
        assert database.execute(owner).fetchone() == (True,)


class TestTwice:
    def test_the_second_time_changes_nothing(self, url, database, module):
        spec = module("press", BOOKS)
        migrate(url, [spec])
        database.execute("INSERT INTO press.books VALUES (7)")
        migrate(url, [spec])
        assert database.execute("SELECT id FROM press.books").fetchall() == [(7,)]

    def test_of_several_at_once_one_works_and_the_others_find_it_done(self, url, database, module):
        slow = module("press", BOOKS, "CREATE TABLE {name}.runs AS SELECT 1 AS id FROM pg_sleep(0.3)")
        with ThreadPoolExecutor(4) as threads:
            for done in [threads.submit(migrate, url, [slow]) for _ in range(4)]:
                done.result(60)
        assert database.execute("SELECT count(*) FROM press.runs").fetchone() == (1,)


class TestLocks:
    """Somebody reads the table that a migration wants to change."""

    @pytest.fixture(autouse=True)
    def impatient(self, monkeypatch):
        monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "50ms")
        monkeypatch.setattr(migrations, "ATTEMPTS", 3)
        monkeypatch.setattr(migrations.time, "sleep", lambda seconds: waited.wait(0.1))
        waited = threading.Event()

    @pytest.fixture
    def spec(self, url, module):
        spec = module("press", BOOKS, TITLES)
        migrate(url, [spec], revision="0001")
        return spec

    def test_a_migration_gives_up_rather_than_hold_up_everybody(self, url, database, spec):
        with database.transaction():
            database.execute("SELECT * FROM press.books")
            began = time.monotonic()
            with pytest.raises(OperationalError, match="lock timeout"):
                migrate(url, [spec])
            assert time.monotonic() - began < 10
        migrate(url, [spec])
        assert database.execute("SELECT version_num FROM press.alembic_version").fetchall() == [("0002",)]

    def test_a_migration_tries_again_until_the_table_is_free(self, url, database, spec, monkeypatch):
        database.execute("BEGIN")
        database.execute("SELECT * FROM press.books")
        monkeypatch.setattr(migrations.time, "sleep", lambda seconds: database.execute("ROLLBACK"))
        migrate(url, [spec])
        assert found_differences(url, spec) == []


class TestFailing:
    def test_a_migration_that_fails_leaves_nothing_and_can_be_mended(self, url, database, module):
        broken = module("press", BOOKS, "SELECT * FROM {name}.no_such_table")
        with pytest.raises(ProgrammingError):
            migrate(url, [broken])
        found = "SELECT tablename FROM pg_tables WHERE schemaname = 'press' AND tablename = 'books'"
        half = database.execute(found).fetchall()
        migrate(url, [module("press", BOOKS, TITLES)])
        assert half == []
        assert database.execute(found).fetchall() == [("books",)]


class TestDifferences:
    def test_there_are_none_when_the_migrations_make_what_is_declared(self, url, module):
        spec = module("press", BOOKS, TITLES)
        migrate(url, [spec])
        assert found_differences(url, spec) == []

    def test_a_table_or_column_that_is_declared_and_not_migrated_is_found(self, url, module):
        spec = module("press", BOOKS, TITLES)
        migrate(url, [spec], revision="0001")
        [(kind, _, table, column)] = found_differences(url, spec)
        assert (kind, table, column.name) == ("add_column", "books", "title")
        Table("shelves", spec.metadata, Column("id", Integer, primary_key=True))
        assert [change[0] for change in found_differences(url, spec)] == ["add_table", "add_column"]

    def test_the_tables_of_other_modules_are_no_difference(self, url, module):
        press, depot = module("press", BOOKS), module("depot", BOOKS, TITLES)
        migrate(url, [press, depot])
        assert found_differences(url, press) == []
