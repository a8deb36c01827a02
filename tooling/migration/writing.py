"""The next migration of a module: what the declared tables have that its migrations do not make yet."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.autogenerate import render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import _repr_type
from alembic.operations.ops import DowngradeOps, MigrationScript, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, NullPool, TypeDecorator, create_engine, text

from lyceum.runtime.database import driver_url, role_of
from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.migrations import alembic_config, differences, migrate, migrations_folder
from lyceum.runtime.module import ModuleSpec
from tooling.migration.rendering import render

LONGEST_SLUG = 50


class Refused(Exception):
    """There is nothing to write, or what was written does not hold; the text says which."""


def write_revision(spec: ModuleSpec, message: str) -> Path:
    """Write the file and prove it on an empty database: up, no difference left, down, up.

    Raises `Refused`. A file that fails its proof stays where it is, to be mended by hand.
    """
    versions = migrations_folder(spec) / "versions"
    number = len(list(versions.glob("[0-9]*_*.py"))) + 1
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")[:LONGEST_SLUG].strip("_")
    if not slug:
        raise Refused("Say in words what changes")
    with tempfile.TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder), durable=False) as server:
        migrate(server.url, [spec])
        with as_module(server.url, spec) as connection:
            up, down = _compare(connection, spec, number)
            source = render(message=message, number=number, up=up, down=down)
        versions.mkdir(exist_ok=True)
        path = versions / f"{number:04d}_{slug}.py"
        path.write_text(_formatted(source, path))
        _prove(server.url, spec, number)
    return path


@contextmanager
def as_module(url: str, spec: ModuleSpec) -> Iterator[Connection]:
    """A connection under the role and in the schema of the module, as its migrations have it."""
    engine = create_engine(driver_url(url, "psycopg"), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f'SET ROLE "{role_of(spec.name)}"'))
        connection.execute(text(f'SET search_path TO "{spec.name}", public'))
        connection.commit()
        yield connection
    engine.dispose()


def _compare(connection: Connection, spec: ModuleSpec, number: int) -> tuple[str, str]:
    """The operations forward and back, as code."""
    found: list[tuple[str, str]] = []

    def keep(context: object, revision: object, directives: list[MigrationScript]) -> None:
        (script,) = directives
        directives.clear()  # alembic would write the file from a template in the module's folder
        if script.upgrade_ops is not None and script.downgrade_ops is not None and not script.upgrade_ops.is_empty():
            found.append((_code(script.upgrade_ops), _code(script.downgrade_ops)))

    config = alembic_config(spec, connection)
    command.revision(config, autogenerate=True, rev_id=f"{number:04d}", process_revision_directives=keep)
    if not found:
        raise Refused(f"The migrations of {spec.name} make its tables as they are declared: nothing to write")
    return found[0]


def _code(operations: UpgradeOps | DowngradeOps) -> str:
    # A context of its own: the one that compared has options that rendering does not pass on.
    return render_python_code(
        operations,
        render_item=_column_type,
        migration_context=MigrationContext.configure(dialect_name="postgresql"),
    )


def _column_type(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Types of our own as what the database knows them as: a migration must not change when our code does."""
    if kind == "type" and isinstance(item, TypeDecorator) and not type(item).__module__.startswith("sqlalchemy."):
        return _repr_type(item.impl_instance, context)
    return False


def _formatted(source: str, path: Path) -> str:
    command_line = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(path), "-"]
    return subprocess.run(command_line, input=source, capture_output=True, text=True, check=True).stdout


def _prove(url: str, spec: ModuleSpec, number: int) -> None:
    migrate(url, [spec])
    with as_module(url, spec) as connection:
        if left := differences(connection, spec):
            raise Refused(f"The new migration leaves differences: {left}")
        connection.rollback()
        command.downgrade(alembic_config(spec, connection), f"{number - 1:04d}" if number > 1 else "base")
        connection.commit()
        if number == 1 and (rest := remains(connection, spec)):
            raise Refused(f"Going back leaves something behind: {rest}")
    migrate(url, [spec])


def remains(connection: Connection, spec: ModuleSpec) -> list[str]:
    """What is in the module's schema besides the table that says which migrations have run."""
    statement = text(
        """
        SELECT relname FROM pg_class
            WHERE relnamespace = to_regnamespace(:schema) AND relname NOT LIKE 'alembic_version%'
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace(:schema)
        UNION ALL SELECT typname FROM pg_type
            WHERE typnamespace = to_regnamespace(:schema) AND typname NOT IN ('alembic_version', '_alembic_version')
        """
    )
    return sorted(connection.execute(statement, {"schema": spec.name}).scalars())
