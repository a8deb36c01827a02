"""Typed answers: `numericalresponse` and `stringresponse`."""

from collections.abc import Iterator
from fractions import Fraction

from lyceum.assessment.adapters.importing.collecting import Draft, Unsupported
from lyceum.assessment.adapters.importing.olx.expressions import as_number, evaluate
from lyceum.assessment.adapters.importing.olx.reading import Response, words
from lyceum.assessment.adapters.importing.xml import Element, plain_text
from lyceum.assessment.domain.items.numbers import number_text

_USUAL_TOLERANCE = "0.001%"
"""What Open edX allows where an author says nothing, for the sake of floating point."""
_PARTLY = Fraction(1, 2)


def numeric(response: Response) -> Draft:
    """A number with its tolerance, or a range; further answers; partial credit. Raises `Unsupported`."""
    element = response.element
    credit = words(element.get("partial_credit")) - {"false"}
    tolerance = _parameter(element, "default", kind="tolerance") or _USUAL_TOLERANCE
    factor = evaluate(_parameter(element, "partial_range") or "2")
    accepted = [
        _number(answer, tolerance) | {"feedback": response.html(hint)} for answer, hint in _answers(element) if answer
    ]
    if not accepted:
        raise Unsupported("It has no answer")
    losses = []
    partly = []
    if "list" in credit:
        listed = (_parameter(element, "partial_answers") or "").split(",")
        partly = [_number(answer.strip(), tolerance) for answer in listed if answer.strip()]
    wider = [_widened(key, factor) for key in accepted] if "close" in credit else []
    widest = [_widened(key, factor) for key in partly] if "close" in credit else []
    if unknown := credit - {"list", "close"}:
        losses.append(f"The partial credit “{', '.join(sorted(unknown))}” is not known")
    accepted += [key | {"credit": str(_PARTLY), "feedback": ""} for key in partly + wider]
    accepted += [key | {"credit": str(_PARTLY**2), "feedback": ""} for key in widest]
    return Draft({"type": "numeric", "accepted": accepted}, losses)


def short_text(response: Response) -> Draft:
    """A text or, with `type="regexp"`, a pattern; further answers; hints for known wrong ones."""
    element = response.element
    kind = words(element.get("type"))
    patterns = "regexp" in kind
    accepted = [
        _text(answer, pattern=patterns, feedback=response.html(hint))
        for written, hint in _answers(element)
        for answer in (written.split("_or_") if not patterns else [written])
    ]
    for tag, is_pattern in (("stringequalhint", False), ("regexphint", True)):
        for hint in element.iterchildren(tag):
            wrong = _text(hint.get("answer") or "", pattern=is_pattern, feedback=response.html(hint))
            accepted.append(wrong | {"credit": "0"})
    losses = ["Its conditional hints (hintgroup) are left out"] if element.find("hintgroup") is not None else []
    return Draft({"type": "short_text", "accepted": accepted, "case_sensitive": "ci" not in kind}, losses)


def _text(answer: str, *, pattern: bool, feedback: str) -> dict[str, object]:
    key = "pattern" if pattern else "text"
    return {"kind": key, key: answer.strip(), "feedback": feedback}


def _answers(element: Element) -> Iterator[tuple[str, Element | None]]:
    """The answers of a response, each with its hint; the oldest form has them as text."""
    yield (element.get("answer") or "").strip(), element.find("correcthint")
    for more in element.iterchildren("additional_answer"):
        yield (more.get("answer") or plain_text(more)).strip(), more.find("correcthint")


def _parameter(element: Element, name: str, kind: str | None = None) -> str | None:
    for parameter in element.iterchildren("responseparam"):
        if name in parameter.attrib and (kind is None or parameter.get("type") == kind):
            return (parameter.get(name) or "").strip()
    return None


def _number(answer: str, tolerance: str) -> dict[str, object]:
    if answer[:1] in "[(" and answer[-1:] in ")]" and answer.count(",") == 1:
        low, high = answer[1:-1].split(",")
        closed = {"low_closed": answer[0] == "[", "high_closed": answer[-1] == "]"}
        return {"kind": "range", "low": as_number(low), "high": as_number(high), **closed}
    percent = tolerance.endswith("%")
    margin = as_number(tolerance.rstrip("%"))
    return {"kind": "value", "value": as_number(answer), "tolerance": margin, "percent": percent}


def _widened(key: dict[str, object], factor: Fraction) -> dict[str, object]:
    """Partial credit for being close: the tolerance times a factor, or a range longer by as much at either end."""
    if key["kind"] == "value":
        return key | {"tolerance": number_text(Fraction(evaluate(str(key["tolerance"]))) * factor)}
    low, high = evaluate(str(key["low"])), evaluate(str(key["high"]))
    margin = (high - low) * factor
    low, high = low - margin, high + margin
    return key | {"low": number_text(low), "high": number_text(high), "low_closed": False, "high_closed": False}
