"""Rules about what the code does, found by reading it."""

import warnings

import pytest
from rules.commits import commits
from rules.imports import is_migration
from rules.impurity import reads_time_or_chance
from rules.loading import loads_by_name
from rules.names import LONG, TOO_LONG, empty_names, length, repository_files
from rules.source import planted, sources


def found(rule, *files):
    return [line for file in files for line in rule(file)]


def test_no_module_is_loaded_by_its_name():
    assert found(loads_by_name, *sources()) == []


@pytest.mark.parametrize(
    "snippet",
    [
        "import importlib\nimportlib.import_module('lyceum.course.services')",
        "import importlib as loader\nloader.import_module('lyceum.course.services')",
        "from importlib import import_module",
        "from importlib import metadata\nmetadata.entry_points(group='lyceum.modules')",
        "from importlib.metadata import entry_points",
        "import importlib.util",
        "__import__('lyceum.course.services')",
        "import sys\nsys.modules['lyceum.course.services']",
        "from sys import modules",
        "import pkgutil",
        "import runpy",
        "exec('import lyceum.course.services')",
        "from importlib.resources import files\nfiles('lyceum.course.migrations')",
    ],
)
def test_loading_a_module_by_its_name_is_found(snippet):
    assert found(loads_by_name, planted("lyceum.auth.services.signing_in", snippet))


@pytest.mark.parametrize(
    "snippet",
    [
        "from importlib.resources import files\nfiles('lyceum.auth.api')",
        "from importlib.metadata import version\nversion('lyceum-auth')",
        "import re\nre.compile('a')",
        "import lyceum.course.ports",
    ],
)
def test_reading_own_files_and_versions_is_not_loading(snippet):
    assert found(loads_by_name, planted("lyceum.auth.services.signing_in", snippet)) == []


def test_only_units_of_work_commit():
    assert found(commits, *sources()) == []


@pytest.mark.parametrize(
    ("name", "snippet"),
    [
        ("lyceum.auth.services.signing_in", "async def use(session):\n    await session.commit()"),
        ("lyceum.auth.services.signing_in", "async def use(unit):\n    await unit.session.commit()"),
        ("lyceum.auth.services.signing_in", "async def use(session):\n    return session.commit"),
        ("lyceum.auth.services.signing_in", "async def use(self):\n    async with self._engine.begin() as c: pass"),
        (
            "lyceum.auth.services.signing_in",
            "async def use(session):\n    async with session().begin(): pass",
        ),
        ("lyceum.auth.services.signing_in", "async def use(pool):\n    async with pool.transaction(): pass"),
        ("lyceum.auth.persistence.repository", "async def use(unit):\n    await unit.commit()"),
        (
            "lyceum.auth.persistence.repository",
            "class A(B):\n    def save(self):\n        super().commit()",
        ),
        ("lyceum.auth.module", "async def job(unit):\n    await unit.commit()"),
        ("lyceum.auth.persistence.queries", "from sqlalchemy import text\nEND = text('COMMIT')"),
        ("lyceum.auth.persistence.queries", "def use(connection):\n    connection.execute('begin transaction;')"),
        (
            "lyceum.auth.persistence.queries",
            "OPTIONS = {'isolation_level': 'AUTOCOMMIT'}",
        ),
        ("lyceum.auth.persistence.queries", "def use(connect):\n    connect(autocommit=True)"),
        ("lyceum.auth.api.sessions", "async def route(unit):\n    await unit.commit()"),
        ("lyceum.auth.consumers.identity", "async def on_user(event, unit):\n    await unit.commit()"),
        ("lyceum.runtime.jobs.queue", "async def use(connection):\n    await connection.commit()"),
        ("lyceum_host.cli", "def use(connection):\n    connection.commit()"),
    ],
)
def test_a_commit_beside_the_unit_of_work_is_found(name, snippet):
    assert found(commits, planted(name, snippet))


