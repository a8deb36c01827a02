"""An event that nobody could handle, the mended consumer, and what an operator types."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
import uvloop
from typer.testing import CliRunner

from lyceum.runtime.composition import Platform
from lyceum.runtime.events.consumer import RetryPolicy
from lyceum.runtime.operations import EventOperations
from lyceum.runtime.settings import PlatformSettings
from lyceum.testing.shop import LENT, SOLD, Lent, Sold, create_tables, modules
from lyceum_host import events

BOOK = uuid4()


async def burns(event):
    if event.poisoned:
        raise RuntimeError("this book burns")


@pytest.fixture
def url(databases):
    """A database in which one event died in the library and one in the shop."""
    with databases.empty_database() as url:
        create_tables(url)
        uvloop.run(poison(url))
        yield url


async def poison(url):
    settings = PlatformSettings.model_validate({"database_roles": False, "secret": "x" * 32})
    retries = RetryPolicy(attempts=2, first_delay=0.001)
    async with Platform(settings=settings, database_url=url, modules=modules(burns), retries=retries) as platform:
        for module, kind in (("shop", Sold), ("library", Lent)):
            async with platform.modules[module].container.units() as unit:
                for number in range(3):
                    unit.publish(kind(book_id=BOOK, number=number, poisoned=number == 1))
                await unit.commit()
        await platform.settle()


class Log:
    """The audit log, as far as a replay writes to it."""

    def __init__(self):
        self.entries = []

    async def record(self, *, actor, action, target, details):
        self.entries.append((actor, action, target, details))


@pytest.fixture
def log():
    return Log()


def operations(platform, log):
    desks = {name: running.desk for name, running in platform.modules.items()}
    return EventOperations(modules=desks, desks=desks, audit=log)


@pytest.fixture
def lyceum(url, log, monkeypatch, tmp_path):
    """`lyceum events` with the consumers as they are after they were mended."""
    monkeypatch.setenv("LYCEUM_DATABASE_URL", url)
    monkeypatch.setenv("LYCEUM_DATABASE_ROLES", "false")
    monkeypatch.setenv("LYCEUM_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LYCEUM_KAFKA_SERVERS", raising=False)
    monkeypatch.setattr(events, "installed_modules", modules)
    # Shop and library come without auth, which keeps the audit log.
    monkeypatch.setattr(events, "event_operations", lambda platform: operations(platform, log))

    def run(*arguments):
        outcome = CliRunner().invoke(events.commands, arguments, catch_exceptions=False)
        assert outcome.exit_code == 0, outcome.output
        return outcome.stdout.splitlines()

    return run


def effects(url, table):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return [row[0] for row in connection.execute(f"SELECT number FROM {table} ORDER BY position")]  # noqa: S608


def test_after_the_mending_a_replay_gives_the_effect_once(lyceum, url):
    died = lyceum("dead")
    assert len(died) == 2
    assert all(line.endswith("after 2 attempts: RuntimeError: this book burns") for line in died)
    assert effects(url, "library.lendings") == [0, 2]

    tried = lyceum("replay", "--dry-run")
    assert {line for line in tried if " would " in line} == {
        "shop: 1 would be handled again",
        "library: 1 would be handled again",
    }
    assert effects(url, "library.lendings") == [0, 2]

    assert set(lyceum("replay")) == {"shop: 1 handled, 0 died again", "library: 1 handled, 0 died again"}
    assert set(lyceum("replay")) == {"shop: 0 handled, 0 died again", "library: 0 handled, 0 died again"}
    assert (effects(url, "library.lendings"), effects(url, "shop.loans")) == ([0, 2, 1], [0, 2, 1])
    assert lyceum("dead") == []


def test_a_replay_is_in_the_audit_log_before_and_after_and_a_dry_run_is_not(lyceum, log):
    lyceum("replay", "--module", "shop", "--dry-run")
    assert log.entries == []
    lyceum("replay", "--module", "shop", "--type", LENT)
    chosen = {"type": LENT, "since": None, "until": None, "ids": None}
    assert log.entries == [
        (None, "platform.replay.started", "module:shop", chosen),
        (None, "platform.replay.finished", "module:shop", {"handled": 1, "dead": 0, "left": 0}),
    ]


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        (("--module", "shop"), {"shop"}),
        (("--type", SOLD), {"library"}),
        (("--type", LENT), {"shop"}),
        (("--since", "an hour ago"), {"shop", "library"}),
        (("--since", "in an hour"), set()),
        (("--until", "an hour ago"), set()),
        (("--until", "in an hour", "--module", "library"), {"library"}),
    ],
    ids=lambda words: " ".join(sorted(words)),
)
def test_a_replay_can_be_of_a_module_a_type_or_a_time(lyceum, url, choice, chosen):
    hours = {"an hour ago": -1, "in an hour": 1}
    times = {word: f"{datetime.now(UTC) + timedelta(hours=hour):%Y-%m-%dT%H:%M:%S}" for word, hour in hours.items()}
    arguments = [times.get(word, word) for word in choice]
    assert {line.split(":")[0] for line in lyceum("replay", *arguments, "--dry-run") if " 1 would " in line} == chosen
    lyceum("replay", *arguments)
    brought_back = {
        module
        for module, table in (("shop", "shop.loans"), ("library", "library.lendings"))
        if 1 in effects(url, table)
    }
    assert brought_back == chosen
