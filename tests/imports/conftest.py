"""Imports archives with the means of the host, and lets learners take what comes of them."""

import os
import sys
from pathlib import Path

import pytest

from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum.testing.mail import MemoryMailer

HERE = Path(__file__).resolve().parent
SHARED_DATA = HERE.parents[2] / "shared" / "data"

sys.path.insert(0, str(HERE))


@pytest.fixture(scope="package")
def shared_archive():
    """The path of a real archive by its name in the shared data; skips, saying so, where it is not there."""

    def find(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.is_file():
            pytest.skip(f"real course material is not there: {path.relative_to(SHARED_DATA.parents[1])}")
        return path

    return find


@pytest.fixture(scope="package")
def installation(databases, tmp_path_factory):
    """A database with every module's tables, and a folder for the data."""
    with databases.database(installed_modules()) as url:
        yield url, tmp_path_factory.mktemp("lyceum")


@pytest.fixture(scope="package")
async def platform(installation):
    """The platform on that database, with its worker."""
    url, data_dir = installation
    settings = PlatformSettings.model_validate({"data_dir": data_dir, "development": True, "pool_size": 3})
    async with (
        Platform(settings=settings, database_url=url, modules=installed_modules(), mailer=MemoryMailer()) as platform,
        process.working(platform),
    ):
        yield platform


@pytest.fixture(scope="package")
def imported(platform):
    """Imports an archive and publishes it, once; gives the course."""
    from foreign.importing import import_file

    courses = {}

    async def run(path: Path):
        if path not in courses:
            courses[path] = await import_file(platform, path)
        return courses[path]

    return run


@pytest.fixture(scope="package")
def imported_by_command(installation, platform):
    """Imports an archive and publishes it by `lyceum import-course`, once; gives the course."""
    from foreign.importing import import_by_command

    url, data_dir = installation
    environment = {**os.environ, "LYCEUM_DATABASE_URL": url, "LYCEUM_DATA_DIR": str(data_dir)}
    courses = {}

    def run(path: Path):
        if path not in courses:
            courses[path] = import_by_command(platform, path, environment)
        return courses[path]

    return run