def test_a_service_commits_its_unit():
    snippet = "async def use(units):\n    async with units() as unit:\n        await unit.commit()"
    assert found(commits, planted("lyceum.auth.services.signing_in", snippet)) == []


def test_a_unit_of_work_may_extend_the_commit():
    snippet = "class SqlAuthUnit(SqlUnitOfWork):\n    async def commit(self):\n        await super().commit()"
    assert found(commits, planted("lyceum.auth.persistence.unit_of_work", snippet)) == []


def test_a_domain_that_begins_something_of_its_own_opens_no_transaction():
    snippet = "def start(attempt, now):\n    attempt.begin(now=now)"
    assert found(commits, planted("lyceum.assessment.services.attempting", snippet)) == []


def test_nobody_inside_reads_the_time_or_throws_dice():
    assert found(reads_time_or_chance, *sources()) == []


@pytest.mark.parametrize(
    ("layer", "snippet"),
    [
        ("domain", "from datetime import datetime\nnow = datetime.now()"),
        ("domain", "import datetime as dt\nnow = dt.datetime.utcnow()"),
        ("domain", "from datetime import date\ntoday = date.today"),
        ("services", "import time\nnow = time.time()"),
        ("services", "from time import monotonic\nnow = monotonic()"),
        ("services", "from lyceum.kernel.clock import SystemClock\nclock = SystemClock()"),
        (
            "schemas",
            "from datetime import datetime\nat = Field(default_factory=datetime.now)",
        ),
        ("domain", "import random\nrandom.shuffle([])"),
        ("domain", "from random import choice\nchoice([1])"),
        ("domain", "import random\nrandom.Random()"),
        ("domain", "import secrets\nsecrets.token_bytes()"),
        ("domain", "from uuid import uuid4\nuuid4()"),
        ("domain", "import os\nos.urandom(4)"),
    ],
)
def test_time_and_chance_on_the_inside_are_found(layer, snippet):
    assert found(reads_time_or_chance, planted(f"lyceum.course.{layer}.policies", snippet))


@pytest.mark.parametrize(
    ("name", "snippet"),
    [
        ("lyceum.course.domain.entities", "from lyceum.kernel.ids import new_id\nid = new_id()"),
        ("lyceum.course.domain.entities", "from random import Random\ndraw = Random(7).sample"),
        ("lyceum.course.domain.entities", "import random\ndef draw(source: random.Random): return random.Random('7')"),
        (
            "lyceum.course.domain.entities",
            "from datetime import datetime\nEPOCH = datetime(1970, 1, 1)",
        ),
        ("lyceum.course.adapters.addresses", "from datetime import datetime\nnow = datetime.now()"),
    ],
)
def test_ids_seeds_and_the_outside_are_free(name, snippet):
    assert found(reads_time_or_chance, planted(name, snippet)) == []


def test_every_file_name_says_something():
    assert list(empty_names(repository_files())) == []


@pytest.mark.parametrize(
    "path",
    [
        "packages/course/src/lyceum/course/utils.py",
        "packages/course/src/lyceum/course/services/manager.py",
        "packages/course/src/lyceum/course/services/string_helpers.py",
        "packages/course/src/lyceum/course/common/__init__.py",
        "apps/web/src/misc.ts",
    ],
)
def test_a_name_that_says_nothing_is_found(path):
    assert list(empty_names([path]))


def test_files_are_short_enough_to_read():
    # Nobody writes migrations by hand, and nobody edits one later.
    lengths = {source.label: length(source) for source in sources() if not is_migration(source)}
    for label, lines in lengths.items():
        if LONG < lines <= TOO_LONG:
            warnings.warn(f"{label} has {lines} lines: better a package with a file per use case", stacklevel=1)
    assert {label: lines for label, lines in lengths.items() if lines > TOO_LONG} == {}


def test_a_file_that_is_too_long_is_measured():
    assert length(planted("lyceum.course.services.everything", "pass\n" * 401)) > TOO_LONG
