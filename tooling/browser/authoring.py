"""A small course with quizzes, made over the API as its author would."""

from pathlib import Path
from typing import Any

from tooling.browser.account import Account

TITLE = "Sums for beginners"
QUIZZES = ("Warming up", "The long way round")
# A film without sound, drawn for this course: somebody hops along the numbers.
_FILM = Path(__file__).with_name("film")
_SECONDS = 48
_SUMMARY = "What plus means, and how to be quick at it."
_TEXT = (
    "<p>Adding two numbers asks how far one gets by going both ways, one after the other.</p>"
    "<h3>In any order</h3><p>Two and three is three and two: the <em>sum</em> does not tell who came first.</p>"
    "<ul><li>Begin with the larger number.</li><li>Count on by the smaller one.</li></ul>"
)
_QUESTION = "<p>Two hops and three hops end where three hops and two hops end. Try it with other numbers.</p>"
_AFTERWARDS = "<p>Whoever can hop can add. On the next page there is no line to hop on.</p>"
_ITEMS: tuple[dict[str, Any], ...] = (
    {
        "type": "single_choice",
        "prompt": "<p>How much is two and two?</p>",
        "options": [
            {"id": "a", "content": "Three", "credit": "0"},
            {"id": "b", "content": "Four", "credit": "1"},
        ],
        "explanation": "<p>Two, and then three, four.</p>",
    },
    {
        "type": "multiple_choice",
        "prompt": "<p>Which of these make ten?</p>",
        "options": [
            {"id": "a", "content": "Seven and three", "right": True},
            {"id": "b", "content": "Four and five", "right": False},
            {"id": "c", "content": "Six and four", "right": True},
        ],
    },
    {
        "type": "numeric",
        "prompt": "<p>How much is nineteen and four?</p>",
        "accepted": [{"kind": "value", "value": "23", "credit": "1"}],
    },
)


class Workshop:
    """What an author does with one course."""

    def __init__(self, author: Account, title: str) -> None:
        self._author = author
        self.course: str = author.send("POST", "/api/v1/courses", {"title": title, "summary": _SUMMARY})["id"]
        self._path = f"/api/v1/courses/{self.course}"

    def add(self, kind: str, title: str, parent: str | None = None, content: dict[str, Any] | None = None) -> str:
        node = {"kind": kind, "title": title, "parent_id": parent, "content": content}
        return str(self._author.send("POST", f"{self._path}/draft/nodes", node, if_match=self._tag())["id"])

    def edit(self, node: str, **changes: Any) -> None:
        path = f"{self._path}/draft/nodes/{node}"
        self._author.send("PATCH", path, changes, if_match=self._author.etag(path))

    def publish(self, note: str) -> None:
        self._author.send("POST", f"{self._path}/versions", {"note": note}, if_match=self._tag())

    def quiz(self, title: str, *, seconds: int | None) -> str:
        """The id of a new quiz with a question of each of a few kinds."""
        _, items = self._bank(title)
        return self._made(
            {
                "title": title,
                "introduction": "<p>Paper and pencil are allowed.</p>",
                "sections": [{"entries": items}],
                "settings": {"timing": {"time_limit": seconds}, "pass_threshold": "1/2"},
            }
        )

    def practice(self, title: str) -> str:
        """The id of a new quiz that is done in the text, one answer at a time."""
        _, items = self._bank(title)
        return self._made(
            {
                "title": title,
                "sections": [{"entries": items}],
                "settings": {
                    "mode": "practice",
                    "review": {"during": ["responses", "correctness", "score", "key", "feedback", "explanation"]},
                },
            }
        )

    def lottery(self, title: str) -> str:
        """The id of a new quiz of one question that everybody gets, and two that are drawn."""
        bank, items = self._bank(title)
        return self._made(
            {"title": title, "sections": [{"entries": [items[0], {"kind": "draw", "bank_id": bank, "count": 2}]}]}
        )

    def film(self) -> dict[str, Any]:
        """A video of the course with its captions, as the content of a block."""
        languages = ("en", "de")
        self._keep("sums.webm", "video/webm")
        for language in languages:
            self._keep(f"sums.{language}.vtt", "text/vtt")
        return {
            "kind": "video",
            "sources": [{"kind": "asset", "value": "sums.webm"}],
            "captions": [{"language": language, "asset": f"sums.{language}.vtt"} for language in languages],
            "duration_seconds": _SECONDS,
        }

    def _bank(self, title: str) -> tuple[str, list[dict[str, str]]]:
        """The id of a new bank, and its items as a quiz has them."""
        bank = str(self._author.send("POST", "/api/v1/banks", {"course_id": self.course, "title": title})["id"])
        items = [self._author.send("POST", f"/api/v1/banks/{bank}/items", {"content": item})["id"] for item in _ITEMS]
        return bank, [{"kind": "item", "item_id": item} for item in items]

    def _made(self, quiz: dict[str, Any]) -> str:
        body = {"course_id": self.course, "content": quiz}
        return str(self._author.send("POST", "/api/v1/quizzes", body)["id"])

    def _keep(self, name: str, media_type: str) -> None:
        self._author.put_file(f"{self._path}/assets/{name}", _FILM / name, media_type)

    def _tag(self) -> str:
        return self._author.etag(f"{self._path}/draft")


def write_course(author: Account) -> dict[str, str]:
    """A published course with two quizzes, and a draft that has gone on since; its ids by what they are."""
    work = Workshop(author, TITLE)
    section = work.add("section", "Plus")
    lesson = work.add("lesson", "Two numbers", section)
    page = work.add("page", "What plus means", lesson)
    text = work.add("block", "In any order", page, {"kind": "rich_text", "html": _TEXT})
    watch = work.add("page", "See it done", lesson)
    work.add("block", "Hopping along the numbers", watch, work.film())
    work.add("block", "What was that?", watch, {"kind": "rich_text", "html": _QUESTION})
    hopping = {"kind": "problem", "quiz_id": work.practice("Hop yourself")}
    work.add("block", "Hop yourself", watch, hopping)
    work.add("block", "And after that", watch, {"kind": "rich_text", "html": _AFTERWARDS})
    practice = work.add("page", "Try it", lesson)
    quizzes = [work.quiz(title, seconds=seconds) for title, seconds in zip(QUIZZES, (None, 30 * 60), strict=True)]
    questions = [
        work.add("block", title, practice, {"kind": "problem", "quiz_id": quiz})
        for title, quiz in zip(QUIZZES, quizzes, strict=True)
    ]
    work.edit(section, due_at="2031-06-30T16:00:00Z")
    work.edit(practice, due_at="2026-01-09T16:00:00Z", graded=True)
    work.publish("The first one that learners see.")
    work.edit(text, title="In whatever order")
    work.add("block", "More", page, {"kind": "rich_text", "html": "<p>And now three numbers.</p>"})
    last = work.add("block", "At random", practice, {"kind": "problem", "quiz_id": work.lottery("At random")})
    work.edit(
        last,
        completion={"rule": "score", "share": "0.8"},
        requires=[text],
        available_from="2031-02-01T09:00:00Z",
        due_at="2031-03-01T09:00:00Z",
        graded=True,
    )
    return {
        "sums": work.course,
        "quiz_page": practice,
        "film_page": watch,
        "text": text,
        "question": questions[0],
        "drawn_question": last,
        "quiz": quizzes[0],
        "long_quiz": quizzes[1],
    }
