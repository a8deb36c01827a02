from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from lyceum.course.ports import Answered, AnyChild, ScoreAtLeast, SomeChildren, Viewed
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.values import WHOLE_SHARE, Facts

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HALF = WHOLE_SHARE // 2


def facts(outline, *viewed, **results):
    """`viewed` are ids of blocks; `results` are shares by the id of the quiz."""
    blocks = 0
    for node_id in viewed:
        blocks |= outline.nodes[outline.place_of(node_id)].blocks
    return Facts(blocks, results)


def test_viewing_every_block_completes_the_course(build, outlined):
    outline = outlined(build.simple(build.page("page", build.block("one"), build.block("two"))))
    half = evaluate(outline, facts(outline, build.id("one")), NOW)
    assert (half.percentage, half.is_complete) == (50, False)
    whole = evaluate(outline, facts(outline, build.id("one"), build.id("two")), NOW)
    assert (whole.percentage, whole.is_complete) == (100, True)


def test_the_percentage_is_rounded_down(build, outlined):
    outline = outlined(build.simple(build.page("page", *(build.block(str(number)) for number in range(201)))))
    almost = evaluate(outline, facts(outline, *(build.id(str(number)) for number in range(200))), NOW)
    assert almost.percentage == 99


def test_viewing_a_problem_does_not_answer_it(build, outlined):
    outline = outlined(build.simple(build.page("page", build.problem("problem", Answered()))))
    assert not evaluate(outline, facts(outline, build.id("problem")), NOW).is_complete


def test_a_wrong_answer_is_an_answer(build, outlined):
    outline = outlined(build.simple(build.page("page", build.problem("problem", Answered()))))
    assert evaluate(outline, Facts(results={str(build.id("quiz of problem")): 0}), NOW).is_complete


@pytest.mark.parametrize(("share", "complete"), [(HALF - 1, False), (HALF, True), (WHOLE_SHARE, True)])
def test_a_score_counts_from_its_threshold_on(build, outlined, share, complete):
    rule = ScoreAtLeast(share=Decimal("0.5"))
    outline = outlined(build.simple(build.page("page", build.problem("problem", rule))))
    assert evaluate(outline, Facts(results={str(build.id("quiz of problem")): share}), NOW).is_complete is complete


def test_one_quiz_can_complete_several_blocks(build, outlined):
    quiz = build.id("shared quiz")
    blocks = [
        build.block("warm-up", completion=Answered(), quiz_id=quiz),
        build.block("exam", completion=ScoreAtLeast(share=Decimal(1)), quiz_id=quiz),
    ]
    outline = outlined(build.simple(build.page("page", *blocks)))
    assert evaluate(outline, Facts(results={str(quiz): HALF}), NOW).percentage == 50
    assert evaluate(outline, Facts(results={str(quiz): WHOLE_SHARE}), NOW).is_complete


def test_a_problem_without_a_quiz_owes_nothing(build, outlined):
    page = build.page("page", build.block("text"), build.block("lost problem", completion=Answered()))
    outline = outlined(build.simple(page))
    assert evaluate(outline, facts(outline, build.id("text")), NOW).is_complete


def test_optional_blocks_and_containers_do_not_count(build, outlined):
    outline = outlined(
        build.structure(
            build.section(
                "section",
                build.lesson("lesson", build.page("page", build.block("needed"), build.block("extra", optional=True))),
                build.lesson("more", build.page("extras", build.block("more text")), optional=True),
            )
        )
    )
    assert evaluate(outline, facts(outline, build.id("needed")), NOW).percentage == 100
    assert evaluate(outline, facts(outline, build.id("extra"), build.id("more text")), NOW).percentage == 0


def test_any_child_will_do(build, outlined):
    page = build.page("page", build.block("video"), build.block("text"), build.block("slides"), completion=AnyChild())
    outline = outlined(build.simple(page, build.page("end", build.block("last"))))
    assert outline.need.size == 2
    assert evaluate(outline, facts(outline, build.id("slides")), NOW).percentage == 50
    assert evaluate(outline, facts(outline, build.id("slides"), build.id("text")), NOW).percentage == 50
    assert evaluate(outline, facts(outline, build.id("slides"), build.id("last")), NOW).is_complete


def test_some_children_are_enough(build, outlined):
    pages = [build.page(f"page {n}", build.block(f"{n}a"), build.block(f"{n}b")) for n in range(3)]
    lesson = build.lesson("lesson", *pages, completion=SomeChildren(count=2))
    outline = outlined(build.structure(build.section("section", lesson)))
    assert outline.need.size == 4
    one_each = evaluate(outline, facts(outline, build.id("0a"), build.id("1a"), build.id("2a")), NOW)
    assert one_each.percentage == 50
    two_whole = evaluate(outline, facts(outline, *(build.id(name) for name in ("0a", "0b", "2a", "2b"))), NOW)
    assert two_whole.is_complete


