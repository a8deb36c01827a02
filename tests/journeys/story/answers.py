"""The right answers, from what the authors of a quiz see of it."""

import re
from fractions import Fraction
from typing import Any

from hypothesis import find, settings
from hypothesis import strategies as st
from story.people import Person

Key = tuple[str, str, frozenset[str]]


def right_answers(author: Person, quiz_id: str) -> dict[Key, Any]:
    """For each question that the quiz can ask, told by what learners see of it, a response that is right."""
    content = author.get(f"/api/v1/quizzes/{quiz_id}/content")["content"]
    items = []
    for entry in (entry for section in content["sections"] for entry in section["entries"]):
        if entry["kind"] == "item":
            items.append(author.get(f"/api/v1/items/{entry['item_id']}")["content"])
        else:
            bank = author.get(f"/api/v1/banks/{entry['bank_id']}/items?limit=100")["items"]
            items += [item["content"] for item in bank]
    return {asked(item): right_response(item) for item in items}


def asked(item: dict[str, Any]) -> Key:
    """What a question is known by, for its authors and for its learners alike: learners see no id of an item."""
    return item["type"], item["prompt"], frozenset(option["id"] for option in item.get("options", ()))


def right_response(item: dict[str, Any]) -> dict[str, Any]:
    kind = item["type"]
    if kind == "multiple_choice":
        return {"options": [option["id"] for option in item["options"] if option["right"]]}
    if kind in ("single_choice", "dropdown"):
        return {"option": next(option["id"] for option in item["options"] if Fraction(option["credit"]) == 1)}
    accepted = next(answer for answer in item["accepted"] if Fraction(answer["credit"]) == 1)
    if kind == "numeric":
        return {"value": accepted["value"] if accepted["kind"] == "value" else _inside(accepted)}
    return {"text": accepted["text"] if accepted["kind"] == "text" else _matching(accepted["pattern"])}


def _inside(accepted: dict[str, Any]) -> str:
    low, high = Fraction(accepted["low"]), Fraction(accepted["high"])
    return accepted["low"] if accepted["low_closed"] else str((low + high) / 2)


def _matching(pattern: str) -> str:
    """A short text that the pattern accepts as a whole."""
    texts = st.from_regex(re.compile(pattern), fullmatch=True)
    return find(texts, lambda text: text.isprintable() and text == text.strip() != "", settings=settings(database=None))
