"""From an imported course to aggregates and back."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lyceum.course.domain.assembling import assemble, disassemble, node_id
from lyceum.course.domain.content import Embed, File, Problem, RichText, Video, VideoSource
from lyceum.course.domain.entities import NodeChange
from lyceum.course.domain.importing import (
    ArchiveTooLarge,
    FileBlock,
    ImportedCourse,
    ImportedLesson,
    ImportedPage,
    ImportedSection,
    ProblemBlock,
    RichTextBlock,
    content_hash,
)
from lyceum.course.domain.importing.blocks import Caption, VideoBlock
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports import AnyChild, ForeignProblem, ScoreAtLeast, SomeChildren
from lyceum.kernel.errors import ValidationFailed

BASE = ImportedCourse(title="A course", language="en")
QUIZ = UUID(int=7)
PROBLEMS = {QUIZ: ForeignProblem(source=str(QUIZ), format="lyceum-quiz", title="Quiz", content="{}")}


def rich(sketch, now):
    """A course that uses everything that can be said about a node."""
    sketch.page("text", "second text")
    sketch.add("film", "page", content=Video(sources=(VideoSource(kind="youtube", value="x"),), duration_seconds=9.5))
    sketch.add("quiz", "page", content=Problem(quiz_id=QUIZ), completion=ScoreAtLeast(share=Decimal("0.5")))
    sketch.add("file", "page", content=File(asset="a.pdf"), optional=True)
    sketch.add("frame", "page", content=Embed(url="https://a.org", presentation="link"))
    sketch.add("second page", "lesson", requires=["page", "quiz"], available_from=now, due_at=now + timedelta(1))
    sketch.add("last", "second page", requires=["text"], graded=True, available_from=now)
    sketch["page"].edit(NodeChange(completion=SomeChildren(count=2)), now=now)
    sketch["lesson"].edit(NodeChange(completion=AnyChild(), graded=True), now=now)
    sketch["second text"].edit(NodeChange(visibility=NodeVisibility.HIDDEN), now=now)
    sketch["last"].edit(NodeChange(content=RichText(html=f'<a href="node:{sketch.id("page")}">back</a>')), now=now)
    return sketch


def exported(sketch):
    return disassemble(BASE, draft=sketch.draft, nodes=sketch.nodes, problems=PROBLEMS)


def imported(course, now, course_id=None):
    quizzes = {block.source: QUIZ for block in course.blocks() if isinstance(block, ProblemBlock)}
    return assemble(course, course_id=course_id or uuid4(), quizzes=quizzes, now=now)


def test_a_round_trip_keeps_all_that_is_said_about_nodes(sketch, now):
    course = exported(rich(sketch, now))
    copy = imported(course, now)
    nodes = {node.id: node for node in copy.nodes}
    again = disassemble(BASE, draft=copy.draft, nodes=nodes, problems=PROBLEMS)
    assert content_hash(again, ()) == content_hash(course, ())
    by_title = {node.title: node for node in copy.nodes}
    assert by_title["second page"].requires == (by_title["page"].id, by_title["quiz"].id)
    assert by_title["last"].requires == (by_title["text"].id,)
    assert by_title["quiz"].completion == ScoreAtLeast(share=Decimal("0.5"))
    for original in sketch.nodes.values():
        arrived = by_title[original.title]
        for field in ("kind", "optional", "graded", "completion", "available_from", "due_at"):
            assert getattr(arrived, field) == getattr(original, field), (original.title, field)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("page", NodeChange(completion=SomeChildren(count=1))),
        ("quiz", NodeChange(completion=ScoreAtLeast(share=Decimal("0.6")))),
        ("last", NodeChange(requires=())),
        ("last", NodeChange(graded=False)),
        ("last", NodeChange(clear_available_from=True)),
        ("second page", NodeChange(clear_due_at=True)),
    ],
)
def test_the_content_hash_notices_each_of_them(sketch, now, name, change):
    before = content_hash(exported(rich(sketch, now)), ())
    sketch[name].edit(change, now=now)
    assert content_hash(exported(sketch), ()) != before


def test_a_copy_with_other_ids_has_the_hash_of_its_original(sketch, now):
    course = exported(rich(sketch, now))
    one, other = (imported(course, now, course_id) for course_id in (uuid4(), uuid4()))
    assert {node.id for node in one.nodes}.isdisjoint(node.id for node in other.nodes)
    assert [node.source for node in one.nodes] == [node.source for node in other.nodes]


@given(st.uuids(), st.integers(0, 3))
def test_assembling_again_gives_the_same_nodes(now, course_id, lost):
    course = tiny(*(problem(str(number)) for number in range(3)))
    quizzes = {str(number): UUID(int=number) for number in range(lost)}
    one = assemble(course, course_id=course_id, quizzes=quizzes, now=now)
    again = assemble(course, course_id=course_id, quizzes=quizzes, now=now)
    assert one.draft.tree == again.draft.tree
    assert [vars_of(node) for node in one.nodes] == [vars_of(node) for node in again.nodes]


def vars_of(node):
    return {name: value for name, value in vars(node).items() if not name.startswith("_")}


def problem(source, **fields):
    foreign = ForeignProblem(source=source, format="olx", title="P", content="<problem/>")
    return ProblemBlock(source=source, title="P", problem=foreign, **fields)


def tiny(*blocks, **fields):
    page = ImportedPage(source="page", title="Page", blocks=blocks, **fields)
    lesson = ImportedLesson(source="lesson", title="Lesson", pages=(page,))
    return ImportedCourse(title="C", sections=(ImportedSection(source="section", title="S", lessons=(lesson,)),))


def test_a_problem_without_a_quiz_has_no_block(now):
    assembled = assemble(tiny(problem("a"), problem("b")), course_id=uuid4(), quizzes={"b": QUIZ}, now=now)
    assert [node.source for node in assembled.nodes if node.kind == "block"] == ["b"]


def test_what_required_it_says_so_and_requires_the_rest(now):
    course_id = uuid4()
    text = RichTextBlock(source="text", title="T", html="<p>x</p>", requires=("a", "b"))
    assembled = assemble(tiny(problem("a"), problem("b"), text), course_id=course_id, quizzes={"b": QUIZ}, now=now)
    assert assembled.unmet == ("text",)
    [node] = [node for node in assembled.nodes if node.source == "text"]
    assert node.requires == (node_id(course_id, "b"),)


def test_what_no_author_could_have_entered_is_refused(now):
    captions = (Caption(language="x", asset="en.vtt"),)
    for block in (
        FileBlock(source="b", title="B", asset="x" * 401),
        VideoBlock(source="b", title="B", captions=captions),
    ):
        with pytest.raises(ValidationError):
            assemble(tiny(block), course_id=uuid4(), quizzes={}, now=now)
    with pytest.raises(ValidationFailed):
        assemble(tiny(FileBlock(source="b", title=" ", asset="a")), course_id=uuid4(), quizzes={}, now=now)


def test_more_nodes_than_an_outline_has_are_refused(now):
    blocks = tuple(FileBlock(source=str(number), title="B", asset="a") for number in range(5_000))
    with pytest.raises(ArchiveTooLarge):
        assemble(tiny(*blocks), course_id=uuid4(), quizzes={}, now=now)


def test_a_rule_of_another_kind_of_node_is_no_rule_of_an_import():
    with pytest.raises(ValidationError):
        tiny(completion={"rule": "viewed"})
    with pytest.raises(ValidationError):
        problem("a", completion={"rule": "all"})
