"""Assessment and progress each in a process of its own, on the Kafka that the host and its workers use."""

from contextlib import ExitStack

import httpx
import pytest
from story.arriving import register
from story.journey import take_to_the_end
from story.studying import Study
from story.watching import Watcher, session_cookie
from websockets.exceptions import ConnectionClosed


def test_a_learner_takes_a_course_to_the_end_though_two_modules_run_elsewhere(installation, author, course):
    take_to_the_end(installation, author, course)


def test_each_of_them_has_nothing_but_its_own_tables(installation, addresses):
    for module, address in addresses.items():
        schemas = installation.rows(
            module,
            "SELECT schema_name FROM information_schema.schemata "
            "WHERE schema_name NOT LIKE 'pg_%' AND schema_name NOT IN ('public', 'information_schema')",
        )
        assert [row.schema_name for row in schemas] == [module]
        assert f"database of {module}" in httpx.get(f"{address}/readyz").json()["checks"]


def test_a_learner_is_told_live_how_far_it_is_by_the_host_and_by_progress_itself(
    installation, author, course, addresses
):
    learner = register(installation, "Livia Learner")
    learner.post(f"/api/v1/courses/{course}/enrolment")
    study = Study(learner, course)
    cookie = session_cookie(installation.address, learner.email, learner.password)
    with ExitStack() as open_connections:
        watchers = []
        for address in (installation.address, addresses["progress"]):
            ticket = learner.ask("POST", f"{address}/api/v1/live/tickets").json()["ticket"]
            watchers += [Watcher(address, cookie=cookie), Watcher(address, ticket=ticket)]
        for watcher in watchers:
            open_connections.enter_context(watcher)
            watcher.watch(f"progress/{course}")
        study.read_all()
        study.answer_all(author)
        cursors = {watcher.hears(course_id=course, percentage=100)["cursor"] for watcher in watchers}
    assert len(cursors) == 1


def test_a_stranger_gets_no_ticket_and_hears_nothing_from_either(installation, course, addresses):
    for address in (installation.address, addresses["progress"]):
        assert httpx.post(f"{address}/api/v1/live/tickets").status_code == 401
        with Watcher(address) as watcher, pytest.raises(ConnectionClosed) as ended:
            watcher.watch(f"progress/{course}")
        assert ended.value.rcvd.code == 4401
