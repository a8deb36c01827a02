"""Choices: `multiplechoiceresponse`, `choiceresponse`, `optionresponse`."""

import re
from collections.abc import Iterator

from lyceum.assessment.adapters.importing.collecting import Draft, Unsupported, option_id
from lyceum.assessment.adapters.importing.olx.reading import Response, is_true, words
from lyceum.assessment.adapters.importing.xml import Element, find_all, plain_text

_QUOTED = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,'"]*))\s*(?:,|$)""")


def single_choice(response: Response) -> Draft:
    """One right choice, or several of which any will do. Raises `Unsupported`."""
    group = next(find_all(response.element, "choicegroup", "radiogroup"), None)
    if group is None:
        raise Unsupported("It has no choices")
    partial = "points" in words(response.element.get("partial_credit"))
    targeted = {
        each.get("explanation-id"): response.html(each) for each in find_all(_near(response), "targetedfeedback")
    }
    options = []
    for index, choice in enumerate(group.iterchildren("choice")):
        hint = next(find_all(choice, "choicehint"), None)
        feedback = [response.html(hint), targeted.get(choice.get("explanation-id"), "")]
        options.append(
            {
                "id": option_id(response.place, index),
                "content": response.html(choice),
                "credit": _credit(choice, partial),
                "feedback": "\n".join(text for text in feedback if text),
                "pinned": is_true(choice.get("fixed")),
            }
        )
    losses = []
    if (group.get("answer-pool") or "0") != "0":
        losses.append("All choices are shown, where the original showed some of them at random")
    fields = {"type": "single_choice", "options": options, "shuffle": is_true(group.get("shuffle"))}
    return Draft(fields, losses)


def multiple_choice(response: Response) -> Draft:
    """Any number of right choices. Raises `Unsupported`."""
    group = next(find_all(response.element, "checkboxgroup"), None)
    if group is None:
        return single_choice(response)
    choices = list(group.iterchildren("choice"))
    ids = [option_id(response.place, index) for index, _ in enumerate(choices)]
    options = []
    for identifier, choice in zip(ids, choices, strict=True):
        hints = {
            is_true(hint.get("selected") or "true"): response.html(hint) for hint in find_all(choice, "choicehint")
        }
        options.append(
            {
                "id": identifier,
                "content": response.html(choice),
                "right": is_true(choice.get("correct")),
                "feedback_ticked": hints.get(True, ""),
                "feedback_left": hints.get(False, ""),
            }
        )
    if choices and not any(option["right"] for option in options):
        raise Unsupported("Leaving all boxes empty is its right answer, and a blank earns nothing here")
    rule, losses = _credit_rule(response.element)
    fields: dict[str, object] = {
        "type": "multiple_choice",
        "options": options,
        "shuffle": is_true(group.get("shuffle")),
        "credit": {"rule": rule},
        "combinations": [
            {"options": chosen, "feedback": response.html(hint)} for hint, chosen in _combinations(group, ids) if chosen
        ],
    }
    if any(not chosen for _, chosen in _combinations(group, ids)):
        losses.append("A hint for ticking nothing, or for letters that no choice has, is left out")
    return Draft(fields, losses)


def dropdown(response: Response) -> Draft:
    """One `optioninput`: with `option` elements, or with a list in an attribute. Raises `Unsupported`."""
    menu = next(response.element.iter("optioninput"), None)
    if menu is None:
        raise Unsupported("It has no options")
    listed = list(menu.iterchildren("option"))
    options: list[dict[str, object]] = []
    for index, option in enumerate(listed):
        hint = next(find_all(option, "optionhint"), None)
        feedback = response.html(hint)
        options.append(
            {
                "id": option_id(response.place, index),
                "content": plain_text(option, without="optionhint"),
                "credit": _credit(option, True),
                "feedback": feedback,
            }
        )
    if not listed:
        right = (menu.get("correct") or "").strip()
        options = [
            {"id": option_id(response.place, index), "content": text, "credit": "1" if text == right else "0"}
            for index, text in enumerate(_listed(menu.get("options") or ""))
        ]
    return Draft({"type": "dropdown", "options": options})


def _near(response: Response) -> Element:
    """Feedback that choices refer to stands beside the response or in it."""
    parent = response.element.getparent()
    return response.element if parent is None else parent


def _credit(choice: Element, partial: bool) -> str:
    correct = (choice.get("correct") or "").strip().lower()
    if correct == "partial" and partial:
        return choice.get("point_value") or "0.5"
    return "1" if correct == "true" else "0"


def _credit_rule(element: Element) -> tuple[str, list[str]]:
    rules = words(element.get("partial_credit")) - {"false"}
    if not rules:
        return "all_or_nothing", []
    if rules <= {"edc", "halves"} and len(rules) == 1:
        return ("every_decision" if "edc" in rules else "halves"), []
    return "all_or_nothing", [f"The partial credit “{element.get('partial_credit')}” is not known: all or nothing"]


def _combinations(group: Element, ids: list[str]) -> Iterator[tuple[Element, list[str]]]:
    """Compound hints name choices by letters in the order in which they are written."""
    for hint in group.iterchildren("compoundhint"):
        places = [ord(letter) - ord("A") for letter in (hint.get("value") or "").upper().split() if len(letter) == 1]
        known = all(0 <= place < len(ids) for place in places)
        yield hint, [ids[place] for place in sorted(set(places))] if known else []


def _listed(text: str) -> list[str]:
    """The options in `('Spring', 'Summer')`, quotes of either kind or none."""
    inner = text.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1].strip()
    options, end = [], 0
    while end < len(inner):
        match = _QUOTED.match(inner, end)
        if match is None:
            raise Unsupported("Its list of options cannot be read")
        quoted = match[1] if match[1] is not None else match[2]
        option = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match[3].strip()
        if option:
            options.append(option)
        end = match.end()
    return options
