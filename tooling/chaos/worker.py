"""A worker of the platform that consists of shop and library: a process that ends at SIGTERM, or with its parent."""

import os
import threading
from collections.abc import Mapping
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

import uvloop

from lyceum.runtime import process
from lyceum.runtime.composition import Platform
from lyceum.runtime.events.consumer import RetryPolicy
from lyceum.runtime.rate_limits import Rate
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging
from lyceum.testing.shop import BookEvent, modules

RETRIES = RetryPolicy(attempts=2, first_delay=0.01)
_GENEROUS = Rate(limit=1_000_000, seconds=60)


class Poisoned(Exception):
    """The event is one of those that nobody can handle."""


def main(variables: Mapping[str, str], log: Path, journal: Path) -> None:
    """Work. `journal` gets a line for each transaction with events that had their effect before: how many."""
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ.update(variables)
    settings = PlatformSettings()
    configure_logging(readable=True)
    notes = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def taken(brought: int, fresh: int) -> None:
        if brought != fresh:
            os.write(notes, f"{brought - fresh}\n".encode())

    async def before(event: BookEvent) -> None:
        # What the handlers of the platform do now and then: ask Valkey, which may be away.
        await platform.rate_limiter.take(str(event.book_id), _GENEROUS)
        if event.poisoned:
            raise Poisoned(f"{event.book_id} number {event.number}")

    async def work() -> None:
        async with platform, process.working(platform):
            await process.until_stopped()

    assert settings.database_url is not None
    platform = Platform(
        settings=settings,
        database_url=settings.database_url.get_secret_value(),
        modules=modules(before, taken),
        retries=RETRIES,
    )
    uvloop.run(work())


def _end_with_the_parent() -> None:
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
