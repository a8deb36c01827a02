"""The rendered outline says what the evaluation says, for whoever asks and whoever asked before."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.course.ports import Answered, AnyChild
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.values import EnrolmentState, Facts, Standing
from lyceum.progress.services.outline_pages import OutlinePages

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
DUE = NOW + timedelta(days=7)


@pytest.fixture
def outline(build, outlined):
    def lesson(name, **fields):
        pages = [build.page(f"{name}.{n}", build.block(f"{name}.{n}a"), build.block(f"{name}.{n}b")) for n in range(2)]
        return build.lesson(name, *pages, **fields)

    return outlined(
        build.structure(
            build.section("free", lesson("f1"), lesson("f2", completion=AnyChild())),
            build.section("gated", lesson("g1"), lesson("g2", requires=["g1"]), lesson("g3", requires=["g2"])),
            build.section("late", lesson("l1"), requires=["free"], available_from=NOW + timedelta(days=1)),
            build.section("soon", lesson("s1", available_from=NOW + timedelta(days=1))),
            build.section("odd", build.lesson("bare"), build.lesson("x", build.page("p"), optional=True)),
            build.section(
                "quiz", build.lesson("q", build.page("qp", build.problem("q1", Answered())), due_at=DUE), graded=True
            ),
        )
    )


@pytest.fixture
def pages():
    """One for all examples: what was rendered for one learner must do no harm to the next."""
    return OutlinePages()


def standing_of(facts, completed_at):
    return Standing(
        user_id=uuid4(),
        course_id=uuid4(),
        state=EnrolmentState.ACTIVE,
        enrolled_at=NOW,
        active_at=NOW,
        facts=facts,
        position=None,
        completed_at=completed_at,
        revision=1,
    )


def naive(evaluation, place):
    outline = evaluation.outline
    node = outline.nodes[place]
    document = {
        "id": str(node.id),
        "kind": node.kind,
        "title": node.title,
        "optional": node.optional,
        "rule": node.completion.rule,
        "required": node.need.size,
        "remaining": evaluation.left(node),
        "done": evaluation.left(node) == 0,
        "locked": bool(evaluation.locks(place)),
    }
    if node.graded:
        document["graded"] = True
    if node.due_at:
        document["due_at"] = "2030-01-22T12:00:00.000000Z"
    if node.block_kind:
        document["block_kind"] = node.block_kind
    if node.quiz_id:
        document["quiz_id"] = str(node.quiz_id)
    if node.kind != "block":
        children = [child for child, other in enumerate(outline.nodes) if other.parent == place]
        document["children"] = [naive(evaluation, child) for child in children]
    return document


# Whole lessons or nothing as well as anything: most of what is kept is about parts that are one or the other.
views = st.one_of(
    st.integers(0, (1 << 29) - 1),
    st.sets(st.integers(0, 6)).map(lambda lessons: sum(0b1111 << 4 * lesson for lesson in lessons)),
)


@given(
    viewed=views,
    answered=st.booleans(),
    moment=st.sampled_from([NOW, NOW + timedelta(days=2)]),
    completed_at=st.sampled_from([None, NOW]),
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_says_what_the_evaluation_says(build, outline, pages, viewed, answered, moment, completed_at):
    facts = Facts(viewed, {str(build.id("quiz of q1")): 0} if answered else {})
    evaluation = evaluate(outline, facts, moment)
    page = pages.page(standing_of(facts, completed_at), evaluation)
    assert json.loads(page.body()) == {
        "course_id": str(outline.course_id),
        "number": 1,
        "title": "A course",
        "sections": [naive(evaluation, section) for section in outline.sections],
        "required": evaluation.required,
        "remaining": evaluation.remaining,
        "percentage": evaluation.percentage,
        "completed_at": completed_at and "2030-01-15T12:00:00.000000Z",
    }


@given(first=views, second=views)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_tag_changes_with_the_body(outline, pages, first, second):
    one, other = (
        pages.page(standing_of(Facts(viewed), None), evaluate(outline, Facts(viewed), NOW))
        for viewed in (first, second)
    )
    assert (one.etag == other.etag) is (one.body() == other.body())
