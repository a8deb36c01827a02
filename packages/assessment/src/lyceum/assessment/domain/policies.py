"""May a learner start an attempt?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lyceum.assessment.domain.quiz.settings import QuizSettings


class Refusal(StrEnum):
    """Why no attempt may be started."""

    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    IN_PROGRESS = "in_progress"
    LIMIT_REACHED = "limit_reached"
    TOO_SOON = "too_soon"


@dataclass(frozen=True, kw_only=True, slots=True)
class PreviousAttempt:
    """What the policy needs to know of an attempt: null `submitted_at` says that it is under way."""

    number: int
    submitted_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StartDecision:
    """Whether an attempt may start. `refusal` is null if it may.

    `available_at`: when it will be possible, null if it is now, if it never will or if that depends on the learner.
    `left`: attempts left including the next one; null without a limit.
    """

    refusal: Refusal | None
    available_at: datetime | None
    left: int | None
    next_number: int

    @property
    def allowed(self) -> bool:
        return self.refusal is None


def may_start(settings: QuizSettings, previous: Sequence[PreviousAttempt], now: datetime) -> StartDecision:
    """Whether a learner with these attempts at the quiz may start another one.

    Under parallel requests the answer is only as good as `previous`; the unique number of the next attempt decides.
    """
    timing, rules = settings.timing, settings.attempts
    left = None if rules.limit is None else max(0, rules.limit - len(previous))
    next_number = max((attempt.number for attempt in previous), default=0) + 1

    def decided(refusal: Refusal | None, available_at: datetime | None = None) -> StartDecision:
        return StartDecision(refusal=refusal, available_at=available_at, left=left, next_number=next_number)

    if timing.closes_at is not None and now >= timing.closes_at:
        return decided(Refusal.CLOSED)
    if any(attempt.submitted_at is None for attempt in previous):
        return decided(Refusal.IN_PROGRESS)
    if left == 0:
        return decided(Refusal.LIMIT_REACHED)
    if timing.opens_at is not None and now < timing.opens_at:
        return decided(Refusal.NOT_OPEN_YET, timing.opens_at)
    last = max((attempt.submitted_at for attempt in previous if attempt.submitted_at is not None), default=None)
    if last is not None and now < (available := last + timedelta(seconds=rules.delay)):
        if timing.closes_at is not None and available >= timing.closes_at:
            return decided(Refusal.TOO_SOON)
        return decided(Refusal.TOO_SOON, available)
    return decided(None)
