"""Scores: exact points, and what an answer was like part by part."""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from lyceum.assessment.domain.values import Credit, Html, Points, Value


class Outcome(StrEnum):
    """How good an answer is. `blank`: there is none; a blank earns nothing whatever the rule for credit."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"


class PartOutcome(Value):
    """How one part of an answer did: `part` is an option's id. `chosen` is false for an option left alone."""

    part: str
    chosen: bool
    outcome: Outcome
    feedback: Html = ""


class Score(Value):
    """What an answer earns: 0 ≤ `points` ≤ `max_points`. `feedback` is in the order in which to show it."""

    points: Points
    max_points: Points
    outcome: Outcome
    parts: tuple[PartOutcome, ...] = ()
    feedback: tuple[Html, ...] = ()


class Total(Value):
    """The sum over an attempt. `passed` is null where the quiz has no pass threshold."""

    score: Points
    max_score: Points
    passed: bool | None


def outcome_of(credit: Fraction) -> Outcome:
    """The outcome of an answer that was given and earns this credit."""
    if credit >= 1:
        return Outcome.RIGHT
    return Outcome.PARTLY if credit > 0 else Outcome.WRONG


def total(scores: Iterable[Score], pass_threshold: Credit | None) -> Total:
    """The sum of the scores; passed if it reaches the threshold, a share of the maximum, exactly."""
    listed = list(scores)
    score = sum((each.points for each in listed), Fraction(0))
    max_score = sum((each.max_points for each in listed), Fraction(0))
    passed = None if pass_threshold is None else score >= pass_threshold * max_score
    return Total(score=score, max_score=max_score, passed=passed)
