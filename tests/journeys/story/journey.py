"""The learner's journey, the same wherever the modules run."""

from story.arriving import register
from story.installation import Installation
from story.people import Person
from story.studying import Study

COMPLETED = "lyceum.progress.course.completed.v1"


def take_to_the_end(installation: Installation, author: Person, course_id: str) -> None:
    """A new learner finds the course, takes it, does everything in it, and has completed it exactly once."""
    learner = register(installation, "Lena Learner")
    title = author.get(f"/api/v1/courses/{course_id}")["title"]
    [found] = [entry for entry in learner.every("/api/v1/catalogue", q=title) if entry["id"] == course_id]
    assert learner.get(f"/api/v1/catalogue/{found['slug']}")["open_for_enrolment"]

    assert learner.post(f"/api/v1/courses/{course_id}/enrolment")["state"] == "active"
    study = Study(learner, course_id)
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
    assert installation.dead_letters() == []


def completions(installation: Installation, learner: Person) -> list[int]:
    """For each event that the learner has completed a course, how often course took it."""
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
