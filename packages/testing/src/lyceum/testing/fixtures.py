"""Pytest fixtures, loaded wherever lyceum-testing is installed (entry point `pytest11`)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from lyceum.runtime.module import ModuleSpec
from lyceum.testing.clock import FakeClock
from lyceum.testing.postgres import TestDatabases, run_folder


@pytest.fixture(scope="session")
def databases() -> Iterator[TestDatabases]:
    """The PostgreSQL server of this test run."""
    databases = TestDatabases(run_folder())
    databases.start()
    yield databases
    databases.stop()


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    """The modules whose tables a test database has. Each package says its own."""
    return ()


@pytest.fixture
def database_url(databases: TestDatabases, module_specs: tuple[ModuleSpec, ...]) -> Iterator[str]:
    """A database of its own for this test."""
    with databases.database(module_specs) as url:
        yield url


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at noon of a winter day."""
    return FakeClock(datetime(2030, 1, 15, 12, tzinfo=UTC))
