"""One `item` of QTI 1.2, by its profile."""

from collections.abc import Callable
from functools import partial

from lyceum.assessment.adapters.importing.collecting import Draft, Unsupported, dropped, finished, outcome
from lyceum.assessment.adapters.importing.qti12.answers import numeric, short_text
from lyceum.assessment.adapters.importing.qti12.choices import Question, multiple_choice, single_choice
from lyceum.assessment.adapters.importing.qti12.materials import feedback_texts, lacks_media, metadata, texts
from lyceum.assessment.adapters.importing.xml import Element, find_all
from lyceum.assessment.domain.exchange import ItemOutcome, Sanitise
from lyceum.assessment.domain.items import Item
from lyceum.assessment.domain.values import MAX_TITLE, exact
from lyceum.kernel.errors import ValidationFailed

_true_false = partial(single_choice, fixed_order=True)
_READERS: dict[str, Callable[[Question], Draft]] = {
    "cc.multiple_choice.v0p1": single_choice,
    "cc.multiple_response.v0p1": multiple_choice,
    "cc.true_false.v0p1": _true_false,
    "cc.fib.v0p1": short_text,
    "cc.pattern_match.v0p1": short_text,
    "multiple_choice_question": single_choice,
    "multiple_answers_question": multiple_choice,
    "true_false_question": _true_false,
    "short_answer_question": short_text,
    "numerical_question": numeric,
}
_REASONS = {
    "cc.essay.v0p1": "An essay is marked by people, which is not possible here yet",
    "essay_question": "An essay is marked by people, which is not possible here yet",
    "text_only_question": "It asks nothing",
}


def read_item(element: Element, *, source: str, shuffled: bool, sanitise: Sanitise) -> tuple[Item | None, ItemOutcome]:
    """The item, null if it was dropped, and its fate."""
    fields = metadata(element)
    kind = fields.get("cc_profile") or fields.get("question_type") or _guessed(element)
    try:
        reader = _READERS.get(kind)
        if reader is None:
            raise Unsupported(_REASONS.get(kind, f"A “{kind}” has no counterpart here"))
        feedback, solutions, hints = feedback_texts(element, sanitise)
        draft = reader(Question(element, source, feedback, shuffled, sanitise))
        presentation = element.find("presentation")
        if lacks_media(presentation):
            draft.losses.append("Pictures, sounds or films that are not part of a text are left out")
        draft.fields |= {
            "title": " ".join((element.get("title") or "").split())[:MAX_TITLE],
            "prompt": texts(presentation, sanitise),
            "explanation": "\n".join(solutions),
            "hints": hints,
            "weight": _weight(fields, draft.losses),
        }
        item = finished(draft)
    except Unsupported as fault:
        return None, dropped(source, kind, str(fault))
    except ValidationFailed as refusal:
        return None, dropped(source, kind, refusal.detail)
    return item, outcome(source, kind, draft.losses)


def _guessed(element: Element) -> str:
    """The profile of an item that does not name one, by what it asks with."""
    group = next(find_all(element, "response_lid"), None)
    if group is not None:
        several = (group.get("rcardinality") or "Single").strip().lower() == "multiple"
        return "cc.multiple_response.v0p1" if several else "cc.multiple_choice.v0p1"
    if next(find_all(element, "response_num"), None) is not None:
        return "numerical_question"
    if next(find_all(element, "response_str"), None) is not None:
        return "cc.fib.v0p1" if next(find_all(element, "varequal", "varsubstring"), None) is not None else "essay"
    return "item"


def _weight(fields: dict[str, str], losses: list[str]) -> str:
    written = fields.get("points_possible") or fields.get("cc_weighting") or "1"
    try:
        weight = exact(written)
    except ValueError:
        weight = exact(0)
    if not 0 < weight <= 1000:
        losses.append(f"It is worth 1 point, since “{written[:40]}” is not possible")
        weight = exact(1)
    return str(weight)