def test_a_course_that_asks_for_nothing_is_completed_by_nobody(build, outlined):
    outline = outlined(build.simple(build.page("page", build.block("extra", optional=True))))
    evaluation = evaluate(outline, facts(outline, build.id("extra")), NOW)
    assert (evaluation.percentage, evaluation.is_complete) == (0, False)


class TestGates:
    def test_a_block_behind_an_unmet_requirement_does_not_count(self, build, outlined):
        outline = outlined(
            build.simple(
                build.page("first", build.block("one")), build.page("second", build.block("two"), requires=["first"])
            )
        )
        early = evaluate(outline, facts(outline, build.id("two")), NOW)
        assert early.percentage == 0
        assert [gate.place for gate in early.locks(outline.place_of(build.id("two")))] == [
            outline.place_of(build.id("second"))
        ]

    def test_it_counts_as_soon_as_the_requirement_is_met(self, build, outlined):
        outline = outlined(
            build.simple(
                build.page("first", build.block("one")), build.page("second", build.block("two"), requires=["first"])
            )
        )
        assert evaluate(outline, facts(outline, build.id("two"), build.id("one")), NOW).is_complete

    def test_a_chain_of_requirements_opens_link_by_link(self, build, outlined):
        pages = [build.page("0", build.block("block 0"))]
        pages += [build.page(str(n), build.block(f"block {n}"), requires=[str(n - 1)]) for n in range(1, 5)]
        outline = outlined(build.simple(*reversed(pages)))
        gap = [build.id(f"block {n}") for n in (0, 1, 3, 4)]
        assert evaluate(outline, facts(outline, *gap), NOW).percentage == 40
        assert evaluate(outline, facts(outline, *gap, build.id("block 2")), NOW).is_complete

    def test_a_closed_section_closes_what_is_in_it(self, build, outlined):
        inner = build.lesson("inner", build.page("page", build.block("block")))
        outline = outlined(
            build.structure(
                build.section("intro", build.lesson("start", build.page("p", build.block("b")))),
                build.section("main", inner, requires=["intro"]),
            )
        )
        assert evaluate(outline, facts(outline, build.id("block")), NOW).percentage == 0

    def test_a_node_opens_at_its_moment(self, build, outlined):
        opens = NOW + timedelta(hours=1)
        outline = outlined(build.simple(build.page("page", build.block("block"), available_from=opens)))
        seen = facts(outline, build.id("block"))
        assert not evaluate(outline, seen, opens - timedelta(microseconds=1)).is_complete
        assert evaluate(outline, seen, opens).is_complete

    def test_a_requirement_that_is_no_longer_in_the_course_locks_nothing(self, build, outlined):
        outline = outlined(build.simple(build.page("page", build.block("block"), requires=["long gone"])))
        assert evaluate(outline, facts(outline, build.id("block")), NOW).is_complete

    @pytest.mark.parametrize(
        ("first", "second"), [(["second"], ["first"]), (["first"], []), (["section"], []), (["one"], ["lesson"])]
    )
    def test_requirements_in_a_circle_lock_nothing(self, build, outlined, first, second):
        outline = outlined(
            build.simple(
                build.page("first", build.block("one"), requires=first),
                build.page("second", build.block("two"), requires=second),
            )
        )
        assert evaluate(outline, facts(outline, build.id("one"), build.id("two")), NOW).is_complete

    def test_a_circle_takes_no_other_requirement_with_it(self, build, outlined):
        outline = outlined(
            build.simple(
                build.page("start", build.block("zero")),
                build.page("first", build.block("one"), requires=["second", "start"]),
                build.page("second", build.block("two"), requires=["first"]),
            )
        )
        seen = facts(outline, build.id("one"), build.id("two"))
        assert evaluate(outline, seen, NOW).locks(outline.place_of(build.id("one")))

    def test_an_optional_node_can_be_required_by_another(self, build, outlined):
        outline = outlined(
            build.simple(
                build.page("extra", build.block("one"), optional=True),
                build.page("page", build.block("two"), requires=["extra"]),
            )
        )
        assert evaluate(outline, facts(outline, build.id("two")), NOW).percentage == 0
        assert evaluate(outline, facts(outline, build.id("two"), build.id("one")), NOW).is_complete


def test_a_rule_for_blocks_on_a_container_asks_for_all_its_children(build, outlined):
    page = build.page("page", build.block("one"), build.block("two"), completion=Viewed())
    outline = outlined(build.simple(page))
    assert outline.need.size == 2
