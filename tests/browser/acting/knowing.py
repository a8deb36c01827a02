"""What learners have to know: the right answers, as the authors of the questions see them."""

import html
import re
from dataclasses import dataclass
from typing import Any

from tooling.browser.account import Account

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Answer:
    """`words` are those of the right options, or what is to be written."""

    kind: str
    words: tuple[str, ...]


def right_answers(author: Account, course: str) -> dict[str, Answer]:
    """For each question of a course, by its words, the right answer."""
    outline = author.get(f"/api/v1/courses/{course}/outline")
    found = {}
    for quiz in _quizzes(outline["sections"]):
        content = author.get(f"/api/v1/quizzes/{quiz}/content")["content"]
        for entry in (entry for section in content["sections"] for entry in section["entries"]):
            item = author.get(f"/api/v1/items/{entry['item_id']}")["content"]
            found[words(item["prompt"])] = _answer(item)
    return found


def words(markup: str) -> str:
    """What a reader sees of it, in one line."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def _answer(item: dict[str, Any]) -> Answer:
    kind = item["type"]
    if kind == "multiple_choice":
        right = [option for option in item["options"] if option["right"]]
    elif kind in ("single_choice", "dropdown"):
        right = [option for option in item["options"] if float(option["credit"]) == 1]
    else:
        accepted = item["accepted"][0]
        return Answer(kind, (str(accepted.get("value") or accepted.get("text") or accepted.get("low")),))
    return Answer(kind, tuple(words(option["content"]) for option in right))


def _quizzes(nodes: list[dict[str, Any]]) -> list[str]:
    found = []
    for node in nodes:
        found += [node["quiz_id"]] if node.get("quiz_id") else []
        found += _quizzes(node["children"])
    return found
