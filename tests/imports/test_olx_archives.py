"""Courses of Open edX, by the command of operators: nothing is lost without a line, and problems can be solved."""

from collections import Counter

import pytest

pytestmark = pytest.mark.slow

REAL = ["olx/demo-course.tar.gz", "olx/demo-content-library.tar.gz"]


@pytest.fixture(scope="package", params=["ours", *REAL])
def walked(request, imported_by_command, shared_archive, tmp_path_factory):
    """The archive as a reader of its own sees it, and the course that the command made of it."""
    from foreign.olx import Archive
    from foreign.own_olx import write_course

    if request.param == "ours":
        path = write_course(tmp_path_factory.mktemp("olx") / "ours.tar.gz")
    else:
        path = shared_archive(request.param)
    return Archive(path), imported_by_command(path)


def test_the_demo_course_has_its_six_sections_seventeen_lessons_and_fifty_eight_pages(
    shared_archive, imported_by_command
):
    course = imported_by_command(shared_archive("olx/demo-course.tar.gz"))
    assert course.totals("section", "lesson", "page") == [6, 17, 58]
    assert course.totals("problem", "video") == [29, 11]


def test_the_report_gives_reasons_and_counts_right(walked):
    walked[1].check_report()


def test_every_element_has_a_line_of_its_kind(walked):
    archive, course = walked
    elements = archive.nodes()
    assert course.fates(archive.root.source)
    assert [node.source for node in elements if not course.fates(node.source, node.kind)] == []
    for kind, number in Counter(node.kind for node in elements).items():
        made = [item for item in course.items if item["kind"] == kind and "made for" in item["reason"]]
        assert course.totals(kind) == [number + len(made)], kind


def test_every_question_has_a_line(walked):
    from foreign.olx import responses

    archive, course = walked
    asked = Counter()
    for problem in archive.nodes("problem"):
        for number, (tag, _) in enumerate(responses(problem.element), 1):
            asked[tag] += 1
            assert course.fates(f"{problem.source}#{number}", tag)
    assert sum(asked.values()) > 5
    for tag, number in asked.items():
        assert course.totals(tag) == [number]


def test_every_file_is_spoken_of(walked):
    archive, course = walked
    assert archive.unaccounted(course.sources) == []


def test_every_file_that_is_named_and_not_there_has_a_line(walked):
    archive, course = walked
    absent = archive.absent_files()
    assert absent or archive.root.tag == "library"
    assert [name for name in absent if course.fates(name, "reference") != ["dropped"]] == []


async def test_the_course_holds_what_the_report_says(walked):
    archive, course = walked
    if archive.root.tag == "library":
        pages = [
            page for section in await course.draft() for lesson in section["children"] for page in lesson["children"]
        ]
        assert [len(page["children"]) for page in pages] == [1] * len(archive.nodes("problem"))
        return
    level = await course.draft()
    for tag in ("chapter", "sequential", "vertical"):
        nodes = archive.nodes(tag)
        assert [node["title"] for node in level[: len(nodes)]] == [node.title for node in nodes]
        if tag != "vertical":
            level = [child for node in level for child in node["children"]]
    for page, vertical in zip(level, archive.nodes("vertical"), strict=False):
        assert len(page["children"]) == sum(blocks_of(node, course) for node in vertical.children), vertical.source


def blocks_of(node, course):
    """How many blocks the report promises for an element of a page."""
    if node.children:
        return sum(blocks_of(child, course) for child in node.children)
    handouts = course.fates(f"{node.source}#handout", "file") == ["imported"]
    return (course.fates(node.source, node.kind) != ["dropped"]) + handouts


async def test_every_problem_scores_its_right_answer_right_and_a_wrong_one_wrong(walked):
    """Through the stored quiz: start, answer, hand in, read the score."""
    from foreign.answering import check_quiz
    from foreign.olx import ANSWERABLE, key_of, responses

    archive, course = walked
    kept = [problem for problem in archive.nodes("problem") if course.fates(problem.source, "problem") != ["dropped"]]
    quizzes = await course.quizzes()
    assert len(quizzes) == len(kept)
    solved = Counter()
    for problem, (title, quiz_id) in zip(kept, quizzes, strict=True):
        assert title == problem.title or title.startswith("Problem")
        keys = [
            key_of(tag, element)
            for number, (tag, element) in enumerate(responses(problem.element), 1)
            if course.fates(f"{problem.source}#{number}", tag) != ["dropped"]
        ]
        await check_quiz(course, quiz_id, keys)
        solved.update(key.type for key in keys)
    assert set(solved) == set(ANSWERABLE.values()) or archive.root.tag == "library"
    assert sum(solved.values()) == sum(
        course.counts[tag]["imported"] + course.counts[tag]["changed"] for tag in ANSWERABLE if tag in course.counts
    )
    # Of the kinds that Lyceum has, nothing may stay behind but what a script makes.
    left = [item for item in course.items if item["kind"] in ANSWERABLE and item["outcome"] == "dropped"]
    assert [item["reason"] for item in left if "made by a script" not in item["reason"]] == []
