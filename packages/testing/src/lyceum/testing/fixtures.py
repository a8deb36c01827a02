"""Pytest fixtures, loaded wherever lyceum-testing is installed (entry point `pytest11`).

Each imports what it needs when it is used: every run of pytest loads this file, also one of a domain's tests, which
take less time than importing the runtime.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lyceum.testing.clock import FakeClock

if TYPE_CHECKING:
    from lyceum.runtime.module import ModuleSpec
    from lyceum.testing.postgres import TestDatabases


@pytest.fixture(scope="session")
def databases() -> "Iterator[TestDatabases]":
    """The PostgreSQL server of this test run."""
    from lyceum.testing.postgres import TestDatabases, run_folder

    databases = TestDatabases(run_folder())
    databases.start()
    yield databases
    databases.stop()


@pytest.fixture(scope="session")
def module_specs() -> "tuple[ModuleSpec, ...]":
    """The modules whose tables a test database has. Each package says its own."""
    return ()


@pytest.fixture
def database_url(databases: "TestDatabases", module_specs: "tuple[ModuleSpec, ...]") -> Iterator[str]:
    """A database for this test alone, with nothing in it."""
    with databases.lent(module_specs) as url:
        yield url


@pytest.fixture(scope="session")
def kafka_servers() -> Iterator[str]:
    """The Kafka broker of this test process, `host:port`. Tests are skipped, saying why, where none can be had.

    Not shared by processes: topics and consumer groups have the names of modules, whatever test they are in.
    """
    from lyceum.testing.kafka import KafkaBroker, KafkaNotAvailable
    from lyceum.testing.postgres import run_folder

    broker = KafkaBroker(run_folder(f"broker-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"))
    try:
        broker.start()
    except KafkaNotAvailable as error:
        pytest.skip(f"no Apache Kafka on this machine: {error}")
    yield broker.address
    broker.delete()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The Valkey server of this test run."""
    from lyceum.runtime.embedded.valkey import EmbeddedValkey
    from lyceum.testing.postgres import run_folder

    with EmbeddedValkey(run_folder("valkey")) as server:
        yield server.address


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at noon of a winter day."""
    return FakeClock(datetime(2030, 1, 15, 12, tzinfo=UTC))
