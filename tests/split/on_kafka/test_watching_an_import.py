"""An import followed live: a worker does it, the host tells of it, and nobody else hears."""

from contextlib import ExitStack
from itertools import groupby
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from story.arriving import register
from story.courses import sample_archive, upload
from story.watching import Watcher, session_cookie

STAGES = ["unpacking", "reading", "problems", "saving"]  # the sample course has no files of its own


class Followed(NamedTuple):
    """An import, all that was told of it on a page, and what an application heard of it before its connection broke."""

    id: str
    topic: str
    told: list[Any]
    heard_by_application: list[Any]


def ticket_of(person):
    return person.post("/api/v1/live/tickets")["ticket"]


@pytest.fixture(scope="module")
def followed(installation, author, tmp_path_factory):
    """Watched from before its beginning: the workers wait until somebody looks."""
    archive = sample_archive(tmp_path_factory.mktemp("watched"))
    address = installation.address
    cookie = session_cookie(address, author.email, author.password)
    with Watcher(address, cookie=cookie) as page, Watcher(address, ticket=ticket_of(author)) as application:
        with ExitStack() as held:
            for worker in installation.workers:
                held.enter_context(worker.paused())
            import_id = upload(author, archive)
            topic = f"imports/{import_id}"
            page.watch(topic)
            application.watch(topic)
        heard = [application.hear()]
        application.hang_up()
        return Followed(import_id, topic, page.hears_until("import.ended"), heard)


def test_the_stages_of_an_import_are_told_in_order_to_its_end(author, followed):
    *steps, end = followed.told
    assert {step["type"] for step in steps} == {"import.moved"}
    assert [stage for stage, _ in groupby(step["data"]["stage"] for step in steps)] == STAGES
    for _, of_stage in groupby((step["data"] for step in steps), key=lambda step: step["stage"]):
        done = [(step["done"], step["total"]) for step in of_stage]
        assert done == sorted(done)
        assert all(count <= total for count, total in done)
    assert end["data"] == {"import_id": followed.id, "state": "succeeded"}
    assert author.get(f"/api/v1/imports/{followed.id}")["state"] == "succeeded"


def test_whoever_comes_back_after_a_gap_hears_exactly_what_was_missed(installation, author, followed):
    heard = followed.heard_by_application
    with Watcher(installation.address, ticket=ticket_of(author)) as again:
        assert again.subscribe(followed.topic, after=heard[-1]["cursor"])["op"] == "subscribed"
        assert heard + again.hears_until("import.ended") == followed.told


def test_one_can_go_on_from_every_place_and_nothing_is_told_behind_the_end(installation, author, followed):
    with Watcher(installation.address, ticket=ticket_of(author)) as again:
        for place, message in enumerate(followed.told, start=1):
            assert again.subscribe(followed.topic, after=message["cursor"])["op"] == "subscribed"
            assert again.has_heard() == followed.told[place:]


def test_somebody_elses_import_is_refused_as_if_there_were_none(installation, followed):
    other = register(installation, "Olga Other")
    installation.administrator.give_role(other, "author")
    with Watcher(installation.address, ticket=ticket_of(other)) as stranger:
        for topic in (followed.topic, f"imports/{uuid4()}"):
            assert stranger.subscribe(topic) == {"op": "refused", "topic": topic, "code": "course.import-not-found"}
            cursor = followed.told[0]["cursor"]
            assert stranger.subscribe(topic, after=cursor)["op"] == "refused"
        assert stranger.has_heard() == []
