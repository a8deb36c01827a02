"""When a learner sees what of the result."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from lyceum.assessment.domain.items.views import Show
from lyceum.assessment.domain.values import AuthoringError, Value

IMMEDIATELY = timedelta(minutes=2)
"""How long after submitting a review counts as immediate."""


class Phase(StrEnum):
    """`during` the attempt, `immediately_after` it, later `while_open`, and `after_close` of the quiz."""

    DURING = "during"
    IMMEDIATELY_AFTER = "immediately_after"
    WHILE_OPEN = "while_open"
    AFTER_CLOSE = "after_close"


def _sequence(value: Any) -> Any:
    return tuple(value) if isinstance(value, (set, frozenset)) else value


def _in_order(shown: tuple[Show, ...]) -> tuple[Show, ...]:
    return tuple(each for each in Show if each in shown)


Shown = Annotated[tuple[Show, ...], BeforeValidator(_sequence), AfterValidator(_in_order)]
"""A set of things to show, kept in one order so that equal policies have equal JSON."""

EVERYTHING: Shown = tuple(Show)


class ReviewPolicy(Value):
    """What each phase shows. In practice, `during` speaks of a question after a check of it; key and explanation then
    wait until the question is settled."""

    during: Shown = ()
    immediately_after: Shown = EVERYTHING
    while_open: Shown = EVERYTHING
    after_close: Shown = EVERYTHING

    def shows(self, phase: Phase) -> frozenset[Show]:
        shown: tuple[Show, ...] = getattr(self, phase.value)
        return frozenset(shown)


PRACTICE_REVIEW = ReviewPolicy(during=EVERYTHING)
"""Everything, as soon as it does not spoil the question."""
QUIZ_REVIEW = ReviewPolicy()
"""Nothing during the attempt, everything after it."""


def quiz_review_errors(policy: ReviewPolicy) -> list[AuthoringError]:
    """A quiz tells nothing about an answer that can still be changed."""
    return [
        AuthoringError(pointer="/review/during", detail=f"A quiz cannot show {shown.value} during the attempt")
        for shown in policy.during
        if shown is not Show.RESPONSES
    ]


def review_phase(*, submitted_at: datetime | None, closes_at: datetime | None, now: datetime) -> Phase:
    """The phase that an attempt is in; `submitted_at` is null while it is in progress."""
    if submitted_at is None:
        return Phase.DURING
    if closes_at is not None and now >= closes_at:
        return Phase.AFTER_CLOSE
    return Phase.IMMEDIATELY_AFTER if now < submitted_at + IMMEDIATELY else Phase.WHILE_OPEN
