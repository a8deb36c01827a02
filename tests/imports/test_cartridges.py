"""Common Cartridges: what the manifest names is in the course or in the loss report, and quizzes can be solved."""

from collections import Counter

import pytest

# Sections, lessons and pages of each.
REAL = {
    "allyworkshop": [5, 5, 18],
    "assignment-rubrics": [1, 1, 1],
    "canvas_cc_gem_course": [1, 1, 3],
    "latex": [1, 1, 2],
    "multiple-pages": [1, 1, 3],
    "rich-content-cc-file": [1, 1, 1],
    "single-discussion": [1, 1, 1],
    "single-page": [1, 1, 1],
}
OURS = [2, 2, 9]


@pytest.fixture(scope="package")
def our_cartridge(tmp_path_factory):
    from foreign.own_cartridge import write_cartridge

    return write_cartridge(tmp_path_factory.mktemp("cartridges") / "ours.imscc")


@pytest.fixture(params=["ours", *REAL])
async def walked(request, imported, shared_archive, our_cartridge):
    """The cartridge as a reader of its own sees it, the course that came of it, and the outline that it must have."""
    from foreign.cartridge import Cartridge

    if request.param == "ours":
        return Cartridge(our_cartridge), await imported(our_cartridge), OURS
    path = shared_archive(f"common-cartridge/{request.param}.imscc")
    return Cartridge(path), await imported(path), REAL[request.param]


def test_nothing_is_lost_without_a_line(walked):
    cartridge, course, outline = walked
    course.check_report()
    assert course.totals("section", "lesson", "page") == outline
    assert cartridge.lost_items(course.sources) == []
    assert cartridge.lost_resources(course.sources) == []
    assert cartridge.lost_files(course.sources) == []


def test_every_question_has_a_line(walked):
    cartridge, course, _ = walked
    asked = Counter()
    for identifier, document in cartridge.questions():
        assert course.fates(f"resource/{identifier}", "problem")
        for item in document.iter():
            if item.tag.endswith("}item"):
                entries = [entry.text for entry in item.iter() if entry.tag.endswith("}fieldentry")]
                asked[entries[0]] += 1
    for kind, number in asked.items():
        assert course.totals(kind) == [number]


async def test_the_course_holds_what_the_report_says(walked):
    _, course, _ = walked
    sections = await course.draft()
    lessons = [lesson for section in sections for lesson in section["children"]]
    pages = [page for lesson in lessons for page in lesson["children"]]
    for kind, there in (("section", sections), ("lesson", lessons), ("page", pages)):
        assert len(there) == course.counts[kind]["total"] - course.counts[kind]["dropped"]
    promised = [item for item in course.items if item["kind"] == "page" and "so it is empty" in item["reason"]]
    assert len([page for page in pages if not page["children"]]) == len(promised)


async def test_our_quiz_scores_right_answers_right_and_wrong_ones_wrong(imported, our_cartridge):
    from foreign.answering import check_quiz
    from foreign.own_cartridge import KEYS, QUESTIONS

    course = await imported(our_cartridge)
    marked, unmarked = QUESTIONS[: len(KEYS)], QUESTIONS[len(KEYS) :]
    assert [course.counts[kind]["dropped"] for kind, *_ in unmarked] == [1, 1]
    assert [course.counts[kind]["dropped"] for kind, *_ in marked] == [0] * len(KEYS)
    [quiz_id] = [quiz_id for title, quiz_id in await course.quizzes() if title == "Everything"]
    await check_quiz(course, quiz_id, KEYS)


async def test_limits_of_the_cartridge_hold_for_the_quiz(imported, our_cartridge):
    course = await imported(our_cartridge)
    [quiz_id] = [quiz_id for title, quiz_id in await course.quizzes() if title == "Everything"]
    async with course.client("assessment", await course.learner()) as client:
        standing = (await client.get(f"/api/v1/quizzes/{quiz_id}")).json()
        assert (standing["mode"], standing["time_limit"], standing["attempts_left"]) == ("quiz", 45 * 60, 2)
        for expected in (200, 200, 409):
            started = await client.post(f"/api/v1/quizzes/{quiz_id}/attempts")
            assert started.status_code == expected
            if expected == 200:
                await client.post(f"/api/v1/attempts/{started.json()['id']}/submission")
        assert started.json()["reason"] == "limit_reached"
