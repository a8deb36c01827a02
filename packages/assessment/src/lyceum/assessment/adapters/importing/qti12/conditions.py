"""How a QTI 1.2 item is marked: its response conditions, as a tree that can be asked and taken apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from lyceum.assessment.adapters.importing.collecting import Unsupported
from lyceum.assessment.adapters.importing.xml import Element, find_all
from lyceum.assessment.domain.items.numbers import parse_number

_LEAVES = ("varequal", "varsubstring", "vargt", "vargte", "varlt", "varlte")
_ALWAYS = ("other", "unanswered", "durequal", "durlt", "durgt")


@dataclass(frozen=True)
class Leaf:
    """One comparison. `exact_case` is what the attribute `case` says."""

    kind: str
    value: str
    exact_case: bool


@dataclass(frozen=True)
class Rule:
    """One `respcondition`: what it asks, how it changes the score, which feedback it shows, whether others follow."""

    condition: Element
    action: str | None
    amount: Fraction
    feedback: tuple[str, ...]
    goes_on: bool

    @property
    def rewards(self) -> bool:
        return self.action in ("set", "add") and self.amount > 0


def rules_of(item: Element) -> list[Rule]:
    """The rules in the order in which they are worked through. Raises `Unsupported`."""
    return [_rule(each) for each in find_all(item, "respcondition")]


def _rule(element: Element) -> Rule:
    condition = element.find("conditionvar")
    if condition is None:
        raise Unsupported("A rule for marking has no condition")
    change = next(iter(element.iterchildren("setvar")), None)
    shown = tuple(each.get("linkrefid") or "" for each in element.iterchildren("displayfeedback"))
    return Rule(
        condition=condition,
        action=None if change is None else (change.get("action") or "Set").strip().lower(),
        amount=Fraction(0) if change is None else _amount(change.text or ""),
        feedback=shown,
        goes_on=(element.get("continue") or "No").strip().lower() == "yes",
    )


def _amount(text: str) -> Fraction:
    try:
        return parse_number(text)
    except ValueError as error:
        raise Unsupported(f"The score “{text.strip()[:40]}” is not a number") from error


def leaf(element: Element) -> Leaf:
    """The comparison that an element makes. Raises `Unsupported` for one that is no comparison."""
    if element.tag not in _LEAVES:
        raise Unsupported(f"The condition “{element.tag}” is not known")
    case = (element.get("case") or "No").strip().lower()
    return Leaf(element.tag, (element.text or "").strip(), case == "yes")


def leaves(element: Element) -> Iterator[Leaf]:
    """All comparisons that are not negated. Raises `Unsupported`."""
    for child in element:
        if child.tag in ("and", "or"):
            yield from leaves(child)
        elif child.tag == "not" or child.tag in _ALWAYS:
            continue
        else:
            yield leaf(child)


def holds(element: Element, test: Callable[[Leaf], bool]) -> bool:
    """Whether a condition holds where `test` decides comparisons. Raises `Unsupported`.

    The parts of `conditionvar`, `and` and `not` must all hold, of `or` any. The time that an answer took is not
    known, so conditions on it do not hold.
    """
    if element.tag == "or":
        return any(holds(child, test) for child in element)
    if element.tag in ("and", "conditionvar"):
        return all(holds(child, test) for child in element)
    if element.tag == "not":
        return not all(holds(child, test) for child in element)
    if element.tag in _ALWAYS:
        return element.tag == "other"
    return test(leaf(element))


def marked(rules: list[Rule], test: Callable[[Leaf], bool]) -> tuple[Fraction, tuple[str, ...]]:
    """Score and feedback ids of an answer. Raises `Unsupported`."""
    score = Fraction(0)
    shown: list[str] = []
    for rule in rules:
        if not holds(rule.condition, test):
            continue
        shown += rule.feedback
        if rule.action == "set":
            score = rule.amount
        elif rule.action == "add":
            score += rule.amount
        elif rule.action == "subtract":
            score -= rule.amount
        elif rule.action is not None:
            raise Unsupported(f"The score is worked out by “{rule.action}”, which is not known")
        if not rule.goes_on:
            break
    return score, tuple(dict.fromkeys(shown))
