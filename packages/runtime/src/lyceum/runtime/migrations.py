"""Each module migrates its own schema, with its own version table, under its own role."""

import importlib.resources
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from alembic import command, context
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from lyceum.runtime.database import driver_url, role_of
from lyceum.runtime.jobs.schema import jobs_schema_sql
from lyceum.runtime.module import ModuleSpec

log = structlog.get_logger(__name__)

EXTENSIONS = ("pg_trgm", "unaccent", "citext", "btree_gin")
VERSION_TABLE = "alembic_version"
# A migration that waits for a lock makes every query behind it wait too: better to give up and try again.
LOCK_TIMEOUT = "5s"
STATEMENT_TIMEOUT = "15min"
ATTEMPTS = 5


def migrate(url: str, modules: Iterable[ModuleSpec], *, roles: bool = True, revision: str = "head") -> None:
    """Bring the schemas of the modules to a revision. Of several processes that call this at once, one works."""
    specs = list(modules)
    engine = create_engine(driver_url(url, "psycopg"), poolclass=NullPool)
    with engine.connect() as connection, _alone(connection):
        for extension in EXTENSIONS:
            connection.execute(text(f'CREATE EXTENSION IF NOT EXISTS "{extension}" SCHEMA public'))
        for spec in specs:
            _prepare(connection, spec.name, roles=roles)
        connection.commit()
        for spec in specs:
            _upgrade(connection, spec, roles=roles, revision=revision)
    engine.dispose()


def _prepare(connection: Connection, module: str, *, roles: bool) -> None:
    role = role_of(module)
    if roles:
        exists = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}).scalar()
        if not exists:
            connection.execute(text(f'CREATE ROLE "{role}" NOLOGIN'))
        connection.execute(text(f'GRANT "{role}" TO CURRENT_USER'))
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{module}" AUTHORIZATION "{role}"'))
    else:
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{module}"'))


def _upgrade(connection: Connection, spec: ModuleSpec, *, roles: bool, revision: str) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            if roles:
                connection.execute(text(f'SET ROLE "{role_of(spec.name)}"'))
            connection.execute(text(f'SET search_path TO "{spec.name}", public'))
            connection.execute(text(f"SET lock_timeout TO '{LOCK_TIMEOUT}'"))
            connection.execute(text(f"SET statement_timeout TO '{STATEMENT_TIMEOUT}'"))
            connection.commit()
            command.upgrade(alembic_config(spec, connection), revision)
            connection.commit()
        except OperationalError:
            connection.rollback()
            if attempt == ATTEMPTS:
                raise
            log.warning("migration waits for a lock", module=spec.name, attempt=attempt)
            time.sleep(attempt)
        else:
            connection.execute(text("RESET ROLE"))
            connection.execute(text("RESET ALL"))
            connection.commit()
            return


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    connection.execute(text("SELECT pg_advisory_lock(hashtext('lyceum.migrations'))"))
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(hashtext('lyceum.migrations'))"))
        connection.commit()


def alembic_config(spec: ModuleSpec, connection: Connection) -> Config:
    """The configuration under which a module's `env.py` runs."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder(spec)))
    config.attributes.update(connection=connection, module=spec.name)
    return config


def migrations_folder(spec: ModuleSpec) -> Path:
    """The folder of the module's `env.py` and `versions`."""
    package, _, folder = spec.migrations.rpartition(".")
    return Path(str(importlib.resources.files(package))) / folder


def run(metadata: MetaData) -> None:
    """The whole of a module's `env.py`."""
    attributes = context.config.attributes
    connection: Connection = attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        version_table_schema=attributes["module"],
        include_schemas=True,
        include_name=_own_names(attributes["module"]),
        include_object=_declared,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


def differences(connection: Connection, spec: ModuleSpec) -> list[Any]:
    """What the migrated schema and the declared tables disagree about; empty when the migrations are complete."""
    migration = MigrationContext.configure(
        connection,
        opts={
            "version_table": VERSION_TABLE,
            "version_table_schema": spec.name,
            "include_schemas": True,
            "include_name": _own_names(spec.name),
            "include_object": _declared,
        },
    )
    return list(compare_metadata(migration, spec.metadata))


def install_jobs(operations: Any) -> None:
    """In a module's first migration: the tables and functions of its job queue."""
    # The text is the queue library's own; the driver's text() would read its colons as parameters.
    operations.get_bind().exec_driver_sql(jobs_schema_sql())


def remove_jobs(operations: Any) -> None:
    """In the downgrade of a module's first migration: every table, function and type of its job queue."""
    operations.get_bind().exec_driver_sql(_REMOVE_JOBS)


_REMOVE_JOBS = """
DO $$
BEGIN
    EXECUTE (SELECT 'DROP TABLE ' || string_agg(oid::regclass::text, ', ') || ' CASCADE' FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND starts_with(relname, 'procrastinate_')
        AND relkind = 'r');
    EXECUTE (SELECT 'DROP ROUTINE ' || string_agg(oid::regprocedure::text, ', ') || ' CASCADE' FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND starts_with(proname, 'procrastinate_'));
    EXECUTE (SELECT 'DROP TYPE ' || string_agg(oid::regtype::text, ', ') || ' CASCADE' FROM pg_type
        WHERE typnamespace = current_schema()::regnamespace AND starts_with(typname, 'procrastinate_'));
END
$$
"""


def _own_names(module: str) -> Any:
    def include(name: str | None, kind: str, parents: Any) -> bool:
        return name == module if kind == "schema" else True

    return include


def _declared(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    # The job queue's tables belong to its library and are not declared in the module's metadata.
    return not (kind == "table" and reflected and compare_to is None and (name or "").startswith("procrastinate_"))
