"""How a QTI 1.2 assessment is taken: the fields of Common Cartridge and, beside the document, those of Canvas."""

from collections.abc import Mapping

from pydantic import JsonValue

from lyceum.assessment.domain.quiz import QUIZ_REVIEW, AttemptRules, Mode, QuizSettings, Timing
from lyceum.assessment.domain.values import exact

_LONGEST = 30 * 24 * 60


def read_settings(fields: Mapping[str, JsonValue]) -> QuizSettings:
    """A quiz with the time limit (in minutes there) and the number of attempts; what makes no sense is no limit."""
    minutes = _positive(fields.get("time_limit") or fields.get("qmd_timelimit"))
    attempts = _positive(fields.get("allowed_attempts") or fields.get("cc_maxattempts"))
    return QuizSettings(
        mode=Mode.QUIZ,
        timing=Timing(time_limit=None if minutes is None or minutes > _LONGEST else max(10, int(minutes * 60))),
        attempts=AttemptRules(limit=None if attempts is None or attempts > 1000 else max(1, int(attempts))),
        review=QUIZ_REVIEW,
    )


def shuffles_answers(fields: Mapping[str, JsonValue]) -> bool:
    """Whether Canvas shuffles the options of every question."""
    return str(fields.get("shuffle_answers", "")).strip().lower() == "true"


def _positive(value: JsonValue | None) -> float | None:
    """A number above nothing; Canvas writes -1 for no limit, cartridges `unlimited`."""
    try:
        number = float(exact(str(value).strip()))
    except ValueError:
        return None
    return number if number > 0 else None
