"""The small conventions that all OLX responses share."""

from copy import deepcopy
from dataclasses import dataclass

from lyceum.assessment.adapters.importing.xml import Element, find_all, inner_html, remove
from lyceum.assessment.domain.exchange import Sanitise

INPUTS = (
    "checkboxgroup",
    "choicegroup",
    "formulaequationinput",
    "optioninput",
    "radiogroup",
    "textline",
)
_NOT_TEXT = (
    *INPUTS,
    "additional_answer",
    "answer",
    "choicehint",
    "compoundhint",
    "correcthint",
    "demandhint",
    "endouttext",
    "hintgroup",
    "regexphint",
    "responseparam",
    "script",
    "solution",
    "solutionset",
    "startouttext",
    "stringequalhint",
    "targetedfeedbackset",
)
_RENAMED = {"label": "p", "description": "p", "text": "div", "clarification": "em", "question": "p"}


@dataclass(frozen=True)
class Response:
    """One response element with what it takes to read it: `place` is unique among all responses of an import."""

    element: Element
    place: str
    sanitise: Sanitise

    def html(self, element: Element | None) -> str:
        """What is inside the element, safe to show; empty without one."""
        return "" if element is None else self.sanitise(markup_of(element))


def markup_of(element: Element) -> str:
    """What an element says to learners, without inputs, keys, hints and solutions; not sanitised yet."""
    copy = deepcopy(element)
    for part in list(find_all(copy, *_NOT_TEXT)):
        remove(part)
    for part in find_all(copy, *_RENAMED):
        part.tag = _RENAMED[part.tag]
        part.attrib.clear()
    return inner_html(copy)


def is_true(value: str | None) -> bool:
    """OLX writes `true`, `True` and `TRUE`."""
    return (value or "").strip().lower() == "true"


def words(value: str | None) -> set[str]:
    """The words of an attribute such as `type="ci regexp"` or `partial_credit="list, close"`."""
    return set((value or "").lower().replace(",", " ").split())
