"""Real PostgreSQL for tests: one server for the whole run, one migrated template, one clone of it for each test."""

import fcntl
import hashlib
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, make_url, text

from lyceum.runtime.database import driver_url
from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.migrations import migrate, migrations_folder
from lyceum.runtime.module import ModuleSpec


class TestDatabases:
    """Makes databases that have the tables of some modules, and drops them again.

    `folder` is shared by all processes of a test run: they use one server, and make each template once.
    """

    __test__ = False  # not a test case, whatever its name says to pytest

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The server's own account must be able to pass; a temporary folder of a test run is only for its owner.
        self._server = EmbeddedPostgres(folder, durable=False)

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    @contextmanager
    def database(self, specs: Iterable[ModuleSpec]) -> Iterator[str]:
        """The URL of a fresh database with the modules' tables, dropped at the end."""
        template = self._template(list(specs))
        name = f"test_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        try:
            yield self._url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """The URL of a database with nothing in it, dropped at the end."""
        with self.database([]) as url:
            yield url

    def _template(self, specs: list[ModuleSpec]) -> str:
        name = f"template_{_fingerprint(specs)}"
        with (self._folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (self._folder / name).exists():
                return name
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            self._execute(f'CREATE DATABASE "{name}"')
            if specs:
                migrate(self._url(name), specs)
            (self._folder / name).touch()
        return name

    def _url(self, name: str) -> str:
        return make_url(self._server.url).set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        engine = create_engine(
            driver_url(self._server.url, "psycopg"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def run_folder(name: str = "postgres") -> Path:
    """A folder that all processes of one test run share, and later runs of the same tree use again."""
    user_folder = (
        Path(tempfile.gettempdir()) / f"lyceum-tests-{hashlib.sha256(str(Path.cwd()).encode()).hexdigest()[:12]}"
    )
    folder = user_folder / name
    folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    return folder


def _fingerprint(specs: list[ModuleSpec]) -> str:
    digest = hashlib.sha256()
    for spec in sorted(specs, key=lambda spec: spec.name):
        digest.update(spec.name.encode())
        for path in sorted((migrations_folder(spec) / "versions").glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
