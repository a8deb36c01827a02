"""Where courses come from: archives, brought in as operators and authors do it."""

import json
import tarfile
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from story.installation import Installation
from story.people import Person
from story.processes import eventually

REPOSITORY = Path(__file__).resolve().parents[3]
DEMO = REPOSITORY.parent / "shared" / "data" / "olx" / "demo-course.tar.gz"
SAMPLE = "first-steps-in-logic"


def sample_archive(folder: Path) -> Path:
    """An archive of the sample course that comes with the platform."""
    archive = folder / f"{SAMPLE}.tar.gz"
    with as_file(files("lyceum_host") / "sample_courses" / SAMPLE) as course, tarfile.open(archive, "w:gz") as packed:
        packed.add(course, arcname="course")
    return archive


def demo_archive() -> Path:
    """A course that nobody here wrote. Skips the test where it is not there."""
    if not DEMO.exists():
        pytest.skip(f"{DEMO} is not there: the journey through a course that nobody here wrote was NOT taken")
    return DEMO


def import_by_command(installation: Installation, archive: Path, owner: Person) -> Any:
    """The loss report of `lyceum import-course`."""
    command = ("import-course", str(archive), "--publish", "--owner", owner.email, "--report", "json")
    return json.loads(installation.lyceum(*command))


def upload(author: Person, archive: Path) -> str:
    """The id of an import that is begun over the API, and may take its time."""
    with archive.open("rb") as content:
        sent = {"file": (archive.name, content)}
        return str(author.ask("POST", "/api/v1/imports", files=sent, data={"publish": "true"}).json()["id"])


def import_by_upload(author: Person, archive: Path) -> Any:
    """The loss report of an import over the API."""
    begun = upload(author, archive)

    def ended() -> Any:
        status = author.get(f"/api/v1/imports/{begun}")
        return status if status["state"] in ("succeeded", "failed") else None

    status = eventually(ended, "the end of the import", seconds=120)
    assert status["state"] == "succeeded", status["problem"]
    return {"course_id": status["course_id"], **status["report"]}
