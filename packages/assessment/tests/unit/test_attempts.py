"""The life of an attempt: clock, answers, checks, submission, grading."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from lyceum.assessment.domain.attempt import (
    Attempt,
    AttemptGraded,
    AttemptStarted,
    AttemptState,
    AttemptSubmitted,
    ItemChecked,
    Stamp,
    SubmittedBy,
)
from lyceum.assessment.domain.errors import (
    AttemptClosed,
    AttemptExpired,
    AttemptNotAllowed,
    HintNotFound,
    NothingToCheck,
    NotSubmitted,
    PracticeOnly,
    SlotNotFound,
    SlotSettled,
)
from lyceum.assessment.domain.items import parse_item
from lyceum.assessment.domain.policies import PreviousAttempt
from lyceum.assessment.domain.quiz import FixedItem, Quiz, QuizContent, QuizSettings, Section
from lyceum.assessment.domain.scoring import Outcome
from lyceum.assessment.domain.values import ItemRef
from lyceum.kernel.errors import ValidationFailed

TAB, OTHER_TAB = UUID(int=1), UUID(int=2)
RIGHT, WRONG, BLANK = {"option": "o0"}, {"option": "o1"}, {"option": None}


@pytest.fixture
def items(choice):
    refs = [ItemRef(item_id=UUID(int=number), version=1) for number in (1, 2)]
    return {refs[0]: choice(hints=["first", "second"]), refs[1]: choice(weight=3)}


@pytest.fixture
def start(items, noon):
    def make(previous=(), factor=Fraction(1), now=noon, **settings):
        section = Section(entries=tuple(FixedItem(item_id=ref.item_id) for ref in items))
        content = QuizContent(title="Quiz", sections=(section,), settings=QuizSettings.model_validate(settings))
        quiz = Quiz.create(id=UUID(int=50), course_id=UUID(int=60), content=content, now=noon)
        return Attempt.start(
            id=UUID(int=70), quiz=quiz, user_id=UUID(int=80), previous=previous, drawn=[list(items)], items=items,
            seed=bytes(32), extra_time_factor=factor, now=now,
        )  # fmt: skip

    return make


def stamp(seq, tab=TAB):
    return Stamp(seq=seq, client_id=tab)


def kinds(attempt):
    return [type(event) for event in attempt.collect_events()]


def minutes(count):
    return timedelta(minutes=count)


def test_the_deadline_is_the_limit_times_the_accommodation(start, noon):
    assert start(timing={"time_limit": 600}).expires_at == noon + minutes(10)
    assert start(timing={"time_limit": 600}, factor=Fraction("1.25")).expires_at == noon + minutes(12.5)
    assert start(timing={"time_limit": 10}, factor=Fraction(4, 3)).expires_at == noon + timedelta(seconds=14)


def test_the_close_clips_the_deadline_whatever_the_accommodation(start, noon):
    closes = noon + minutes(5)
    assert start(timing={"time_limit": 600, "closes_at": closes}, factor=Fraction(2)).expires_at == closes
    assert start(timing={"closes_at": closes}).expires_at == closes
    assert start().expires_at is None


def test_starting_is_recorded_with_the_deadline(start, noon):
    event = start(timing={"time_limit": 600}).collect_events()[0]
    assert isinstance(event, AttemptStarted)
    assert (event.number, event.expires_at, event.occurred_at) == (1, noon + minutes(10), noon)


def test_an_attempt_that_the_policy_refuses_does_not_start(start, noon):
    previous = [PreviousAttempt(number=1, submitted_at=noon - minutes(1))]
    with pytest.raises(AttemptNotAllowed) as refusal:
        start(previous, attempts={"limit": 1})
    assert refusal.value.extensions == {"reason": "limit_reached", "available_at": None}
    with pytest.raises(AttemptNotAllowed) as refusal:
        start(previous, attempts={"delay": 120})
    assert refusal.value.extensions["available_at"] == (noon + minutes(1)).isoformat()
    assert start(previous, attempts={"limit": 2}).number == 2


def test_saved_answers_are_scored_when_submitted(start, items, noon):
    attempt = start(pass_threshold="0.75")
    attempt.save_answer("1", stamp(1), WRONG, items=items, now=noon)
    attempt.save_answer("2", stamp(2), RIGHT, items=items, now=noon)
    attempt.submit(noon + minutes(1))
    attempt.grade(items, noon + minutes(1))
    assert (attempt.score, attempt.max_score, attempt.passed) == (3, 4, True)
    graded = attempt.collect_events()[-1]
    assert isinstance(graded, AttemptGraded)
    assert (graded.score, graded.max_score, graded.passed) == (3, 4, True)
    assert graded.attempt_id == attempt.id


def test_questions_without_an_answer_count_as_blank(start, items, noon):
    attempt = start()
    attempt.submit(noon)
    attempt.grade(items, noon)
    assert (attempt.score, attempt.max_score) == (0, 4)
    assert all(result.score.outcome is Outcome.BLANK for result in attempt.results.values())


def test_submitting_and_grading_again_changes_nothing(start, items, noon):
    attempt = start()
    for later in range(3):
        attempt.submit(noon + minutes(later))
        attempt.grade(items, noon + minutes(later))
    assert attempt.submitted_at == attempt.graded_at == noon
    assert kinds(attempt) == [AttemptStarted, AttemptSubmitted, AttemptGraded]


def test_an_attempt_is_not_graded_before_it_is_submitted(start, items, noon):
    with pytest.raises(NotSubmitted):
        start().grade(items, noon)


def test_answers_arrive_until_the_grace_is_over_and_not_later(start, items, noon):
    attempt = start(timing={"time_limit": 600, "grace": 30})
    last = noon + minutes(10.5)
    attempt.save_answer("1", stamp(1), RIGHT, items=items, now=last)
    with pytest.raises(AttemptExpired):
        attempt.save_answer("1", stamp(2), WRONG, items=items, now=last + timedelta(microseconds=1))
    assert attempt.answers["1"].stamp.seq == 1


def test_the_clock_submits_the_last_saved_answers(start, items, noon):
    attempt = start(timing={"time_limit": 600, "grace": 30})
    attempt.save_answer("1", stamp(1), RIGHT, items=items, now=noon)
    assert attempt.expire(noon + minutes(10.5)) is False
    assert attempt.expire(noon + minutes(11)) is True
    assert attempt.expire(noon + minutes(12)) is False
    attempt.grade(items, noon + minutes(12))
    assert (attempt.submitted_by, attempt.submitted_at) == (SubmittedBy.CLOCK, noon + minutes(10))
    assert attempt.score == 1


def test_a_learner_who_submits_too_late_finds_that_the_clock_was_faster(start, noon):
    attempt = start(timing={"time_limit": 600, "grace": 30})
    attempt.submit(noon + minutes(20))
    assert (attempt.submitted_by, attempt.submitted_at) == (SubmittedBy.CLOCK, noon + minutes(10))


def test_an_attempt_without_a_deadline_never_expires(start, noon):
    assert start().expire(noon + timedelta(days=4000)) is False


def test_a_submitted_attempt_takes_no_new_answer_but_hears_repeats_patiently(start, items, noon):
    attempt = start()
    kept = attempt.save_answer("1", stamp(1), RIGHT, items=items, now=noon)
    attempt.submit(noon)
    assert attempt.save_answer("1", stamp(1), RIGHT, items=items, now=noon + minutes(1)) == kept
    with pytest.raises(AttemptClosed):
        attempt.save_answer("1", stamp(2), WRONG, items=items, now=noon)


def test_an_answer_can_be_taken_back(start, items, noon):
    attempt = start()
    attempt.save_answer("1", stamp(1), RIGHT, items=items, now=noon)
    assert attempt.save_answer("1", stamp(2), BLANK, items=items, now=noon).response is None


def test_answers_to_nothing_or_of_no_sense_are_refused(start, items, noon):
    attempt = start()
    with pytest.raises(SlotNotFound):
        attempt.save_answer("3", stamp(1), RIGHT, items=items, now=noon)
    with pytest.raises(ValidationFailed):
        attempt.save_answer("1", stamp(1), {"option": "o9"}, items=items, now=noon)
    assert attempt.answers == {}


def test_the_clock_of_messages_is_the_greatest_number_seen(start, items, noon):
    attempt = start(mode="practice")
    assert attempt.clock == 0
    attempt.save_answer("1", stamp(7), WRONG, items=items, now=noon)
    attempt.check("2", stamp(9), WRONG, items=items, now=noon)
    attempt.save_answer("1", stamp(8), RIGHT, items=items, now=noon)
    assert attempt.clock == 9


def test_a_check_grades_one_question_at_once(start, items, noon):
    attempt = start(mode="practice")
    check = attempt.check("1", stamp(1), WRONG, items=items, now=noon)
    assert check.score.outcome is Outcome.WRONG
    assert attempt.answers["1"].response == check.response
    assert attempt.state is AttemptState.IN_PROGRESS
    event = attempt.collect_events()[-1]
    assert isinstance(event, ItemChecked)
    assert (event.slot, event.outcome, event.used) == ("1", Outcome.WRONG, 1)


def test_a_repeated_check_does_not_count_twice(start, items, noon):
    attempt = start(mode="practice", attempts={"check_limit": 2})
    first = attempt.check("1", stamp(1), WRONG, items=items, now=noon)
    assert attempt.check("1", stamp(1), WRONG, items=items, now=noon + minutes(1)) == first
    assert attempt.checks["1"].used == 1


def test_old_checks_are_forgotten_but_their_repeats_still_recognised(start, items, noon):
    attempt = start(mode="practice")
    for seq in range(1, 41):
        attempt.check("1", stamp(seq), WRONG, items=items, now=noon)
    assert attempt.check("1", stamp(3), WRONG, items=items, now=noon).stamp.seq == 40
    assert attempt.checks["1"].used == 40
    assert len(attempt.checks["1"].recent) == 20


def test_a_question_without_checks_left_or_answered_rightly_is_settled(start, items, noon):
    attempt = start(mode="practice", attempts={"check_limit": 2})
    attempt.check("1", stamp(1), WRONG, items=items, now=noon)
    attempt.check("1", stamp(2), WRONG, items=items, now=noon)
    assert attempt.is_settled("1")
    for act in (attempt.check, attempt.save_answer):
        with pytest.raises(SlotSettled):
            act("1", stamp(3), RIGHT, items=items, now=noon)


def test_settling_the_last_question_submits_and_grades_the_practice(start, items, noon):
    attempt = start(mode="practice", attempts={"check_limit": 1})
    attempt.check("2", stamp(1), RIGHT, items=items, now=noon)
    attempt.check("1", stamp(2), WRONG, items=items, now=noon)
    assert (attempt.state, attempt.score) == (AttemptState.GRADED, 3)
    assert kinds(attempt) == [AttemptStarted, ItemChecked, ItemChecked, AttemptSubmitted, AttemptGraded]
    assert attempt.check("1", stamp(2), WRONG, items=items, now=noon).score.points == 0


def test_in_practice_a_worse_check_takes_nothing_away(start, items, noon):
    shares = (1, "1/2", 0)
    partly = parse_item(
        {
            "type": "single_choice",
            "prompt": "Which?",
            "options": [{"id": f"o{index}", "content": "x", "credit": each} for index, each in enumerate(shares)],
        }
    )
    attempt, items = start(mode="practice"), dict.fromkeys(items, partly)
    attempt.check("1", stamp(1), {"option": "o1"}, items=items, now=noon)
    attempt.check("1", stamp(2), {"option": "o2"}, items=items, now=noon)
    attempt.submit(noon)
    attempt.grade(items, noon)
    assert attempt.score == Fraction(1, 2)
    assert attempt.results["1"].response.option == "o1"


def test_in_practice_the_best_answer_counts(start, items, noon):
    checked = start(mode="practice")
    checked.check("2", stamp(1), RIGHT, items=items, now=noon)
    checked.check("1", stamp(2), WRONG, items=items, now=noon)
    checked.save_answer("1", stamp(3), RIGHT, items=items, now=noon)
    checked.submit(noon)
    checked.grade(items, noon)
    assert checked.score == 4


def test_a_blank_is_not_checked_and_uses_nothing_up(start, items, noon):
    attempt = start(mode="practice", attempts={"check_limit": 1})
    with pytest.raises(NothingToCheck):
        attempt.check("1", stamp(1), BLANK, items=items, now=noon)
    assert "1" not in attempt.checks


def test_checks_and_hints_are_for_practice_only(start, items, noon):
    attempt = start()
    with pytest.raises(PracticeOnly):
        attempt.check("1", stamp(1), RIGHT, items=items, now=noon)
    with pytest.raises(PracticeOnly):
        attempt.take_hint("1", 1, items=items, now=noon)


def test_checks_stop_with_the_time(start, items, noon):
    attempt = start(mode="practice", timing={"time_limit": 60, "grace": 0})
    with pytest.raises(AttemptExpired):
        attempt.check("1", stamp(1), RIGHT, items=items, now=noon + minutes(2))


def test_hints_come_one_after_the_other_and_again(start, items, noon):
    attempt = start(mode="practice")
    with pytest.raises(HintNotFound):
        attempt.take_hint("1", 2, items=items, now=noon)
    assert attempt.take_hint("1", 1, items=items, now=noon) == ("first",)
    assert attempt.take_hint("1", 1, items=items, now=noon) == ("first",)
    assert attempt.take_hint("1", 2, items=items, now=noon) == ("first", "second")
    for number in (0, 3):
        with pytest.raises(HintNotFound):
            attempt.take_hint("1", number, items=items, now=noon)
    attempt.submit(noon)
    assert attempt.take_hint("1", 2, items=items, now=noon) == ("first", "second")


def test_no_new_hint_comes_after_submitting(start, items, noon):
    attempt = start(mode="practice")
    attempt.submit(noon)
    with pytest.raises(AttemptClosed):
        attempt.take_hint("1", 1, items=items, now=noon)
