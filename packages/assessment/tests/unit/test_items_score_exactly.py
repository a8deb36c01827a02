"""What holds for the score of any item, and the rules of each type."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.assessment.domain.items import ITEMS, parse_item
from lyceum.assessment.domain.scoring import Outcome, Score, total
from lyceum.kernel.errors import ValidationFailed

quickly = settings(max_examples=20, deadline=None)


@quickly
@given(data=st.data())
def test_a_score_lies_between_nothing_and_the_weight(data, twins, payloads):
    item = data.draw(twins).first
    score = item.score(item.parse_response(data.draw(payloads(item))))
    assert 0 <= score.points <= score.max_points == item.weight
    assert (score.outcome is Outcome.RIGHT) == (score.points == item.weight)


@quickly
@given(data=st.data())
def test_a_blank_earns_nothing_under_any_rule(data, twins):
    item = data.draw(twins).first
    blanks = [None, {"option": None}, {"option": ""}, {"options": []}, {"value": " "}, {"text": "\t "}]
    for payload in blanks:
        try:
            response = item.parse_response(payload)
        except ValidationFailed:
            continue  # a blank of another type
        score = item.score(response)
        assert response is None
        assert (score.points, score.outcome) == (0, Outcome.BLANK)


@quickly
@given(data=st.data())
def test_the_right_answer_earns_full_marks_and_a_wrong_one_none(data, twins, exemplary_responses):
    item = data.draw(twins).first
    right, wrong = exemplary_responses(item)
    assert item.score(item.parse_response(data.draw(right))).points == item.weight
    assert item.score(item.parse_response(wrong)).points == 0


@quickly
@given(data=st.data())
def test_items_and_scores_survive_a_trip_through_json(data, twins, payloads):
    item = data.draw(twins).first
    assert ITEMS.validate_json(ITEMS.dump_json(item)) == item
    score = item.score(item.parse_response(data.draw(payloads(item))))
    assert Score.model_validate_json(score.model_dump_json()) == score


def test_thirds_add_up_to_a_whole(choice):
    scores = [item.score(item.right_response()) for item in [choice(weight=Fraction(1, 3))] * 3]
    assert total(scores, Fraction(1)).score == 1
    assert total(scores, Fraction(1)).passed is True
    assert total([*scores[:2], choice(weight=Fraction(1, 3)).score(None)], Fraction("0.67")).passed is False


def test_nobody_fails_without_a_threshold(choice):
    assert total([choice().score(None)], None).passed is None


def multiple(rule, right="ab", options="abcde", **more):
    return parse_item(
        {
            "type": "multiple_choice",
            "prompt": "Which?",
            "credit": {"rule": rule, **more},
            "options": [{"id": each, "content": each, "right": each in right} for each in options],
        }
    )


@pytest.mark.parametrize(
    ("rule", "ticked", "credit"),
    [
        ("all_or_nothing", "ab", "1"),
        ("all_or_nothing", "a", "0"),
        ("all_or_nothing", "abc", "0"),
        ("per_right_option", "a", "1/2"),
        ("per_right_option", "abc", "1/2"),
        ("per_right_option", "ac", "0"),
        ("per_right_option", "cde", "0"),
        ("every_decision", "ab", "1"),
        ("every_decision", "a", "4/5"),
        ("every_decision", "cde", "0"),
        ("every_decision", "c", "2/5"),
        ("every_decision", "", "0"),
        ("halves", "a", "1/2"),
        ("halves", "abc", "1/2"),
        ("halves", "ac", "1/4"),
        ("halves", "cd", "0"),
        ("halves", "", "0"),
    ],
)
def test_each_credit_rule_gives_its_own_share(rule, ticked, credit):
    item = multiple(rule)
    assert item.score(item.parse_response({"options": list(ticked)})).points == Fraction(credit)


def test_halves_forgives_no_error_where_there_is_little_to_choose():
    two, four = multiple("halves", right="a", options="ab"), multiple("halves", right="ab", options="abcd")
    assert two.score(two.parse_response({"options": ["a", "b"]})).points == 0
    assert four.score(four.parse_response({"options": ["a", "c"]})).points == 0


def test_a_deduction_weighs_a_wrong_tick_against_right_ones():
    item = multiple("per_right_option", deduction="1/2")
    assert item.score(item.parse_response({"options": ["a", "b", "c"]})).points == Fraction(3, 4)


def test_ticking_everything_never_earns_everything():
    for rule in ("all_or_nothing", "per_right_option", "every_decision", "halves"):
        item = multiple(rule)
        assert item.score(item.parse_response({"options": list("abcde")})).points < 1
    with pytest.raises(ValidationFailed):
        multiple("per_right_option", deduction="0")


def test_feedback_for_a_combination_comes_before_the_general_one():
    item = parse_item(
        {
            "type": "multiple_choice",
            "prompt": "Which?",
            "feedback": {"general": "general", "wrong": "wrong"},
            "options": [{"id": "a", "content": "a", "right": True}, {"id": "b", "content": "b"}],
            "combinations": [{"options": ["b", "a"], "feedback": "both"}],
        }
    )
    assert item.score(item.parse_response({"options": ["a", "b"]})).feedback == ("both", "wrong", "general")
    assert item.score(item.parse_response({"options": ["b"]})).feedback == ("wrong", "general")
    assert item.score(None).feedback == ("general",)


def numeric(*accepted):
    return parse_item({"type": "numeric", "prompt": "How many?", "accepted": list(accepted)})


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ({"kind": "value", "value": "600", "tolerance": 5}, ["595", "605", "600.0", "6e2"], ["594.999", "605.001"]),
        ({"kind": "value", "value": "-20", "tolerance": "5", "percent": True}, ["-21", "-19"], ["-18.99", "20"]),
        ({"kind": "value", "value": "1/3"}, ["1/3", "2/6"], ["0.3333333333"]),
        ({"kind": "value", "value": 0.1}, ["0.1", "1/10", ",1"], ["0.10000001"]),
        ({"kind": "range", "low": "5", "high": "7", "high_closed": False}, ["5", "6.999"], ["4.999", "7"]),
        ({"kind": "range", "low": "5", "high": "7", "low_closed": False}, ["5.001", "7"], ["5", "7.001"]),
    ],
)
def test_a_number_is_right_within_its_tolerance_or_range(key, right, wrong):
    item = numeric(key)
    assert [item.score(item.parse_response({"value": value})).points for value in right] == [1] * len(right)
    assert [item.score(item.parse_response({"value": value})).points for value in wrong] == [0] * len(wrong)


def test_of_several_accepted_numbers_the_best_counts():
    item = numeric(
        {"kind": "value", "value": 2, "tolerance": 1, "credit": "0.5", "feedback": "near"},
        {"kind": "value", "value": 2, "feedback": "exact"},
        {"kind": "value", "value": 9, "credit": 0, "feedback": "That is the other root"},
    )
    near, right, known = (item.score(item.parse_response({"value": value})) for value in ("2.5", "2", "9"))
    assert (near.points, near.outcome, near.feedback) == (Fraction(1, 2), Outcome.PARTLY, ("near",))
    assert (right.points, right.feedback) == (1, ("exact",))
    assert (known.outcome, known.feedback) == (Outcome.WRONG, ("That is the other root",))


def text(*accepted, **more):
    return parse_item({"type": "short_text", "prompt": "Who?", "accepted": list(accepted)} | more)


@pytest.mark.parametrize(
    ("item", "right", "wrong"),
    [
        (text({"kind": "text", "text": "Doc"}), ["doc", " DOC ", "Doc"], ["dock", "do c"]),
        (text({"kind": "text", "text": "Doc"}, case_sensitive=True), ["Doc"], ["doc"]),
        (text({"kind": "text", "text": "New  York"}), ["new york", "New\tYork "], ["newyork"]),
        (text({"kind": "text", "text": "Straße"}), ["STRASSE", "straße"], ["strase"]),
        (text({"kind": "text", "text": "é"}), ["é", "e\u0301"], ["e"]),
        (text({"kind": "pattern", "pattern": "..bble"}), ["bubble", "RUBBLE"], ["bubbles", "ubble", "a bubble"]),
        (text({"kind": "pattern", "pattern": "a|b"}, case_sensitive=True), ["a", "b"], ["A", "ab", ""]),
        (text({"kind": "pattern", "pattern": ".*."}), ["anything"], ["", " "]),
    ],
)
def test_a_text_is_right_whatever_its_white_space_and_as_its_case_demands(item, right, wrong):
    assert [item.score(item.parse_response({"text": value})).points for value in right] == [1] * len(right)
    assert [item.score(item.parse_response({"text": value})).points for value in wrong] == [0] * len(wrong)
