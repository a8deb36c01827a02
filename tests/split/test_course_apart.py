"""Course in a process of its own, the host talking to it."""

import httpx
import pytest
from story.arriving import register
from story.journey import completions, take_to_the_end
from story.people import Refused
from story.studying import Study, nodes

SCHEMAS = "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT LIKE 'pg_%'"
SYSTEM = {"public", "information_schema"}


def schemas(installation, module):
    return {row.schema_name for row in installation.rows(module, SCHEMAS)} - SYSTEM


def test_a_learner_takes_a_course_to_the_end_and_notices_nothing(installation, author, course):
    take_to_the_end(installation, author, course)


def test_nothing_of_course_is_with_the_host_and_nothing_else_is_with_course(installation, apart):
    assert schemas(installation, "course") == {"course"}
    assert schemas(installation, "progress") == set(installation.databases) - {"course"}
    checks = httpx.get(f"{apart}/readyz").json()["checks"]
    assert list(checks) == ["database of course"]
    assert httpx.get(f"{apart}/api/v1/catalogue").status_code == 200


def test_the_jobs_of_course_run_in_its_own_process(installation, course):
    jobs = installation.rows("course", "SELECT task_name, status::text FROM course.procrastinate_jobs")
    assert ("course.import", "succeeded") in [tuple(job) for job in jobs]
    workers = installation.rows("course", "SELECT count(*) AS workers FROM course.procrastinate_workers")
    assert workers[0].workers == 1


def test_events_of_course_reach_the_others_once_and_come_to_it_from_them(installation, author, course):
    installation.settle()
    published = installation.rows(
        "course",
        "SELECT id FROM course.outbox WHERE type = 'lyceum.course.course.published.v1' AND subject = :course",
        course=course,
    )
    assert len(published) == 1
    assert installation.rows("progress", "SELECT 1 FROM progress.inbox WHERE event_id = :id", id=published[0].id)


def test_while_course_is_away_the_rest_goes_on_and_tells_it_later(installation, author, course, course_process, apart):
    learner = register(installation, "Lara Learner")
    learner.post(f"/api/v1/courses/{course}/enrolment")
    study = Study(learner, course)
    study.answer_all(author)
    installation.settle()
    course_process.stop()
    try:
        with pytest.raises(Refused) as refusal:
            learner.get("/api/v1/enrolments")
        assert (refusal.value.status, refusal.value.code) == (503, "unavailable")
        study.tell_seen([node["id"] for node in nodes(study.outline) if node["kind"] == "block"])
        study.reaches(100)
        assert completions(installation, learner) == [0]
    finally:
        course_process.start()
        course_process.serves(apart)
    installation.settle()
    assert completions(installation, learner) == [1]
    assert study.enrolment()["state"] == "completed"
    assert installation.dead_letters() == []
