"""`kill -9` in a loop while courses are imported and published, and learners answer and hand in."""

import os
import random
import tarfile
import threading
import time
from importlib.resources import as_file, files

import pytest
import uvloop
from crash import aftermath
from crash.installation import Installation, Nursery, eventually
from crash.people import PASSWORD, AtWork, Importer, Learner, Person, Publisher

from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.settings import PlatformSettings
from lyceum_host.accounts import ensure_account

ROUNDS = int(os.environ.get("LYCEUM_FAULTS_ROUNDS", "20"))
SEED = int(os.environ.get("LYCEUM_FAULTS_SEED", "20261122"))
LONGEST_LIFE = 1.0  # seconds from the first request of a round to its kill


@pytest.fixture
def nursery():
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def installation(databases, nursery, tmp_path):
    with databases.database(installed_modules()) as url:
        _make_accounts(url, tmp_path)
        installation = Installation(nursery, url, tmp_path)
        installation.start()
        yield installation
        installation.kill_host()
        installation.kill_worker()


def _make_accounts(url, data_dir):
    async def make():
        settings = PlatformSettings(data_dir=data_dir)
        async with Platform(settings=settings, database_url=url, modules=installed_modules()) as platform:
            for name in ("author", "reader", *_learners()):
                roles = ("author",) if name == "author" else ()
                await ensure_account(
                    platform, email=_email(name), display_name=name.title(), password=PASSWORD, roles=roles
                )

    uvloop.run(make())


def _learners():
    return [f"learner-{number}" for number in range(ROUNDS)]


def _email(name):
    return f"{name}@lyceum.example"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "course.tar.gz"
    folder = files("lyceum_host") / "sample_courses" / "first-steps-in-logic"
    with as_file(folder) as course, tarfile.open(path, "w:gz") as packed:
        packed.add(course, arcname="course")
    return path.read_bytes()


def _signed_in(installation, name, stop):
    person = Person(installation.address, _email(name), stop)
    person.sign_in()
    return person


def _imported(author, archive):
    upload = {"file": ("course.tar.gz", archive)}
    begun = author.ask("POST", "/api/v1/imports", files=upload, data={"publish": "true"}).json()
    place = f"/api/v1/imports/{begun['id']}"
    eventually(lambda: author.get(place)["state"] == "succeeded", "the end of the first import")
    return author.get(place)["course_id"]


def _course_to_edit(author):
    """A published course of three pages with a text on each."""
    course_id = author.post("/api/v1/courses", {"title": "A course in the making"})["id"]
    place = f"/api/v1/courses/{course_id}/draft"

    def add(**node):
        tag = author.ask("GET", place).headers["etag"]
        return author.ask("POST", f"{place}/nodes", json=node, headers={"If-Match": tag}).json()["id"]

    section = add(kind="section", title="A section")
    lesson = add(kind="lesson", title="A lesson", parent_id=section)
    blocks = []
    for number in range(3):
        page = add(kind="page", title=f"Page {number}", parent_id=lesson)
        content = {"kind": "rich_text", "html": "<p>0</p>"}
        blocks.append(add(kind="block", title="A text", parent_id=page, content=content))
    publisher = Publisher(author, course_id, blocks)
    publisher.publish()
    return publisher


def _kill(installation, chance):
    """Mostly everything at once, sometimes only the host or only the worker."""
    victims = chance.choices(("both", "host", "worker"), (3, 1, 1))[0]
    if victims in ("both", "worker"):
        installation.kill_worker()
    if victims in ("both", "host"):
        installation.kill_host()


@pytest.mark.slow
def test_what_was_promised_is_kept_and_nothing_happens_twice(installation, archive):
    chance = random.Random(SEED)
    stop = threading.Event()
    author, reader = (_signed_in(installation, name, stop) for name in ("author", "reader"))
    course_id = _imported(author, archive)
    publisher = _course_to_edit(author)
    reader.post(f"/api/v1/courses/{publisher.course_id}/enrolment")
    importer = Importer(_signed_in(installation, "author", stop), archive)
    learners = [Learner(_signed_in(installation, name, stop), course_id) for name in _learners()]
    for number in range(ROUNDS):
        stop.clear()
        busy = [learner for learner in learners[: number + 1] if not learner.finished][:2]
        at_work = [AtWork(work) for work in (importer.work, publisher.work, *(each.work for each in busy))]
        time.sleep(chance.uniform(0.02, LONGEST_LIFE))
        _kill(installation, chance)
        stop.set()
        for each in at_work:
            each.end()
        stop.clear()
        installation.start()
        aftermath.published_versions_are_whole(publisher, reader)
        for learner in busy:
            aftermath.promises_to_learners_are_kept(learner)
    for learner in learners:
        if not learner.finished:
            learner.work()
    importing = "SELECT 1 FROM course.imports WHERE state IN ('queued', 'running')"
    eventually(lambda: not installation.rows(importing), "the end of all imports", seconds=60)
    eventually(lambda: _nothing_waits(installation), "the end of all events", seconds=60)
    aftermath.stored_versions_are_whole(installation, publisher)
    aftermath.imports_happened_once(installation, importer, course_id)
    for learner in learners:
        aftermath.promises_to_learners_are_kept(learner)
    aftermath.everybody_is_through(learners)
    aftermath.events_happened_once(installation, learners)


def _nothing_waits(installation):
    return not any(
        installation.rows("SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1", module=module)
        for module in aftermath.MODULES
    )
