"""What learners do in a course."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from story.answers import asked, right_answers
from story.people import Person
from story.processes import eventually

BATCH = 100


class Study:
    """One learner in one course. It remembers what it told the platform, so that it can say all of it again."""

    def __init__(self, learner: Person, course_id: str) -> None:
        self._learner = learner
        self.course_id = course_id
        self.outline = learner.get(f"/api/v1/courses/{course_id}/outline")
        self._said: list[tuple[str, str, Any]] = []

    def read_all(self) -> int:
        """Open every page and tell that its blocks were seen; how many pages that were."""
        pages = [node["id"] for node in nodes(self.outline) if node["kind"] == "page"]
        self.tell_seen([block["id"] for page in pages for block in self._page(page)["blocks"]])
        return len(pages)

    def tell_seen(self, blocks: list[str]) -> None:
        """Tell that these blocks were seen."""
        now = datetime.now(UTC).isoformat()
        views = [{"course_id": self.course_id, "block_id": block, "kind": "viewed", "at": now} for block in blocks]
        for first in range(0, len(views), BATCH):
            answer = self._say("POST", "/api/v1/progress/heartbeats", {"heartbeats": views[first : first + BATCH]})
            assert [result for result in answer["results"] if result["result"] != "accepted"] == []

    def answer_all(self, author: Person) -> int:
        """Answer every question as the authors would; how many questions that were."""
        return sum(self.answer(author, quiz) for quiz in self.quizzes())

    def quizzes(self) -> list[str]:
        return [node["quiz_id"] for node in nodes(self.outline) if node.get("quiz_id")]

    def answer(self, author: Person, quiz_id: str) -> int:
        """Answer the questions of one quiz right; how many there were."""
        right = right_answers(author, quiz_id)
        attempt = self._learner.post(f"/api/v1/quizzes/{quiz_id}/attempts")
        path = f"/api/v1/attempts/{attempt['id']}"
        method, place = ("POST", "checks") if attempt["mode"] == "practice" else ("PUT", "answers")
        tab = str(uuid4())
        slots = [slot for section in attempt["sections"] for slot in section["slots"]]
        for number, slot in enumerate(slots, start=attempt["clock"] + 1):
            answer = {"client_id": tab, "seq": number, "response": right[asked(slot["item"])]}
            attempt = self._say(method, f"{path}/{place}/{slot['slot']}", answer)
        attempt = self._say("POST", f"{path}/submission", None)
        assert attempt["total"]["score"] == attempt["total"]["max_score"], attempt
        return len(slots)

    def say_it_all_again(self) -> None:
        """Send every heartbeat, answer and submission a second time, as a client does that heard no answer."""
        for method, path, body in list(self._said):
            self._learner.ask(method, path, json=body)

    def percentage(self) -> int:
        return int(self._learner.get(f"/api/v1/progress/courses/{self.course_id}")["percentage"])

    def reaches(self, percentage: int) -> None:
        """Return when the learner has got that far. Raises `GaveUp`, saying what is left."""

        def there() -> bool:
            return self.percentage() == percentage

        try:
            eventually(there, f"{percentage} %")
        except AssertionError as error:
            error.add_note(str(self.explain()))
            raise

    def explain(self) -> Any:
        return self._learner.get(f"/api/v1/progress/courses/{self.course_id}/explain")

    def enrolment(self) -> Any:
        """How course sees it."""
        mine = self._learner.every("/api/v1/enrolments")
        return next(each for each in mine if each["course_id"] == self.course_id)

    def _page(self, page_id: str) -> Any:
        return self._learner.get(f"/api/v1/courses/{self.course_id}/pages/{page_id}")

    def _say(self, method: str, path: str, body: Any) -> Any:
        self._said.append((method, path, body))
        return self._learner.ask(method, path, json=body).json()


def nodes(outline: Any) -> Iterator[Any]:
    """All parts of a course, in their order."""
    pending = list(outline["sections"])
    while pending:
        node = pending.pop(0)
        yield node
        pending[:0] = node["children"]
