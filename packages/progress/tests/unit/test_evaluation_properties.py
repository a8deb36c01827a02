"""What holds for every course and everything that a learner can do in it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import reduce
from itertools import count
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lyceum.course.ports import (
    AllChildren,
    Answered,
    AnyChild,
    CourseStructure,
    ScoreAtLeast,
    SomeChildren,
    StructureNode,
    Viewed,
)
from lyceum.progress.domain.entities import PublishedCourse
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.explaining import unmet_requirements
from lyceum.progress.domain.values import WHOLE_SHARE, Facts

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
COURSE = UUID(int=1)
KINDS = ("section", "lesson", "page", "block")
QUIZZES = [UUID(int=1000 + number) for number in range(4)]

block_rules = st.one_of(
    st.just(Viewed()),
    st.just(Answered()),
    st.sampled_from([ScoreAtLeast(share=Decimal(share)) for share in ("0.25", "0.5", "1")]),
)
container_rules = st.one_of(
    st.just(AllChildren()), st.just(AnyChild()), st.integers(1, 4).map(lambda n: SomeChildren(count=n))
)
moments = st.none() | st.sampled_from([NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)])


@st.composite
def structures(draw, gates=True):
    """A course with up to two children at each level, requirements in any direction, circles included."""
    numbers = count(1)

    def node(level):
        block = KINDS[level] == "block"
        rule = draw(block_rules if block else container_rules)
        return StructureNode(
            id=UUID(int=next(numbers)),
            kind=KINDS[level],
            title="",
            optional=draw(st.integers(0, 4)) == 0,
            completion=rule,
            quiz_id=draw(st.sampled_from([*QUIZZES, None])) if block and not isinstance(rule, Viewed) else None,
            requires=tuple(
                UUID(int=number) for number in (draw(st.sets(st.integers(1, 30), max_size=2)) if gates else ())
            )
            if draw(st.integers(0, 3)) == 0
            else (),
            available_from=draw(moments) if gates else None,
            children=() if block else tuple(node(level + 1) for _ in range(draw(st.integers(0, 2)))),
        )

    sections = tuple(node(0) for _ in range(draw(st.integers(1, 3))))
    return CourseStructure(course_id=COURSE, number=1, title="", sections=sections)


single_facts = st.one_of(
    st.integers(0, 40).map(lambda number: Facts(viewed=1 << number)),
    st.tuples(st.sampled_from(QUIZZES), st.sampled_from([0, WHOLE_SHARE // 4, WHOLE_SHARE // 2, WHOLE_SHARE])).map(
        lambda result: Facts(results={str(result[0]): result[1]})
    ),
)
fact_lists = st.lists(single_facts, max_size=20)
EVERYTHING = Facts((1 << 200) - 1, {str(quiz): WHOLE_SHARE for quiz in QUIZZES})


def outline_of(structure):
    return PublishedCourse.first(structure, published_at=NOW).outline()


def together(facts):
    return reduce(Facts.union, facts, Facts())


def answer(evaluation):
    """All that anybody is told."""
    return evaluation.percentage, evaluation.is_complete, evaluation.done, sorted(evaluation.closed)


def without_optional(node):
    children = tuple(without_optional(child) for child in node.children if not child.optional)
    return node.model_copy(update={"children": children})


def bare(structure):
    sections = tuple(without_optional(section) for section in structure.sections if not section.optional)
    return structure.model_copy(update={"sections": sections})


@given(structures(), fact_lists, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_facts_matters(structure, facts, random):
    outline = outline_of(structure)
    shuffled = [*facts, *random.choices(facts, k=len(facts))] if facts else []
    random.shuffle(shuffled)
    assert answer(evaluate(outline, together(facts), NOW)) == answer(evaluate(outline, together(shuffled), NOW))


@given(structures(), fact_lists, single_facts)
def test_another_fact_never_makes_less_of_it_done(structure, facts, fact):
    outline = outline_of(structure)
    before, after = (evaluate(outline, together(known), NOW) for known in (facts, [*facts, fact]))
    assert before.done & ~after.done == 0
    assert before.percentage <= after.percentage
    assert all(before.left(node) >= after.left(node) for node in outline.nodes)
    assert set(after.closed) <= set(before.closed)


@given(structures(), fact_lists)
def test_time_never_makes_less_of_it_done(structure, facts):
    outline = outline_of(structure)
    before, after = (evaluate(outline, together(facts), moment) for moment in (NOW, NOW + timedelta(days=2)))
    assert before.done & ~after.done == 0
    assert before.percentage <= after.percentage


@given(structures(gates=False), fact_lists)
def test_optional_nodes_never_matter(structure, facts):
    whole, needed = outline_of(structure), outline_of(bare(structure))
    numbers = {node.id: node.blocks for node in needed.nodes if node.kind == "block"}
    viewed = {node.id for node in whole.nodes if node.kind == "block" and node.blocks & together(facts).viewed}
    same = Facts(reduce(int.__or__, (numbers[block] for block in viewed & set(numbers)), 0), together(facts).results)
    first, second = evaluate(whole, together(facts), NOW), evaluate(needed, same, NOW)
    assert (first.percentage, first.required, first.remaining) == (
        second.percentage,
        second.required,
        second.remaining,
    )


@given(structures(), fact_lists)
def test_a_hundred_per_cent_a_complete_course_and_nothing_to_explain_are_the_same(structure, facts):
    outline = outline_of(structure)
    evaluation = evaluate(outline, together(facts), NOW)
    assert (evaluation.percentage == 100) is evaluation.is_complete
    if evaluation.required:
        assert evaluation.is_complete is (unmet_requirements(evaluation) == [])
    assert 0 <= evaluation.remaining <= evaluation.required


@given(structures())
def test_whoever_does_everything_completes_the_course_in_the_end(structure):
    evaluation = evaluate(outline_of(structure), EVERYTHING, NOW + timedelta(days=2))
    assert evaluation.closed == {}
    assert evaluation.is_complete is (evaluation.required > 0)


@given(structures(gates=False), fact_lists)
def test_a_node_is_done_exactly_when_its_rule_says_so(structure, facts):
    """Against the rules read naively, from the tree: optional children and those that ask for nothing do not count."""
    outline = outline_of(structure)
    known = together(facts)
    evaluation = evaluate(outline, known, NOW)

    def asks(node):
        if node.kind == "block":
            return isinstance(node.completion, Viewed) or node.quiz_id is not None
        return any(asks(child) for child in node.children if not child.optional)

    def done(node):
        if node.kind == "block":
            share = known.results.get(str(node.quiz_id))
            match node.completion:
                case Viewed():
                    return bool(outline.nodes[outline.place_of(node.id)].blocks & known.viewed)
                case ScoreAtLeast(share=needed):
                    return not asks(node) or (share is not None and share >= needed * WHOLE_SHARE)
                case _:
                    return not asks(node) or share is not None
        counting = [child for child in node.children if not child.optional and asks(child)]
        finished = sum(done(child) for child in counting)
        match node.completion:
            case AnyChild():
                return finished >= min(1, len(counting))
            case SomeChildren(count=wanted):
                return finished >= min(wanted, len(counting))
            case _:
                return finished == len(counting)

    def check(node):
        place = outline.place_of(node.id)
        assert (evaluation.left(outline.nodes[place]) == 0) is done(node)
        for child in node.children:
            check(child)

    for section in structure.sections:
        check(section)
