"""Real PostgreSQL for tests: one server for the whole run, one migrated template, and clones of it.

Making and dropping a clone takes longer than most tests, so that clones are emptied and lent out again.
"""

import fcntl
import hashlib
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.migrations import migrate, migrations_folder
from lyceum.runtime.module import ModuleSpec
from lyceum.testing.emptying import empty, shape_of


class TestDatabases:
    """Makes databases that have the tables of some modules, and drops them again.

    `folder` is shared by all processes of a test run: they use one server, and make each template once.
    """

    __test__ = False  # not a test case, whatever its name says to pytest

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The server's own account must be able to pass; a temporary folder of a test run is only for its owner.
        self._server = EmbeddedPostgres(folder, durable=False)
        self._returned: dict[str, list[str]] = {}
        self._shapes: dict[str, str] = {}

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        for names in self._returned.values():
            for name in names:
                self._drop(name)
        self._server.stop()

    @contextmanager
    def database(self, specs: Iterable[ModuleSpec]) -> Iterator[str]:
        """The URL of a fresh database with the modules' tables, dropped at the end."""
        name = self._clone(self._template(list(specs)))
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    @contextmanager
    def lent(self, specs: Iterable[ModuleSpec]) -> Iterator[str]:
        """The URL of a database with the modules' tables and nothing in them, as fresh as that of `database`.

        Connections that are left open at the end are closed. Who changes the tables themselves spoils it for nobody:
        such a database is not lent again.
        """
        template = self._template(list(specs))
        returned = self._returned.setdefault(template, [])
        name = returned.pop() if returned else self._clone(template)
        if template not in self._shapes:
            self._shapes[template] = shape_of(self._url(name))
        try:
            yield self._url(name)
        finally:
            if empty(self._url(name)) == self._shapes[template]:
                returned.append(name)
            else:
                self._drop(name)

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

    def _clone(self, template: str) -> str:
        name = f"test_{secrets.token_hex(6)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def _drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _url(self, name: str) -> str:
        return make_url(self._server.url).set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server.url, autocommit=True) as connection:
            connection.execute(statement.encode())


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
