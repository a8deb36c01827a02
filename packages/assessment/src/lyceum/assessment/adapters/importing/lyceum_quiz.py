"""Lyceum's own quizzes, coming back."""

from collections.abc import Mapping

from pydantic import JsonValue

from lyceum.assessment.adapters.importing.collecting import dropped, outcome
from lyceum.assessment.domain.exchange import ImportedQuiz, Sanitise, read_quiz
from lyceum.kernel.errors import LyceumError


def read_lyceum_quiz(
    *, source: str, title: str, content: str, settings: Mapping[str, JsonValue], sanitise: Sanitise
) -> ImportedQuiz:
    """A quiz out of `lyceum-quiz` JSON, which holds its own title and settings."""
    try:
        draft = read_quiz(content.encode(), sanitise)
    except LyceumError as refusal:
        return ImportedQuiz(draft=None, outcomes=(dropped(source, "quiz", refusal.detail),))
    items = [*draft.items, *(item for bank in draft.banks for item in bank.items)]
    outcomes = tuple(outcome(f"{source}#{number}", item.type, ()) for number, item in enumerate(items, 1))
    return ImportedQuiz(draft=draft, outcomes=outcomes)
