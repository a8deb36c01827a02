"""What Open edX sets beside a problem's content."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pydantic import JsonValue

from lyceum.assessment.domain.items import Show
from lyceum.assessment.domain.quiz import (
    EVERYTHING,
    PRACTICE_REVIEW,
    AttemptRules,
    Mode,
    QuizSettings,
    ReviewPolicy,
    Timing,
)
from lyceum.assessment.domain.values import exact

_NO_ANSWERS = tuple(show for show in EVERYTHING if show not in (Show.KEY, Show.EXPLANATION))


@dataclass(frozen=True)
class ProblemSettings:
    """`weight`: the points of the whole problem, null for one per response. `losses`: what has no counterpart."""

    quiz: QuizSettings
    weight: Fraction | None
    losses: tuple[str, ...]


def read_settings(settings: Mapping[str, JsonValue]) -> ProblemSettings:
    """Practice with as many checks as there were attempts, and with the answers unless they are never shown.

    Limited checks allow one attempt only: a second one would start the count again.
    """
    losses = []
    checks = _number(settings.get("max_attempts"))
    limit = int(checks) if checks is not None and checks.denominator == 1 and 1 <= checks <= 1000 else None
    if checks is not None and limit is None:
        losses.append(f"The limit of {checks} attempts is not taken over")
    weight = _number(settings.get("weight"))
    if weight is not None and not 0 < weight <= 1000:
        losses.append(f"The weight {weight} is not taken over")
        weight = None
    if (_number(settings.get("submission_wait_seconds")) or 0) > 0:
        losses.append("The waiting time between attempts is not taken over")
    never = settings.get("showanswer") == "never"
    hidden = ReviewPolicy(
        during=_NO_ANSWERS, immediately_after=_NO_ANSWERS, while_open=_NO_ANSWERS, after_close=_NO_ANSWERS
    )
    quiz = QuizSettings(
        mode=Mode.PRACTICE,
        timing=Timing(),
        attempts=AttemptRules(limit=None if limit is None else 1, check_limit=limit),
        review=hidden if never else PRACTICE_REVIEW,
    )
    return ProblemSettings(quiz=quiz, weight=weight, losses=tuple(losses))


def _number(value: JsonValue | None) -> Fraction | None:
    try:
        return exact(value.strip() if isinstance(value, str) else value)
    except ValueError:
        return None
