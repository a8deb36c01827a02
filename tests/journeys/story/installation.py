"""An installation of the platform: a host and a worker as two processes, with a database and a folder of their own."""

import ast
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text

from lyceum.runtime.database import driver_url
from story.people import Administrator
from story.processes import Process, eventually, port_of, run

_MAIL = re.compile(r"\bmail\b.*? text=(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\").*? to=(?P<to>\S+)")


@dataclass(kw_only=True)
class Installation:
    """`address` is where its host answers. `databases` has the URL of each module's database."""

    address: str
    settings: Mapping[str, str]
    databases: Mapping[str, str]
    worker: Process
    administrator: Administrator

    def lyceum(self, *arguments: str) -> str:
        """What `lyceum` with these arguments prints."""
        return run("lyceum", *arguments, settings=self.settings)

    def mail_to(self, address: str) -> str:
        """The last mail to somebody, from the log, where development shows it."""

        def last() -> str | None:
            mails = [found["text"] for found in _MAIL.finditer(self.worker.said()) if found["to"] == address]
            return str(ast.literal_eval(mails[-1])) if mails else None

        return eventually(last, f"a mail to {address}")

    def rows(self, module: str, query: str, **parameters: Any) -> list[Any]:
        """What the database of a module has: for what only operators can see."""
        engine = create_engine(driver_url(self.databases[module], "psycopg"), poolclass=NullPool)
        with engine.connect() as connection:
            found = list(connection.execute(text(query), parameters))
        engine.dispose()
        return found

    def dead_letters(self) -> list[Any]:
        """The events that some module could not handle."""
        return [
            letter
            for module in self.databases
            for letter in self.rows(module, f"SELECT type, cause FROM {module}.dead_letters WHERE resolved_at IS NULL")  # noqa: S608 - names of modules
        ]

    def settle(self) -> None:
        """Return when no event waits anywhere. Raises `GaveUp`."""

        def nothing_waits() -> bool:
            return not any(
                self.rows(module, f"SELECT 1 FROM {module}.outbox WHERE published_at IS NULL LIMIT 1")  # noqa: S608 - names of modules
                for module in self.databases
            )

        eventually(nothing_waits, "the end of all events")


@contextmanager
def installation(
    *, address: str, database_url: str, databases: Mapping[str, str], data_dir: Path, settings: Mapping[str, str]
) -> Iterator[Installation]:
    """A running host and worker on the migrated database at `database_url`, with an administrator."""
    complete = common_settings(database_url, data_dir) | settings | {"PUBLIC_URL": address}
    with ExitStack() as running:
        host = running.enter_context(
            Process("lyceum", "serve", "--port", port_of(address), settings=complete, log=data_dir / "host.log")
        )
        worker = running.enter_context(Process("lyceum", "worker", settings=complete, log=data_dir / "worker.log"))
        host.serves(address)
        administrator = Administrator(address, "admin@lyceum.example", "quiet-harbour-lantern")
        person = (administrator.email, "--name", "Ada Admin", "--password", administrator.password)
        run("lyceum", "create-user", *person, "--role", "administrator", settings=complete)
        administrator.sign_in()
        yield Installation(
            address=address,
            settings=complete,
            databases=databases,
            worker=worker,
            administrator=administrator,
        )


def common_settings(database_url: str, data_dir: Path) -> dict[str, str]:
    """What every process of a test installation is told."""
    return {
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        "DEVELOPMENT": "true",
        "GUARD_PORTS": "true",
        "SERVICE_TOKEN": "a-token-that-only-this-test-run-knows",
    }
