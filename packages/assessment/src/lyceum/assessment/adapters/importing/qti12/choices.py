"""Choices of QTI 1.2: single choice, true/false, multiple response."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from lyceum.assessment.adapters.importing.collecting import Draft, Unsupported, option_id
from lyceum.assessment.adapters.importing.qti12.conditions import Leaf, Rule, leaves, marked, rules_of
from lyceum.assessment.adapters.importing.qti12.materials import texts
from lyceum.assessment.adapters.importing.xml import Element, find_all
from lyceum.assessment.domain.exchange import Sanitise

_PLACES = 10_000
"""Credit that is no simple fraction (33.33 of 100) is rounded to a ten-thousandth."""


@dataclass(frozen=True)
class Question:
    """One `item` being read. `feedback` has its texts by id; `shuffled` is the wish of the whole quiz."""

    element: Element
    source: str
    feedback: dict[str, str]
    shuffled: bool
    sanitise: Sanitise


def single_choice(question: Question, *, fixed_order: bool = False) -> Draft:
    """Marks every option as the item itself would, so that any way of writing the rules is understood."""
    identifiers, options, shuffle = _options(question)
    rules = rules_of(question.element)
    results = [marked(rules, _chosen({identifier})) for identifier in identifiers]
    best = max(score for score, _ in results)
    if best <= 0:
        raise Unsupported("No answer to it earns anything")
    _, always = marked(rules, _chosen(set()))
    common = set(always).intersection(*(shown for _, shown in results))
    for option, (score, shown) in zip(options, results, strict=True):
        option["credit"] = str(_rounded(max(Fraction(0), score) / best))
        option["feedback"] = _feedback(question, [each for each in shown if each not in common])
    general = _feedback(question, [each for each in always if each in common])
    return Draft(
        {
            "type": "single_choice",
            "options": options,
            "shuffle": (shuffle or question.shuffled) and not fixed_order,
            "feedback": {"general": general},
        }
    )


def multiple_choice(question: Question) -> Draft:
    """All or nothing where one rule rewards the right set, shares where rules add up. Raises `Unsupported`."""
    identifiers, options, shuffle = _options(question)
    rules = rules_of(question.element)
    rewarding = [rule for rule in rules if rule.rewards]
    losses: list[str] = []
    if not rewarding:
        raise Unsupported("No answer to it earns anything")
    if len(rewarding) == 1 and rewarding[0].action == "set":
        right = {each.value for each in leaves(rewarding[0].condition)}
        credit: dict[str, object] = {"rule": "all_or_nothing"}
        _require_one_right_set(rules, right, identifiers)
    else:
        right, credit = _shares(rules, identifiers, losses)
    _, shown_right = marked(rules, _chosen(right))
    nothing, always = marked(rules, _chosen(set()))
    common = set(always) & set(shown_right)
    for identifier, option in zip(identifiers, options, strict=True):
        option["right"] = identifier in right
        alone = [each for rule in rules if rule.action is None for each in _own(rule, identifier)]
        option["feedback_ticked"] = _feedback(question, alone)
    feedback = {
        "general": _feedback(question, [each for each in always if each in common]),
        "right": _feedback(question, [each for each in shown_right if each not in common]),
        "wrong": _feedback(question, [each for each in always if each not in common]),
    }
    if nothing > 0:
        losses.append("A blank earned something, which it does not here")
    fields = {
        "type": "multiple_choice",
        "options": options,
        "shuffle": shuffle or question.shuffled,
        "credit": credit,
        "feedback": feedback | {"partly": feedback["wrong"]},
    }
    return Draft(fields, losses)


def _require_one_right_set(rules: list[Rule], right: set[str], identifiers: list[str]) -> None:
    full, _ = marked(rules, _chosen(right))
    if full <= 0 or any(marked(rules, _chosen(right ^ {each}))[0] >= full for each in identifiers):
        raise Unsupported("Not one set of options alone earns full marks")


def _options(question: Question) -> tuple[list[str], list[dict[str, object]], bool]:
    """The options' ids in the document, the options, and whether the document shuffles them."""
    groups = list(find_all(question.element, "response_lid"))
    if len(groups) != 1:
        raise Unsupported(f"It has {len(groups)} groups of options; one is possible")
    labels = list(find_all(groups[0], "response_label"))
    if not labels:
        raise Unsupported("It has no options")
    identifiers = [(label.get("ident") or "").strip() for label in labels]
    if len(set(identifiers)) < len(identifiers):
        raise Unsupported("Two of its options have the same id")
    options: list[dict[str, object]] = [
        {
            "id": option_id(question.source, index),
            "content": texts(label, question.sanitise),
            "pinned": (label.get("rshuffle") or "Yes").strip().lower() == "no",
        }
        for index, label in enumerate(labels)
    ]
    choices = next(find_all(groups[0], "render_choice"), None)
    shuffle = choices is not None and (choices.get("shuffle") or "No").strip().lower() == "yes"
    return identifiers, options, shuffle


def _chosen(identifiers: set[str]) -> Callable[[Leaf], bool]:
    def test(comparison: Leaf) -> bool:
        if comparison.kind != "varequal":
            raise Unsupported(f"The condition “{comparison.kind}” makes no sense for options")
        return comparison.value in identifiers

    return test


def _shares(rules: list[Rule], identifiers: list[str], losses: list[str]) -> tuple[set[str], dict[str, object]]:
    """The right options and the rule where each option changes the score on its own. Raises `Unsupported`."""
    start = marked(rules, _chosen(set()))[0]
    changes = {each: marked(rules, _chosen({each}))[0] - start for each in identifiers}
    right = {each for each, change in changes.items() if change > 0}
    gains = {changes[each] for each in right}
    losings = {-changes[each] for each in identifiers if each not in right}
    everything = marked(rules, _chosen(set(identifiers)))[0] - start
    if len(gains) != 1 or everything != sum(changes.values()):
        raise Unsupported("Its options are not worth the same, or not on their own")
    if losings == {Fraction(0)} or not losings:
        losses.append("A wrong option takes as much as a right one gives; it took nothing")
        return right, {"rule": "per_right_option", "deduction": "1"}
    if len(losings) > 1:
        losses.append("Every wrong option takes the same; some took less")
    return right, {"rule": "per_right_option", "deduction": str(_rounded(max(losings) / gains.pop()))}


def _own(rule: Rule, identifier: str) -> tuple[str, ...]:
    """The feedback of a rule that asks for this option alone."""
    asked = [child for child in rule.condition if child.tag == "varequal"]
    alone = len(asked) == 1 and next(iter(rule.condition)).tag == "varequal"
    return rule.feedback if alone and (asked[0].text or "").strip() == identifier else ()


def _feedback(question: Question, shown: list[str]) -> str:
    return "\n".join(text for text in (question.feedback.get(each, "") for each in dict.fromkeys(shown)) if text)


def _rounded(credit: Fraction) -> Fraction:
    return Fraction(round(credit * _PLACES), _PLACES)
