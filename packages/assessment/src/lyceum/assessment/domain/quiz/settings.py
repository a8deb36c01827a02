"""How a quiz is taken."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from lyceum.assessment.domain.quiz.review import QUIZ_REVIEW, ReviewPolicy, quiz_review_errors
from lyceum.assessment.domain.values import AuthoringError, Credit, Value

_DAY = 24 * 3600


class Mode(StrEnum):
    """`practice`: each answer can be checked at once, hints are there. `quiz`: the result comes after submitting."""

    PRACTICE = "practice"
    QUIZ = "quiz"


class Timing(Value):
    """When and how long. The time limit and the grace are in seconds; null means no bound.

    The limit is stretched by a learner's accommodation and clipped by `closes_at`. Answers that arrive within the grace
    after that still count: it is for slow networks, and is not shown to learners.
    """

    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    time_limit: Annotated[int, Field(ge=10, le=30 * _DAY)] | None = None
    grace: int = Field(default=30, ge=0, le=_DAY)

    @property
    def grace_period(self) -> timedelta:
        return timedelta(seconds=self.grace)


class AttemptRules(Value):
    """How often. `limit`: attempts per learner; `delay`: seconds from submitting one to starting the next;
    `check_limit`: in practice, how often one question can be checked. Null means no bound."""

    limit: Annotated[int, Field(ge=1, le=1000)] | None = None
    delay: int = Field(default=0, ge=0, le=365 * _DAY)
    check_limit: Annotated[int, Field(ge=1, le=1000)] | None = None


class QuizSettings(Value):
    """How a quiz is taken. `pass_threshold`: the share of all points that passes; null if nobody fails."""

    mode: Mode = Mode.QUIZ
    timing: Timing = Timing()
    attempts: AttemptRules = AttemptRules()
    review: ReviewPolicy = QUIZ_REVIEW
    pass_threshold: Credit | None = None

    def authoring_errors(self) -> list[AuthoringError]:
        """Settings that contradict each other; pointers are relative to the settings."""
        errors = []
        timing = self.timing
        if timing.opens_at is not None and timing.closes_at is not None and timing.closes_at <= timing.opens_at:
            errors.append(AuthoringError(pointer="/timing/closes_at", detail="It must close after it opens"))
        if self.mode is Mode.QUIZ:
            errors += quiz_review_errors(self.review)
            if self.attempts.check_limit is not None:
                detail = "Only practice has checks to limit"
                errors.append(AuthoringError(pointer="/attempts/check_limit", detail=detail))
        return errors
