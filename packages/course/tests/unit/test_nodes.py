"""Nodes: what authors may say about them."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter, ValidationError

from lyceum.course.domain.content import BlockContent, Problem, RichText, Video
from lyceum.course.domain.entities import NodeChange
from lyceum.course.domain.entities.node import MAX_REQUIREMENTS
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports import AllChildren, Answered, ScoreAtLeast, SomeChildren, Viewed
from lyceum.kernel.errors import ValidationFailed

_CONTENT = TypeAdapter(BlockContent)


def test_a_rule_follows_from_what_a_node_is(sketch):
    sketch.page("text")
    sketch.add("quiz", "page", content=Problem())
    assert [sketch[name].completion for name in ("section", "text", "quiz")] == [AllChildren(), Viewed(), Answered()]


@pytest.mark.parametrize(("kind", "rule"), [("text", AllChildren()), ("page", Viewed()), ("section", Answered())])
def test_a_rule_fits_its_kind_of_node(sketch, now, kind, rule):
    sketch.page("text")
    with pytest.raises(ValidationFailed) as refused:
        sketch[kind].edit(NodeChange(completion=rule), now=now)
    assert refused.value.extensions["errors"][0]["pointer"] == "/completion/rule"


@pytest.mark.parametrize("share", ["0.00001", "1E-1000000000", "0.12345"])
def test_a_share_has_four_decimal_places(sketch, now, share):
    sketch.page("text")
    with pytest.raises(ValidationFailed):
        sketch["text"].edit(NodeChange(completion=ScoreAtLeast(share=Decimal(share))), now=now)
    sketch["text"].edit(NodeChange(completion=ScoreAtLeast(share=Decimal("0.6667"))), now=now)


def test_a_count_of_children_has_a_limit(sketch, now):
    sketch.page()
    with pytest.raises(ValidationFailed):
        sketch["page"].edit(NodeChange(completion=SomeChildren(count=10**30)), now=now)


def test_blocks_have_content_and_nothing_else_has(sketch):
    sketch.page()
    with pytest.raises(ValidationFailed):
        sketch.add("bare", "page", content=None)
    with pytest.raises(ValidationFailed):
        sketch.add("odd", content=RichText())


def test_a_block_keeps_its_kind(sketch, now):
    sketch.page("text")
    with pytest.raises(ValidationFailed):
        sketch["text"].edit(NodeChange(content=Video()), now=now)


def test_a_refused_edit_changes_nothing(sketch, now):
    sketch.page("text")
    before = dict(vars(sketch["text"]))
    with pytest.raises(ValidationFailed):
        sketch["text"].edit(NodeChange(title="New", requires=(sketch.id("text"),)), now=now + timedelta(1))
    assert vars(sketch["text"]) == before


def test_what_is_not_said_stays(sketch, now):
    sketch.page("one", "two")
    node = sketch["two"]
    node.edit(NodeChange(requires=(sketch.id("one"),) * 2, available_from=now, due_at=now, graded=True), now=now)
    node.edit(NodeChange(visibility=NodeVisibility.HIDDEN), now=now)
    assert (node.requires, node.available_from, node.due_at, node.graded) == ((sketch.id("one"),), now, now, True)
    node.edit(NodeChange(clear_available_from=True, clear_due_at=True, requires=()), now=now)
    assert (node.requires, node.available_from, node.due_at) == ((), None, None)


def test_requirements_have_a_limit(sketch, now):
    sketch.page("text")
    with pytest.raises(ValidationFailed):
        sketch["text"].edit(NodeChange(requires=tuple(uuid4() for _ in range(MAX_REQUIREMENTS + 1))), now=now)


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "video", "sources": [{"kind": "url", "value": "javascript:alert(1)"}]},
        {"kind": "video", "sources": [{"kind": "url", "value": "https://"}]},
        {"kind": "video", "duration_seconds": -1},
        {"kind": "video", "duration_seconds": float("inf")},
        {"kind": "embed", "url": "data:text/html,x"},
        {"kind": "embed", "url": "http://[x"},
        {"kind": "file", "asset": ""},
        {"kind": "file", "asset": "a\0"},
        {"kind": "rich_text", "html": "\0"},
        {"kind": "rich_text", "html": "x" * 1_000_001},
        {"kind": "problem", "quiz_id": "no"},
        {"kind": "rich_text", "extra": 1},
        {"kind": "unknown"},
        {},
    ],
)
def test_content_that_nobody_could_show_is_refused(content):
    with pytest.raises(ValidationError):
        _CONTENT.validate_python(content)


@pytest.mark.parametrize(
    "content",
    [
        {
            "kind": "video",
            "sources": [{"kind": "youtube", "value": "dQw4"}, {"kind": "url", "value": "https://a.org/v"}],
        },
        {"kind": "embed", "url": "https://a.org", "presentation": "link"},
        {"kind": "problem", "quiz_id": str(UUID(int=1))},
    ],
)
def test_content_that_can_be_shown_is_taken(content):
    assert _CONTENT.validate_python(content).kind == content["kind"]
