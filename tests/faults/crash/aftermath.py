"""What has to be true after a crash at any moment."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from crash.installation import Installation
from crash.people import Importer, Learner, Person, Publisher

MODULES = ("identity", "auth", "course", "assessment", "progress")


def promises_to_learners_are_kept(learner: Learner) -> None:
    """Every answer and every submission that was acknowledged is there."""
    if learner.enrolled:
        mine = learner.person.get("/api/v1/enrolments")["items"]
        assert [each["course_id"] for each in mine] == [learner.course_id]
    for attempt_id in {attempt_id for attempt_id, _ in learner.answers}:
        attempt = learner.person.get(f"/api/v1/attempts/{attempt_id}")
        kept = {slot["slot"]: slot["response"] for section in attempt["sections"] for slot in section["slots"]}
        for (answered, slot), possible in learner.answers.items():
            if answered == attempt_id:
                assert kept[slot] in possible, f"{slot} of {attempt_id}: {kept[slot]} is none of {possible}"
        if attempt_id in learner.submitted:
            assert (attempt["state"], attempt["submitted_by"]) == ("graded", "learner")


def published_versions_are_whole(publisher: Publisher, reader: Person) -> None:
    """What learners see is one complete draft; versions that were acknowledged are there as they were."""
    versions = publisher.person.get(f"/api/v1/courses/{publisher.course_id}/versions?limit=100")["items"]
    numbers = [version["number"] for version in versions]
    assert numbers == list(range(numbers[0], numbers[0] - len(numbers), -1))
    assert [version["current"] for version in versions] == [True] + [False] * (len(versions) - 1)
    found = {version["number"]: (version["content_hash"], version["note"]) for version in versions}
    for number, promised in publisher.promised.items():
        if number >= numbers[-1]:
            assert found[number] == promised
    outline = reader.get(f"/api/v1/courses/{publisher.course_id}/outline")
    assert outline["number"] == numbers[0]
    words = set()
    for page in (
        page for section in outline["sections"] for lesson in section["children"] for page in lesson["children"]
    ):
        shown = reader.get(f"/api/v1/courses/{publisher.course_id}/pages/{page['id']}")
        assert (shown["number"], len(shown["blocks"])) == (numbers[0], len(page["children"]))
        words |= {block["content"]["html"] for block in shown["blocks"]}
    assert words == {f"<p>{versions[0]['note']}</p>"}


def stored_versions_are_whole(installation: Installation, publisher: Publisher) -> None:
    """Every version ever published: its blocks are all there, of one draft, and its hash is that of its content."""
    course = publisher.course_id
    by_word: dict[str, set[str]] = {}
    for version in installation.rows("SELECT * FROM course.versions WHERE course_id = %s ORDER BY number", course):
        blocks = installation.rows(
            "SELECT * FROM course.version_blocks WHERE course_id = %s AND number = %s", course, version["number"]
        )
        places = list(_places(version["structure"]["sections"], ()))
        assert {place[-1] for place in places} == set(version["hashes"])
        assert {str(block["id"]) for block in blocks} == set(publisher.blocks)
        if version["note"]:
            assert {block["content"]["html"] for block in blocks} == {f"<p>{version['note']}</p>"}
        content = [version["title"], *([list(place), version["hashes"][place[-1]]] for place in places)]
        assert version["content_hash"] == _hash(content)
        by_word.setdefault(version["note"], set()).add(version["content_hash"])
    assert all(len(hashes) == 1 for hashes in by_word.values())
    assert len(set.union(*by_word.values())) == len(by_word)


def imports_happened_once(installation: Installation, importer: Importer, example: str) -> None:
    """Every import that was acknowledged, and every other that began, made one course that is like the example."""
    imports = installation.rows("SELECT id, course_id, state, problem FROM course.imports")
    assert {str(each["id"]) for each in imports} >= set(importer.promised)
    assert Counter(each["state"] for each in imports) == {"succeeded": len(imports)}
    made = {str(each["course_id"]): _parts(installation, str(each["course_id"])) for each in imports}
    assert all(parts == made[example] for parts in made.values()), made
    created = installation.rows("SELECT id FROM course.courses")
    assert len(created) == len(imports) + 1  # the publisher's course came without an import
    kept = {path.name for path in (installation.data_dir / "objects").rglob("imports/*")}
    assert kept.isdisjoint(str(each["id"]) for each in imports)


def _parts(installation: Installation, course_id: str) -> dict[str, int]:
    """How many there are of everything that a course consists of."""
    counts = {
        "nodes": "SELECT count(*) FROM course.nodes WHERE course_id = %s",
        "sections": "SELECT jsonb_array_length(tree) FROM course.drafts WHERE id = %s",
        "versions": "SELECT count(*) FROM course.versions WHERE course_id = %s",
        "blocks": "SELECT count(*) FROM course.version_blocks WHERE course_id = %s",
        "quizzes": "SELECT count(*) FROM assessment.quizzes WHERE course_id = %s",
        "banks": "SELECT count(*) FROM assessment.banks WHERE course_id = %s",
        "items": "SELECT count(*) FROM assessment.items i, assessment.banks b WHERE bank_id = b.id AND course_id = %s",
        "outlines": "SELECT count(*) FROM progress.courses WHERE id = %s",
    }
    return {name: next(iter(installation.rows(count, course_id)[0].values())) for name, count in counts.items()}


def events_happened_once(installation: Installation, learners: list[Learner]) -> None:
    """One event for each fact, nothing that waits, nothing that died."""
    attempts = installation.rows("SELECT id, state FROM assessment.attempts")
    graded = {str(attempt["id"]) for attempt in attempts if attempt["state"] == "graded"}
    finals = _events(installation, "assessment", "lyceum.assessment.attempt.graded.v1")
    assert Counter(event["attempt_id"] for event in finals if event["final"]) == Counter(graded)
    started = _events(installation, "assessment", "lyceum.assessment.attempt.started.v1")
    assert Counter(event["attempt_id"] for event in started) == Counter(str(attempt["id"]) for attempt in attempts)
    published = _events(installation, "course", "lyceum.course.course.published.v1")
    versions = installation.rows("SELECT course_id, number FROM course.versions")
    assert Counter((event["course_id"], event["number"]) for event in published) == Counter(
        (str(version["course_id"]), version["number"]) for version in versions
    )
    completed = _events(installation, "progress", "lyceum.progress.course.completed.v1")
    people = installation.rows("SELECT user_id, course_id FROM progress.learners WHERE completed_at IS NOT NULL")
    assert Counter((event["user_id"], event["course_id"]) for event in completed) == Counter(
        (str(person["user_id"]), str(person["course_id"])) for person in people
    )
    assert len(completed) == len(learners)
    for module in MODULES:
        assert installation.rows("SELECT * FROM dead_letters", module=module) == []
        assert installation.rows("SELECT * FROM outbox WHERE published_at IS NULL", module=module) == []
        assert installation.rows("SELECT * FROM procrastinate_jobs WHERE status = 'failed'", module=module) == []


def everybody_is_through(learners: list[Learner]) -> None:
    """Each learner has completed the course, and is told so."""
    for learner in learners:
        progress = learner.person.get(f"/api/v1/progress/courses/{learner.course_id}")
        assert (progress["percentage"], progress["remaining"]) == (100, 0)
        assert learner.person.get("/api/v1/enrolments")["items"][0]["state"] == "completed"


def _events(installation: Installation, module: str, event_type: str) -> list[dict[str, Any]]:
    rows = installation.rows("SELECT data FROM outbox WHERE type = %s", event_type, module=module)
    return [row["data"] for row in rows]


def _places(nodes: list[dict[str, Any]], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        place = (*above, node["id"])
        yield place
        yield from _places(node["children"], place)


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
