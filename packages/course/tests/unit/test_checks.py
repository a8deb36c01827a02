"""What is looked at before a draft is published."""

from uuid import UUID

import pytest

from lyceum.course.domain.checks import check_draft
from lyceum.course.domain.content import Caption, File, Problem, RichText, Video, VideoSource
from lyceum.course.domain.entities import NodeChange
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports import SomeChildren


def findings(sketch, *assets):
    titles = {None: None} | {node.id: node.title for node in sketch.nodes.values()}
    found = check_draft(sketch.draft, sketch.nodes, set(assets))
    return [(finding.severity, finding.code, titles[finding.node_id]) for finding in found]


def test_a_course_with_a_block_is_fine(sketch):
    assert findings(sketch.page("text")) == []


def test_a_course_without_anything_to_study_is_empty(sketch, now):
    assert findings(sketch.page()) == [("error", "empty", None)]
    sketch.add("text", "page")
    sketch["section"].edit(NodeChange(visibility=NodeVisibility.HIDDEN), now=now)
    assert findings(sketch) == [("error", "empty", None)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (Problem(), ("error", "no-quiz")),
        (RichText(html="  "), ("warning", "no-content")),
        (Video(), ("warning", "no-content")),
        (RichText(html='<img src="asset:a%20b.png">'), ("warning", "missing-asset")),
        (File(asset="a b.pdf"), ("warning", "missing-asset")),
        (Video(sources=(VideoSource(kind="asset", value="film.mp4"),)), ("warning", "missing-asset")),
        (
            Video(
                sources=(VideoSource(kind="youtube", value="x"),), captions=(Caption(language="en", asset="en.vtt"),)
            ),
            ("warning", "missing-asset"),
        ),
        (
            Video(sources=(VideoSource(kind="youtube", value="x"),), transcript="text.txt"),
            ("warning", "missing-asset"),
        ),
        (RichText(html='<a href="node:nowhere">x</a>'), ("warning", "dead-link")),
    ],
)
def test_a_block_that_lacks_something_is_found(sketch, content, expected):
    sketch.page("text")
    sketch.add("odd", "page", content=content)
    assert findings(sketch) == [(*expected, "odd")]


def test_what_is_there_is_no_finding(sketch):
    sketch.page("text")
    html = (
        f'<img src="asset:a%20b.png"><a href="node:lesson-1">by source</a><a href="node:{sketch.id("page")}">by id</a>'
    )
    sketch.add("links", "page", content=RichText(html=html))
    sketch["lesson"].source = "lesson-1"
    sketch.add("quiz", "page", content=Problem(quiz_id=UUID(int=1)))
    assert findings(sketch, "a b.png") == []


def test_requiring_what_learners_do_not_see_is_an_error(sketch, now):
    sketch.page("one", "two")
    sketch["two"].edit(NodeChange(requires=(sketch.id("one"),)), now=now)
    assert findings(sketch) == []
    sketch["one"].edit(NodeChange(visibility=NodeVisibility.HIDDEN), now=now)
    assert findings(sketch) == [("error", "requires-hidden", "two")]


def two_pages(sketch):
    sketch.page("one")
    sketch.add("second page", "lesson")
    sketch.add("two", "second page")


@pytest.mark.parametrize(
    "requires",
    [
        {"one": ["two"], "two": ["one"]},
        {"one": ["page"]},
        {"page": ["one"]},
        {"section": ["two"]},
        {"page": ["second page"], "two": ["one"]},
        {"page": ["two"], "second page": ["one"]},
        {"lesson": ["section"]},
    ],
)
def test_what_can_never_be_opened_is_an_error(sketch, now, requires):
    two_pages(sketch)
    for name, wanted in requires.items():
        sketch[name].edit(NodeChange(requires=tuple(map(sketch.id, wanted))), now=now)
    found = findings(sketch)
    assert found
    assert {code for _, code, _ in found} == {"requires-itself"}


def test_a_bonus_may_require_the_page_that_it_is_on(sketch, now):
    sketch.page("one", "bonus")
    sketch["bonus"].edit(NodeChange(requires=(sketch.id("page"),), optional=True), now=now)
    assert findings(sketch) == []


def test_a_chain_of_three_hundred_parts_is_followed_to_its_end(sketch, now):
    sketch.page("0")
    for number in range(1, 300):
        sketch.add(str(number), "page")
        sketch[str(number)].edit(NodeChange(requires=(sketch.id(str(number - 1)),)), now=now)
    assert findings(sketch) == []
    sketch["0"].edit(NodeChange(requires=(sketch.id("299"),)), now=now)
    assert len(findings(sketch)) == 300


@pytest.mark.parametrize("requires", [{"second page": ["page"]}, {"two": ["one", "page"]}])
def test_what_opens_later_is_fine(sketch, now, requires):
    two_pages(sketch)
    for name, wanted in requires.items():
        sketch[name].edit(NodeChange(requires=tuple(map(sketch.id, wanted))), now=now)
    assert findings(sketch) == []


def test_asking_for_more_children_than_there_are_is_an_error(sketch, now):
    sketch.page("one", "two")
    sketch["page"].edit(NodeChange(completion=SomeChildren(count=2)), now=now)
    assert findings(sketch) == []
    sketch["one"].edit(NodeChange(visibility=NodeVisibility.HIDDEN), now=now)
    assert findings(sketch) == [("error", "too-few-children", "page")]
