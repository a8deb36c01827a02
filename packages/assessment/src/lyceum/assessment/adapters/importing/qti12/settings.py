"""How a QTI 1.2 assessment is taken: the fields of the document and the settings beside it."""

from collections.abc import Mapping

from pydantic import JsonValue

from lyceum.assessment.domain.quiz import QUIZ_REVIEW, AttemptRules, Mode, QuizSettings, Timing
from lyceum.assessment.domain.values import exact

_LONGEST = 30 * 24 * 3600
_SHORTEST = 10
_MINUTE = 60


def read_settings(document: Mapping[str, JsonValue], beside: Mapping[str, JsonValue]) -> QuizSettings:
    """A quiz with the time limit and the number of attempts; what makes no sense is no limit.

    The document has minutes (`qmd_timelimit`). What stands `beside` it goes first: `time_limit` in seconds and
    `max_attempts`, as `ForeignProblem` has them.
    """
    seconds = _positive(beside.get("time_limit")) or _MINUTE * (_positive(document.get("qmd_timelimit")) or 0)
    attempts = _positive(beside.get("max_attempts")) or _positive(document.get("cc_maxattempts"))
    return QuizSettings(
        mode=Mode.QUIZ,
        timing=Timing(time_limit=max(_SHORTEST, int(seconds)) if 0 < seconds <= _LONGEST else None),
        attempts=AttemptRules(limit=None if attempts is None or attempts > 1000 else max(1, int(attempts))),
        review=QUIZ_REVIEW,
    )


def shuffles_answers(beside: Mapping[str, JsonValue]) -> bool:
    """Whether the options of every question are shuffled."""
    return beside.get("shuffle_answers") is True


def _positive(value: JsonValue | None) -> float | None:
    """A number above nothing; cartridges write `unlimited` for no limit."""
    try:
        number = float(exact(str(value).strip()))
    except ValueError:
        return None
    return number if number > 0 else None
