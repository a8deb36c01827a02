"""Typed answers of QTI 1.2: blanks, patterns, and the numbers of Canvas."""

import re
from collections.abc import Iterator
from fractions import Fraction

from lyceum.assessment.adapters.importing.collecting import Draft, Unsupported
from lyceum.assessment.adapters.importing.qti12.choices import Question
from lyceum.assessment.adapters.importing.qti12.conditions import Leaf, Rule, leaf, leaves, rules_of
from lyceum.assessment.adapters.importing.xml import Element, find_all

_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$#&~-])")


def short_text(question: Question) -> Draft:
    """A blank to fill in; `varsubstring` asks for a text within the answer. Raises `Unsupported`."""
    _require_one_blank(question)
    rules = rules_of(question.element)
    accepted: list[dict[str, object]] = []
    cases: set[bool] = set()
    for rule, credit in _rewarding(rules):
        for comparison in leaves(rule.condition):
            accepted.append(_text(comparison) | {"credit": str(credit), "feedback": _shown(question, rule)})
            cases.add(comparison.exact_case)
    for rule in rules:
        if not rule.rewards and rule.feedback:
            known = [_text(comparison) for comparison in leaves(rule.condition)]
            accepted += [key | {"credit": "0", "feedback": _shown(question, rule)} for key in known]
    losses = ["Upper and lower case count in every answer; they did in some"] if len(cases) > 1 else []
    feedback = {"general": _always_shown(question, rules)}
    fields = {"type": "short_text", "accepted": accepted, "case_sensitive": True in cases, "feedback": feedback}
    return Draft(fields, losses)


def numeric(question: Question) -> Draft:
    """Numbers and ranges. Raises `Unsupported`."""
    _require_one_blank(question)
    rules = rules_of(question.element)
    accepted: list[dict[str, object]] = []
    for rule, credit in _rewarding(rules):
        common = {"credit": str(credit), "feedback": _shown(question, rule)}
        accepted += [key | common for key in _numbers(rule.condition)]
    feedback = {"general": _always_shown(question, rules)}
    return Draft({"type": "numeric", "accepted": accepted, "feedback": feedback})


def _require_one_blank(question: Question) -> None:
    blanks = len(list(find_all(question.element, "render_fib")))
    if blanks > 1:
        raise Unsupported(f"It has {blanks} blanks; one is possible")


def _rewarding(rules: list[Rule]) -> Iterator[tuple[Rule, Fraction]]:
    """The rules that give points, each with its share of the most that one gives. Raises `Unsupported`."""
    rewarding = [rule for rule in rules if rule.rewards]
    if not rewarding:
        raise Unsupported("No answer to it earns anything")
    best = max(rule.amount for rule in rewarding)
    for rule in rewarding:
        if next(find_all(rule.condition, "not"), None) is not None:
            raise Unsupported("Its right answers are told by what they are not")
        yield rule, Fraction(round(rule.amount / best * 10_000), 10_000)


def _text(comparison: Leaf) -> dict[str, object]:
    if comparison.kind == "varequal":
        return {"kind": "text", "text": comparison.value}
    if comparison.kind == "varsubstring":
        inner = _SPECIAL.sub(r"\\\1", comparison.value)
        return {"kind": "pattern", "pattern": f".*{inner}.*"}
    raise Unsupported(f"The condition “{comparison.kind}” makes no sense for a text")


def _numbers(condition: Element) -> Iterator[dict[str, object]]:
    """An alternative is a value, or two bounds that stand together."""
    bounds: dict[str, str] = {}
    for child in condition:
        if child.tag in ("or", "and"):
            yield from _numbers(child)
        elif child.tag == "varequal":
            yield {"kind": "value", "value": leaf(child).value}
        elif child.tag in ("vargt", "vargte", "varlt", "varlte"):
            bounds[child.tag] = leaf(child).value
        elif child.tag != "other":
            raise Unsupported(f"The condition “{child.tag}” makes no sense for a number")
    if not bounds:
        return
    low, high = bounds.get("vargte", bounds.get("vargt")), bounds.get("varlte", bounds.get("varlt"))
    if low is None or high is None:
        raise Unsupported("Its right answers have no bound at one end")
    if low == high:
        yield {"kind": "value", "value": low}
    else:
        closed = {"low_closed": "vargte" in bounds, "high_closed": "varlte" in bounds}
        yield {"kind": "range", "low": low, "high": high, **closed}


def _shown(question: Question, rule: Rule) -> str:
    return "\n".join(text for text in (question.feedback.get(each, "") for each in rule.feedback) if text)


def _always_shown(question: Question, rules: list[Rule]) -> str:
    """The feedback of rules that ask for nothing."""
    general = [rule for rule in rules if all(child.tag == "other" for child in rule.condition)]
    return "\n".join(text for text in (_shown(question, rule) for rule in general) if text)
