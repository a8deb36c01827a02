"""May a learner start an attempt?"""

from datetime import timedelta

import pytest

from lyceum.assessment.domain.policies import PreviousAttempt, Refusal, may_start
from lyceum.assessment.domain.quiz import QuizSettings

HOUR = timedelta(hours=1)


def settings(**parts):
    return QuizSettings.model_validate(parts)


@pytest.fixture
def done(noon):
    def make(number=1, ago=HOUR):
        return PreviousAttempt(number=number, submitted_at=noon - ago)

    return make


def test_the_first_attempt_may_start(noon):
    decision = may_start(settings(attempts={"limit": 3}), [], noon)
    assert (decision.allowed, decision.left, decision.next_number) == (True, 3, 1)


def test_an_attempt_under_way_comes_first(noon, done):
    under_way = PreviousAttempt(number=2, submitted_at=None)
    assert may_start(settings(), [done(), under_way], noon).refusal is Refusal.IN_PROGRESS


def test_the_limit_counts_all_attempts(noon, done):
    rules = settings(attempts={"limit": 2})
    assert may_start(rules, [done()], noon).left == 1
    refused = may_start(rules, [done(1), done(2)], noon)
    assert (refused.refusal, refused.left, refused.available_at) == (Refusal.LIMIT_REACHED, 0, None)


def test_without_a_limit_there_is_always_a_next_attempt(noon, done):
    decision = may_start(settings(), [done(number) for number in range(1, 51)], noon)
    assert (decision.allowed, decision.left, decision.next_number) == (True, None, 51)


def test_the_delay_runs_from_the_last_submission(noon, done):
    rules = settings(attempts={"delay": 7200})
    refused = may_start(rules, [done(1, 9 * HOUR), done(2, HOUR)], noon)
    assert (refused.refusal, refused.available_at) == (Refusal.TOO_SOON, noon + HOUR)
    assert may_start(rules, [done(1, 9 * HOUR), done(2, HOUR)], noon + HOUR).allowed


def test_a_delay_that_outlasts_the_quiz_promises_nothing(noon, done):
    rules = settings(attempts={"delay": 7200}, timing={"closes_at": noon + HOUR / 2})
    assert may_start(rules, [done()], noon).available_at is None


def test_nothing_starts_before_the_opening_or_from_the_close_on(noon):
    rules = settings(timing={"opens_at": noon, "closes_at": noon + HOUR})
    early = may_start(rules, [], noon - HOUR)
    assert (early.refusal, early.available_at) == (Refusal.NOT_OPEN_YET, noon)
    assert may_start(rules, [], noon).allowed
    assert may_start(rules, [], noon + HOUR).refusal is Refusal.CLOSED
