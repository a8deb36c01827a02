"""From registering to a completed course, over HTTP alone."""

import pytest
from story.arriving import register
from story.courses import demo_archive, import_by_command, import_by_upload, sample_archive
from story.studying import Study

COMPLETED = "lyceum.progress.course.completed.v1"


@pytest.fixture
def course(request, installation, author, tmp_path):
    """The id and the kind of course that the parameter names."""
    if request.param == "sample":
        report = import_by_command(installation, sample_archive(tmp_path), author)
    else:
        report = import_by_upload(author, demo_archive())
    return report["course_id"]


def completions(installation, learner):
    """The events that say so, and how many of them each reached course."""
    events = installation.rows(
        "progress",
        "SELECT id FROM progress.outbox WHERE type = :type AND data ->> 'user_id' = :learner",
        type=COMPLETED,
        learner=learner.id,
    )
    return [
        len(installation.rows("course", "SELECT 1 FROM course.inbox WHERE event_id = :id", id=event.id))
        for event in events
    ]


@pytest.mark.parametrize("course", ["sample", "demo"], indirect=True)
def test_a_learner_takes_a_course_to_the_end(installation, author, course):
    learner = register(installation, "Lena Learner")
    title = author.get(f"/api/v1/courses/{course}")["title"]
    found = learner.every("/api/v1/catalogue", q=title)
    assert course in [entry["id"] for entry in found]
    assert course in [entry["id"] for entry in learner.every("/api/v1/catalogue", limit=1)]

    assert learner.post(f"/api/v1/courses/{course}/enrolment")["state"] == "active"
    study = Study(learner, course)
    before = study.explain()
    assert before["percentage"] == 0
    assert before["unmet"]

    assert study.read_all() > 0
    assert 0 < study.percentage() < 100
    assert study.answer_all(author) > 0
    study.reaches(100)
    after = study.explain()
    assert (after["unmet"], after["locked"]) == ([], [])
    assert after["completed_at"] is not None

    installation.settle()
    assert completions(installation, learner) == [1]
    assert study.enrolment()["state"] == "completed"

    study.say_it_all_again()
    installation.settle()
    assert completions(installation, learner) == [1]
    assert study.explain() == after
    assert "0 waiting" in installation.lyceum("events", "list", "--module", "progress")
    assert installation.lyceum("events", "dead") == ""
