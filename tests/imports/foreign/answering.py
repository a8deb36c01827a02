"""Learners who answer from the key of the archive: what is right, they know from its XML and not from the importer."""

import html
import re
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

import httpx

from lyceum.kernel.ids import new_id

from .importing import Course

NUMBER_THAT_NOBODY_ASKS_FOR = "-987654.25"
TEXT_THAT_NOBODY_ASKS_FOR = "no such answer"


@dataclass(frozen=True)
class Key:
    """A question of the archive. `right` and `wrong` are texts of options, or the answer to type in; an empty `wrong`
    leaves the question blank."""

    type: str
    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()

    def response(self, item: dict, *, right: bool) -> dict | None:
        """The answer to the item as a learner was given it."""
        wanted = self.right if right else self.wrong
        if not wanted:
            return None
        if self.type == "numeric":
            return {"value": wanted[0]}
        if self.type == "short_text":
            return {"text": wanted[0]}
        ids = [self._option(item, text) for text in wanted]
        return {"options": ids} if self.type == "multiple_choice" else {"option": ids[0]}

    def _option(self, item: dict, text: str) -> str:
        [found] = {option["id"] for option in item["options"] if plain(option["content"]) == plain(text)}
        return found


def plain(markup: str) -> str:
    """The words of a text."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


async def take(course: Course, quiz_id: UUID, keys: list[Key], *, right: bool) -> tuple[dict, list[str]]:
    """A new learner answers every question, all right or all wrong, and hands in.

    The attempt as it is read afterwards, and the types of its items.
    """
    async with course.client("assessment", await course.learner()) as client:
        attempt = _good(await client.post(f"/api/v1/quizzes/{quiz_id}/attempts"))
        slots = _slots(attempt)
        assert len(slots) == len(keys)
        client_id = str(new_id())
        for number, (slot, key) in enumerate(zip(slots, keys, strict=True), 1):
            response = key.response(slot["item"], right=right)
            body = {"client_id": client_id, "seq": number, "response": response}
            _good(await client.put(f"/api/v1/attempts/{attempt['id']}/answers/{slot['slot']}", json=body))
        _good(await client.post(f"/api/v1/attempts/{attempt['id']}/submission"))
        return _good(await client.get(f"/api/v1/attempts/{attempt['id']}")), [each["item"]["type"] for each in slots]


async def check_quiz(course: Course, quiz_id: UUID, keys: list[Key]) -> None:
    """Every question of the stored quiz gives all its points to its right answer, and none to a wrong one."""
    best, types = await take(course, quiz_id, keys, right=True)
    assert types == [key.type for key in keys]
    assert best["state"] == "graded"
    assert Fraction(best["total"]["score"]) == Fraction(best["total"]["max_score"]) > 0
    reviews = [slot["item"]["review"] for slot in _slots(best)]
    assert [(review["outcome"], review["points"]) for review in reviews] == [
        ("right", review["max_points"]) for review in reviews
    ]
    worst, _ = await take(course, quiz_id, keys, right=False)
    assert (worst["state"], worst["total"]["score"]) == ("graded", "0")
    assert {slot["item"]["review"]["points"] for slot in _slots(worst)} == {"0"}


def _slots(attempt: dict) -> list[dict]:
    return [slot for section in attempt["sections"] for slot in section["slots"]]


def _good(answer: httpx.Response) -> dict:
    assert answer.status_code == 200, answer.text
    return answer.json()
