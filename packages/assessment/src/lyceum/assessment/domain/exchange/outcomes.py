"""What became of a foreign problem, item by item."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

from pydantic import JsonValue

from lyceum.assessment.domain.exchange.draft import QuizDraft
from lyceum.assessment.domain.values import Value

Sanitise = Callable[[str], str]
"""Makes HTML safe to serve. Raises `ValidationFailed` for HTML that it will not touch."""


class Fate(StrEnum):
    """`imported`: all of it is in the quiz. `changed`: it is, but not as it was. `dropped`: it is not."""

    IMPORTED = "imported"
    CHANGED = "changed"
    DROPPED = "dropped"


class ItemOutcome(Value):
    """The fate of one question. `source` is the problem's source with `#` and the question's number or id in it;
    `kind` is the origin's own word for it. `reason` is empty only where all of it was imported."""

    source: str
    kind: str
    outcome: Fate
    reason: str = ""


class ImportedQuiz(Value):
    """What an importer made of one problem or assessment; `draft` is null where nothing of it could be used."""

    draft: QuizDraft | None
    outcomes: tuple[ItemOutcome, ...]


class ProblemReader(Protocol):
    """Reads problems of one foreign format. Never raises for what a problem holds: that ends up in the outcomes."""

    def __call__(
        self, *, source: str, title: str, content: str, settings: Mapping[str, JsonValue], sanitise: Sanitise
    ) -> ImportedQuiz: ...
