"""`lyceum up` with its embedded PostgreSQL, killed while it starts, while it loads its samples, and while it serves."""

import os
import random
import signal
import socket
import threading
import time
from contextlib import suppress

import httpx
import psycopg
import pytest
from crash.installation import Nursery, eventually
from crash.people import Learner, Person
from sqlalchemy import make_url
from story.watching import Watcher

from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum_host.samples import COURSES, PEOPLE

SEED = int(os.environ.get("LYCEUM_FAULTS_SEED", "20261122"))
MODULES = ("identity", "auth", "course", "assessment", "progress")


class Everything:
    """`lyceum up` on a folder. What it says is in `log`."""

    def __init__(self, nursery, data_dir):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._nursery = nursery
        self._data_dir = data_dir
        self._log = data_dir / "log"
        self._process = None

    def start(self):
        self._log.write_bytes(b"")
        settings = {"LYCEUM_DATA_DIR": str(self._data_dir), "LYCEUM_JOBS_STALLED_AFTER": "2"}
        settings["LYCEUM_JOBS_HEARTBEAT_INTERVAL"] = "0.3"
        self._process = self._nursery.start("up", "--port", str(self.port), environment=settings, log=self._log)

    def until_it_says(self, words):
        eventually(lambda: words in self._log.read_text(), f"{words!r} in {self._log}", seconds=120)

    def kill(self):
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process, signal.SIGKILL)
            self._process = None


@pytest.fixture
def everything(tmp_path):
    nursery = Nursery()
    everything = Everything(nursery, tmp_path)
    yield everything
    everything.kill()
    nursery.close()
    EmbeddedPostgres(tmp_path).delete()


def is_told_live(everything, course_id):
    """Somebody else takes the course to its end, and watches on two devices."""
    person = Person(everything.address, PEOPLE[0].email, threading.Event())
    person.sign_in(PEOPLE[0].password)
    person.post(f"/api/v1/courses/{course_id}/enrolment")
    ticket = person.post("/api/v1/live/tickets")["ticket"]
    with Watcher(everything.address, cookie=person.session) as page, Watcher(everything.address, ticket=ticket) as app:
        for watcher in (page, app):
            watcher.watch(f"progress/{course_id}")
        Learner(person, course_id).work()
        assert page.hears(percentage=100) == app.hears(percentage=100)


@pytest.mark.slow
def test_a_person_who_pulls_the_plug_again_and_again_finds_everything_once(everything, tmp_path):
    chance = random.Random(SEED)
    for moment in ("starting the database", "migrating", "loading the sample course"):
        everything.start()
        everything.until_it_says(moment)
        time.sleep(chance.uniform(0.05, 0.8))
        everything.kill()
    everything.start()
    everything.until_it_says("serving after")
    stop = threading.Event()
    person = Person(everything.address, PEOPLE[-1].email, stop)
    person.sign_in(PEOPLE[-1].password)
    course = person.get("/api/v1/catalogue")["items"][0]
    learner = Learner(person, course["id"])
    plug = threading.Timer(chance.uniform(0.1, 0.5), everything.kill)
    plug.start()
    with suppress(httpx.TransportError):
        learner.work()
    plug.join()
    everything.start()
    everything.until_it_says("serving after")
    learner.work()
    is_told_live(everything, course["id"])
    eventually(lambda: person.get("/api/v1/enrolments")["items"][0]["state"] == "completed", "the end of the course")
    assert len(person.get("/api/v1/catalogue")["items"]) == len([each for each in COURSES.iterdir() if each.is_dir()])
    with EmbeddedPostgres(tmp_path) as server:
        url = make_url(server.url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            for module in MODULES:
                dead = psycopg.sql.SQL("SELECT * FROM {}.dead_letters").format(psycopg.sql.Identifier(module))
                assert connection.execute(dead).fetchall() == []
            completions = "SELECT count(*) FROM progress.outbox WHERE type = 'lyceum.progress.course.completed.v1'"
            assert connection.execute(completions).fetchone() == (2,)  # one for each of the two who took the course
