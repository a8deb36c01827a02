"""Makes the people and the installations of the stories importable from its tests, and starts what they are about."""

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from lyceum.runtime.composition import installed_modules

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[2])]

IN_PROCESS, OVER_HTTP, ON_ENGINES = "calls in the process", "calls over HTTP", "events over Kafka, limits in Valkey"


@pytest.fixture(scope="package", params=[IN_PROCESS, OVER_HTTP, ON_ENGINES])
def installation(request, databases, tmp_path_factory):
    """The platform as an operator runs it; with every call between modules in the process, and over HTTP.

    On real engines it has two workers, which share the work.
    """
    from story.engines import engines
    from story.installation import installation
    from story.processes import free_address

    specs = installed_modules()
    address = free_address()
    data_dir = tmp_path_factory.mktemp("lyceum")
    with ExitStack() as stack:
        settings = {"PORTS_OVER_HTTP": address} if request.param == OVER_HTTP else {}
        if request.param == ON_ENGINES:
            settings = stack.enter_context(engines(data_dir, "the journeys on Kafka were"))
        url = stack.enter_context(databases.database(specs))
        yield stack.enter_context(
            installation(
                address=address,
                database_url=url,
                databases={spec.name: url for spec in specs},
                data_dir=data_dir,
                settings=settings,
                workers=2 if request.param == ON_ENGINES else 1,
            )
        )


@pytest.fixture(scope="package")
def author(installation):
    """Somebody who may make courses."""
    from story.arriving import register

    person = register(installation, "Omar Author")
    installation.administrator.give_role(person, "author")
    return person
