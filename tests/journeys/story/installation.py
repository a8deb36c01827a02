"""An installation of the platform: a host and workers as processes, with a database and a folder of their own."""

import ast
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text
from story.people import Administrator
from story.processes import Process, eventually, port_of, run

from lyceum.runtime.composition import installed_modules
from lyceum.runtime.database import driver_url

_MAIL = re.compile(r"\bmail\b.*? text=(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\").*? to=(?P<to>\S+)")


@dataclass(kw_only=True)
class Installation:
    """`address` is where its host answers. `databases` has the URL of each module's database."""

    address: str
    settings: Mapping[str, str]
    databases: Mapping[str, str]
    workers: Sequence[Process]
    administrator: Administrator

    def lyceum(self, *arguments: str) -> str:
        """What `lyceum` with these arguments prints."""
        return run("lyceum", *arguments, settings=self.settings)

    def mail_to(self, address: str) -> str:
        """The last mail to somebody, from the log, where development shows it."""

        def last() -> str | None:
            said = [worker.said() for worker in self.workers]
            mails = [found["text"] for log in said for found in _MAIL.finditer(log) if found["to"] == address]
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
        """Return when every event has reached everybody who wants it. Raises `GaveUp`."""
        eventually(self._nothing_is_under_way, "the end of all events")

    def _nothing_is_under_way(self) -> bool:
        # First what has arrived, then what was sent: an event that one of these caused is then among the second.
        arrived = {
            module: {
                row.event_id
                for row in self.rows(
                    module,
                    f"SELECT event_id FROM {module}.inbox UNION ALL SELECT event_id FROM {module}.dead_letters",  # noqa: S608 - names of modules
                )
            }
            for module in self.databases
        }
        for module in self.databases:
            for row in self.rows(module, f"SELECT id, type, published_at FROM {module}.outbox"):  # noqa: S608 - names of modules
                if row.published_at is None or any(row.id not in arrived[each] for each in consumers_of(row.type)):
                    return False
        return True


@functools.cache
def _consumers() -> dict[str, tuple[str, ...]]:
    from tooling.events.catalogue import entries

    return {entry.event_type: entry.consumers for entry in entries(installed_modules())}


def consumers_of(event_type: str) -> tuple[str, ...]:
    """The modules that want events of a type."""
    return _consumers()[event_type]


@contextmanager
def installation(
    *,
    address: str,
    database_url: str,
    databases: Mapping[str, str],
    data_dir: Path,
    settings: Mapping[str, str],
    workers: int = 1,
) -> Iterator[Installation]:
    """A running host and its workers on the migrated database at `database_url`, with an administrator."""
    complete = common_settings(database_url, data_dir) | settings | {"PUBLIC_URL": address}
    with ExitStack() as running:
        host = running.enter_context(
            Process("lyceum", "serve", "--port", port_of(address), settings=complete, log=data_dir / "host.log")
        )
        started = [
            running.enter_context(Process("lyceum", "worker", settings=complete, log=data_dir / f"worker-{number}.log"))
            for number in range(workers)
        ]
        host.serves(address)
        administrator = Administrator(address, "admin@lyceum.example", "quiet-harbour-lantern")
        person = (administrator.email, "--name", "Ada Admin", "--password", administrator.password)
        run("lyceum", "create-user", *person, "--role", "administrator", settings=complete)
        administrator.sign_in()
        yield Installation(
            address=address,
            settings=complete,
            databases=databases,
            workers=started,
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
