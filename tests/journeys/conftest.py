"""Makes the people and the installations of the stories importable from its tests, and starts what they are about."""

import sys
from pathlib import Path

import pytest

from lyceum.runtime.composition import installed_modules

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(scope="session", params=["calls in the process", "calls over HTTP"])
def installation(request, databases, tmp_path_factory):
    """The platform as an operator runs it; with every call between modules in the process, and over HTTP."""
    from story.installation import installation
    from story.processes import free_address

    specs = installed_modules()
    address = free_address()
    with (
        databases.database(specs) as url,
        installation(
            address=address,
            database_url=url,
            databases={spec.name: url for spec in specs},
            data_dir=tmp_path_factory.mktemp("lyceum"),
            settings={"PORTS_OVER_HTTP": address} if request.param == "calls over HTTP" else {},
        ) as running,
    ):
        yield running


@pytest.fixture(scope="session")
def author(installation):
    """Somebody who may make courses."""
    from story.arriving import register

    person = register(installation, "Omar Author")
    installation.administrator.give_role(person, "author")
    return person
