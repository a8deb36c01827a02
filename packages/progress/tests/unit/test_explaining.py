from datetime import UTC, datetime, timedelta
from decimal import Decimal

from lyceum.course.ports import Answered, AnyChild, ScoreAtLeast
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.explaining import locked_nodes, next_due, unmet_requirements
from lyceum.progress.domain.values import WHOLE_SHARE, Facts

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)


def explained(outline, facts=None):
    return unmet_requirements(evaluate(outline, facts or Facts(), NOW))


def titles(outline, places):
    return [outline.nodes[place].title for place in places]


def test_each_block_that_is_left_is_named_in_reading_order(build, outlined):
    outline = outlined(
        build.simple(
            build.page("one", build.block("a"), build.block("extra", optional=True)),
            build.page("two", build.problem("b", Answered()), build.block("c")),
        )
    )
    assert titles(outline, [unmet.place for unmet in explained(outline)]) == ["a", "b", "c"]
    assert outline.path(explained(outline)[0].place) == ("section", "lesson", "one", "a")


def test_a_score_is_told_with_what_is_needed(build, outlined):
    rule = ScoreAtLeast(share=Decimal("0.6"))
    outline = outlined(build.simple(build.page("page", build.problem("exam", rule))))
    before = explained(outline)[0]
    assert (before.reached, before.needed) == (None, Decimal("0.6"))
    after = explained(outline, Facts(results={str(build.id("quiz of exam")): 2 * WHOLE_SHARE // 5}))[0]
    assert (after.reached, after.needed) == (Decimal("0.4"), Decimal("0.6"))


def test_a_choice_is_one_requirement_with_its_options(build, outlined):
    page = build.page("page", build.block("video"), build.block("text"), completion=AnyChild())
    outline = outlined(build.simple(page))
    (unmet,) = explained(outline)
    assert outline.nodes[unmet.place].title == "page"
    assert unmet.needed == 1
    assert titles(outline, unmet.options) == ["video", "text"]


def test_a_complete_course_leaves_nothing_to_explain(build, outlined):
    outline = outlined(build.simple(build.page("page", build.block("block"))))
    assert explained(outline, Facts(viewed=1)) == []


def test_a_closed_gate_says_what_it_waits_for(build, outlined):
    opens = NOW + timedelta(days=2)
    outline = outlined(
        build.simple(
            build.page("first", build.block("one")),
            build.page("second", build.block("two")),
            build.page("third", build.block("three"), requires=["first", "second"], available_from=opens),
        )
    )
    evaluation = evaluate(outline, Facts(viewed=0b001), NOW)
    (locked,) = locked_nodes(evaluation, NOW)
    assert outline.nodes[locked.place].title == "third"
    assert titles(outline, locked.requires) == ["second"]
    assert locked.available_from == opens
    assert [unmet.locked for unmet in unmet_requirements(evaluation)] == [False, True]


def test_a_moment_that_has_come_is_no_reason_any_more(build, outlined):
    outline = outlined(
        build.simple(
            build.page("first", build.block("one")),
            build.page("second", build.block("two"), requires=["first"], available_from=NOW - timedelta(days=1)),
        )
    )
    (locked,) = locked_nodes(evaluate(outline, Facts(), NOW), NOW)
    assert locked.available_from is None


def test_the_next_due_date_is_the_earliest_of_what_is_left(build, outlined):
    soon, later, latest = (NOW + timedelta(days=days) for days in (-1, 3, 9))
    outline = outlined(
        build.structure(
            build.section("free", build.lesson("x", build.page("p", build.block("one")))),
            build.section(
                "dated",
                build.lesson("y", build.page("q", build.block("two"), due_at=soon), due_at=later),
                build.lesson("z", build.page("r", build.block("three"))),
                due_at=latest,
            ),
        )
    )
    moments = [next_due(evaluate(outline, Facts(viewed=viewed), NOW)) for viewed in (0b000, 0b010, 0b110)]
    assert moments == [soon, latest, None]


def test_nothing_is_due_where_no_date_is_set(build, outlined):
    assert next_due(evaluate(outlined(build.simple(build.page("p", build.block("one")))), Facts(), NOW)) is None
