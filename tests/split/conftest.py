"""The platform with course in a process and a database of its own. No file under `packages/` knows of it."""

import sys
from pathlib import Path

import pytest

from lyceum.runtime.composition import installed_modules

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "journeys"), str(Path(__file__).resolve().parents[2])]

MODULE = "course"


@pytest.fixture(scope="package")
def apart():
    """The address of the process that has course."""
    from story.processes import free_address

    return free_address()


@pytest.fixture(scope="package")
def split(databases, apart, tmp_path_factory):
    """A host and a worker without course, and course beside them. They share what files are kept in, as they must."""
    from story.installation import common_settings, installation
    from story.processes import Process, free_address, port_of

    others = [spec for spec in installed_modules() if spec.name != MODULE]
    data_dir = tmp_path_factory.mktemp("lyceum")
    address = free_address()
    elsewhere = {"REMOTE__COURSE": apart, "EVENT_PEERS__COURSE": apart}
    with databases.database(others) as url, databases.empty_database() as own_url:
        own = common_settings(own_url, data_dir) | {"PUBLIC_URL": address, "EVENT_PEERS__HOST": address}
        own |= {f"REMOTE__{spec.name.upper()}": address for spec in others}
        command = ("lyceum-standalone", "--module", MODULE, "--port", port_of(apart))
        with (
            Process(*command, settings=own, log=data_dir / "course.log") as process,
            installation(
                address=address,
                database_url=url,
                databases={spec.name: url for spec in others} | {MODULE: own_url},
                data_dir=data_dir,
                settings=elsewhere,
            ) as running,
        ):
            process.serves(apart)
            yield running, process


@pytest.fixture(scope="package")
def installation(split):
    return split[0]


@pytest.fixture(scope="package")
def course_process(split):
    """The process that has course."""
    return split[1]


@pytest.fixture(scope="package")
def author(installation):
    """Somebody who may make courses."""
    from story.arriving import register

    person = register(installation, "Omar Author")
    installation.administrator.give_role(person, "author")
    return person


@pytest.fixture(scope="package")
def course(installation, author, tmp_path_factory):
    """The id of a course, brought in through the host."""
    from story.courses import import_by_upload, sample_archive

    return import_by_upload(author, sample_archive(tmp_path_factory.mktemp("archive")))["course_id"]
