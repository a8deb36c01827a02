"""Quizzes, their settings, and the versions of items."""

from datetime import timedelta
from uuid import UUID

import pytest

from lyceum.assessment.domain.bank import BankItem
from lyceum.assessment.domain.items import Show
from lyceum.assessment.domain.quiz import Phase, Quiz, QuizContent, ReviewPolicy, parse_quiz_content, review_phase
from lyceum.kernel.errors import ValidationFailed

ITEM = {"kind": "item", "item_id": str(UUID(int=1))}
LATE, EARLY = "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, ["/title"]),
        ({"title": " "}, ["/title"]),
        ({"title": "Q", "sections": [{"entries": [ITEM, ITEM]}]}, ["/sections/0/entries/1/item_id"]),
        ({"title": "Q", "sections": [{"entries": [ITEM]}, {"entries": [ITEM]}]}, ["/sections/1/entries/0/item_id"]),
        (
            {"title": "Q", "sections": [{"entries": [{"kind": "draw", "bank_id": str(UUID(int=n)), "count": 300}]}
                                        for n in (1, 2)]},
            ["/sections"],
        ),
        ({"title": "Q", "sections": [{"entries": [{"kind": "draw", "bank_id": "b", "count": 0}]}]},
         ["/sections/0/entries/0/bank_id", "/sections/0/entries/0/count"]),
        ({"title": "Q", "settings": {"timing": {"opens_at": LATE, "closes_at": EARLY}}},
         ["/settings/timing/closes_at"]),
        ({"title": "Q", "settings": {"timing": {"opens_at": "2026-03-01T00:00:00"}}}, ["/settings/timing/opens_at"]),
        ({"title": "Q", "settings": {"timing": {"time_limit": 5}}}, ["/settings/timing/time_limit"]),
        ({"title": "Q", "settings": {"pass_threshold": "1.5"}}, ["/settings/pass_threshold"]),
        ({"title": "Q", "settings": {"attempts": {"check_limit": 1}}}, ["/settings/attempts/check_limit"]),
        ({"title": "Q", "settings": {"review": {"during": ["key"]}}}, ["/settings/review/during"]),
        ({"title": "Q", "settings": {"review": {"during": ["weights"]}}}, ["/settings/review/during/0"]),
    ],
)  # fmt: skip
def test_a_quiz_that_contradicts_itself_is_refused_at_the_place(data, expected):
    with pytest.raises(ValidationFailed) as refusal:
        parse_quiz_content(data)
    assert [error["pointer"] for error in refusal.value.extensions["errors"]] == expected


def test_practice_may_show_the_key_during_the_attempt():
    settings = {"mode": "practice", "review": {"during": ["key"]}, "attempts": {"check_limit": 3}}
    assert parse_quiz_content({"title": "Q", "settings": settings}).settings.attempts.check_limit == 3


def test_a_change_is_checked_like_a_new_quiz(noon):
    quiz = Quiz.create(id=UUID(int=1), course_id=None, content=QuizContent(title="Q"), now=noon)
    twice = QuizContent.model_validate({"title": "Q", "sections": [{"entries": [ITEM, ITEM]}]})
    with pytest.raises(ValidationFailed):
        quiz.change(twice)
    assert quiz.content == QuizContent(title="Q")
    quiz.change(QuizContent(title="Better"))
    assert quiz.content.title == "Better"


def test_equal_policies_have_equal_json():
    one = ReviewPolicy(during=(Show.SCORE, Show.RESPONSES, Show.SCORE))
    other = ReviewPolicy(during=(Show.RESPONSES, Show.SCORE))
    assert one.model_dump_json() == other.model_dump_json()


def test_phases_follow_submission_and_close(noon):
    minute = timedelta(minutes=1)
    closes = noon + 60 * minute

    def phase(submitted_at, now):
        return review_phase(submitted_at=submitted_at, closes_at=closes, now=now)

    assert phase(None, noon) is Phase.DURING
    assert phase(noon, noon + minute) is Phase.IMMEDIATELY_AFTER
    assert phase(noon, noon + 2 * minute) is Phase.WHILE_OPEN
    assert phase(noon, closes) is Phase.AFTER_CLOSE
    assert phase(closes - minute, closes) is Phase.AFTER_CLOSE
    assert review_phase(submitted_at=noon, closes_at=None, now=closes) is Phase.WHILE_OPEN


def test_an_edit_makes_a_new_version_and_leaves_the_old_one(choice, noon):
    item, first = BankItem.create(id=UUID(int=1), bank_id=UUID(int=2), content=choice("Old?"), now=noon)
    second = item.revise(choice("New?"), noon)
    assert (first.number, first.content.prompt) == (1, "Old?")
    assert (second.number, second.content.prompt) == (2, "New?")
    assert item.ref == second.ref != first.ref


def test_an_edit_that_changes_nothing_makes_no_version(choice, noon):
    item, _ = BankItem.create(id=UUID(int=1), bank_id=UUID(int=2), content=choice(), now=noon)
    assert item.revise(choice(), noon) is None
    assert item.latest == 1


def test_an_item_that_breaks_a_rule_gets_into_no_bank(choice, noon):
    broken = choice().model_copy(update={"prompt": ""})
    with pytest.raises(ValidationFailed):
        BankItem.create(id=UUID(int=1), bank_id=UUID(int=2), content=broken, now=noon)
    item, _ = BankItem.create(id=UUID(int=1), bank_id=UUID(int=2), content=choice(), now=noon)
    with pytest.raises(ValidationFailed):
        item.revise(broken, noon)
    assert (item.latest, item.content) == (1, choice())


def test_retiring_twice_is_retiring_once(choice, noon):
    item, _ = BankItem.create(id=UUID(int=1), bank_id=UUID(int=2), content=choice(), now=noon)
    item.retire()
    item.retire()
    assert item.retired
