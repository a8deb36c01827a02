"""Rule 10: a module's tables are its own, and the database itself keeps the others out."""

from importlib.metadata import entry_points

import pytest
from rules.source import module_names
from rules.tables import foreign_tables
from sqlalchemy import Column, ForeignKey, MetaData, NullPool, Table, Uuid, create_engine, inspect, select, text
from sqlalchemy.exc import ProgrammingError

from lyceum.runtime.database import Database, driver_url
from lyceum.runtime.migrations import VERSION_TABLE, differences
from lyceum.runtime.module import ModuleSpec


def load(module) -> ModuleSpec:
    (entry,) = entry_points(group="lyceum.modules", name=module)
    return entry.load()


@pytest.fixture(scope="session")
def module_specs():
    return tuple(load(module) for module in module_names())


@pytest.mark.parametrize("module", module_names())
def test_every_table_is_in_the_schema_of_its_module(module):
    metadata = load(module).metadata
    assert metadata.tables
    assert list(foreign_tables(module, metadata)) == []


def test_tables_and_foreign_keys_that_leave_the_schema_are_found():
    metadata = MetaData(schema="course")
    Table("courses", metadata, Column("id", Uuid, primary_key=True))
    Table("lessons", metadata, Column("course_id", ForeignKey("course.courses.id"), primary_key=True))
    assert list(foreign_tables("course", metadata)) == []
    Table("authors", metadata, Column("user_id", ForeignKey("identity.users.id"), primary_key=True))
    Table("leftovers", metadata, Column("id", Uuid, primary_key=True), schema="public")
    assert list(foreign_tables("course", metadata)) == [
        "course.authors.user_id points to identity.users",
        "public.leftovers is not in the schema course",
    ]


@pytest.fixture
def migrated(database_url):
    engine = create_engine(driver_url(database_url, "psycopg"), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_every_module_has_its_own_version_table_and_complete_migrations(migrated, module_specs):
    for spec in module_specs:
        assert VERSION_TABLE in inspect(migrated).get_table_names(schema=spec.name), spec.name
        assert differences(migrated, spec) == [], spec.name


def test_a_table_without_a_migration_is_found(migrated):
    spec = load("identity")
    migrated.execute(text("DROP TABLE identity.group_members"))
    assert differences(migrated, spec)


def test_nothing_of_a_module_is_in_the_public_schema(migrated):
    assert inspect(migrated).get_table_names(schema="public") == []


@pytest.mark.parametrize("module", module_names())
async def test_a_module_cannot_touch_the_tables_of_another(database_url, module):
    database = Database(database_url, module)
    try:
        async with database.reading() as connection:
            assert (await connection.execute(select(load(module).tables.outbox))).all() == []
            for other in set(module_names()) - {module}:
                for statement in (f"TABLE {other}.outbox", f"INSERT INTO {other}.inbox DEFAULT VALUES"):
                    with pytest.raises(ProgrammingError, match=f"permission denied for schema {other}"):
                        await connection.execute(text(statement))
    finally:
        await database.close()


async def test_without_the_roles_the_same_statement_reaches_the_other_module(database_url):
    database = Database(database_url, module_names()[0], roles=False)
    try:
        async with database.reading() as connection:
            await connection.execute(text("TABLE identity.outbox"))
    finally:
        await database.close()
