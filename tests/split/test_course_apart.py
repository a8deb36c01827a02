"""Course in a process of its own, the host talking to it."""

import httpx
from story.journey import take_to_the_end

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
    assert httpx.get(f"{apart}/api/v1/me").status_code == 404


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
