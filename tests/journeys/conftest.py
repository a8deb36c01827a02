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

    specs = installed_modules()
    data_dir = tmp_path_factory.mktemp("lyceum")
    with (
        databases.database(specs) as url,
        installation(
            database_url=url,
            data_dir=data_dir,
            modules=[spec.name for spec in specs],
            settings={},
            over_http=request.param == "calls over HTTP",
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
