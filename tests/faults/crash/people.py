"""People who work while the platform dies around them, and remember what it promised them.

A promise is an answer with a status below 400. What was asked when the connection broke may have happened or not.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

PASSWORD = "amber-window-sparrow"


class Stopped(Exception):
    """It is time to go, before anything broke."""


class Person:
    """Somebody with an account and a browser session, which must outlive every crash."""

    def __init__(self, address: str, email: str, stop: threading.Event) -> None:
        self.email = email
        self._stop = stop
        self._client = httpx.Client(base_url=address, timeout=20)

    def sign_in(self, password: str = PASSWORD) -> None:
        session = self.ask("POST", "/api/v1/session", json={"email": self.email, "password": password}).json()
        self._client.headers["X-CSRF-Token"] = session["csrf_token"]

    @property
    def session(self) -> str:
        """The cookie of the session."""
        return str(self._client.cookies["lyceum_session"])

    def ask(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        """The answer, which must not be an error. Raises `Stopped` and `httpx.TransportError`."""
        if self._stop.is_set():
            raise Stopped
        response = self._client.request(method, path, **arguments)
        assert response.status_code < 400, f"{method} {path}: {response.status_code} {response.text[:1000]}"
        return response

    def get(self, path: str) -> Any:
        return self.ask("GET", path).json()

    def post(self, path: str, body: Any = None) -> Any:
        return self.ask("POST", path, json=body).json()


@dataclass
class Importer:
    """Brings an archive in, once a round."""

    person: Person
    archive: bytes
    promised: list[str] = field(default_factory=list)

    def work(self) -> None:
        upload = {"file": ("course.tar.gz", self.archive)}
        answer = self.person.ask("POST", "/api/v1/imports", files=upload, data={"publish": "true"})
        self.promised.append(answer.json()["id"])
        while True:
            self.person.get(f"/api/v1/imports/{self.promised[-1]}")


@dataclass
class Publisher:
    """Writes the same word into every page of a course, one page after the other, and publishes; again and again.

    A version that has two words was put together from two drafts.
    """

    person: Person
    course_id: str
    blocks: list[str]
    word: int = 0
    promised: dict[int, tuple[str, str]] = field(default_factory=dict)
    """By number of a version: its content hash and its word."""

    def work(self) -> None:
        draft = f"/api/v1/courses/{self.course_id}/draft"
        while True:
            self.word += 1
            for block in self.blocks:
                tag = self.person.ask("GET", f"{draft}/nodes/{block}").headers["etag"]
                content = {"kind": "rich_text", "html": f"<p>{self.word}</p>"}
                self.person.ask("PATCH", f"{draft}/nodes/{block}", json={"content": content}, headers={"If-Match": tag})
            self.publish()

    def publish(self) -> None:
        tag = self.person.ask("GET", f"/api/v1/courses/{self.course_id}/draft").headers["etag"]
        version = self.person.ask(
            "POST",
            f"/api/v1/courses/{self.course_id}/versions",
            json={"note": str(self.word)},
            headers={"If-Match": tag},
        ).json()
        self.promised[version["number"]] = (version["content_hash"], str(self.word))


@dataclass
class Learner:
    """Takes a course to its end: looks at every page, answers every question several times, hands everything in."""

    person: Person
    course_id: str
    finished: bool = False
    enrolled: bool = False
    answers: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    """By attempt and question: the response that was promised to be kept, and after it the one that was not."""
    submitted: set[str] = field(default_factory=set)
    handed_in: set[str] = field(default_factory=set)
    """The quizzes of the attempts that were submitted."""
    viewed: bool = False

    def work(self) -> None:
        """Goes on where it was interrupted; what is done already is done again, as a client would."""
        self.person.post(f"/api/v1/courses/{self.course_id}/enrolment")
        self.enrolled = True
        outline = self.person.get(f"/api/v1/courses/{self.course_id}/outline")
        blocks = list(_blocks(outline["sections"]))
        for block in blocks:
            if block["quiz_id"] is not None:
                self._take(block["quiz_id"])
        self._view([block["id"] for block in blocks if block["quiz_id"] is None])
        self.finished = True

    def _view(self, blocks: list[str]) -> None:
        now = datetime.now(UTC).isoformat()
        views = [{"kind": "viewed", "course_id": self.course_id, "block_id": block, "at": now} for block in blocks]
        while not self.viewed:  # until progress has heard of the enrolment
            results = self.person.post("/api/v1/progress/heartbeats", {"heartbeats": views})["results"]
            self.viewed = all(result["result"] == "accepted" for result in results)

    def _take(self, quiz_id: str) -> None:
        if quiz_id in self.handed_in:
            return
        attempt = self.person.post(f"/api/v1/quizzes/{quiz_id}/attempts", {})
        place = f"/api/v1/attempts/{attempt['id']}"
        clock = attempt["clock"]
        for slot in (slot for section in attempt["sections"] for slot in section["slots"]):
            for response in responses(slot["item"]):
                clock += 1
                kept = self.answers.setdefault((attempt["id"], slot["slot"]), [None])
                kept[1:] = [*kept[1:], response]
                body = {"client_id": str(uuid4()), "seq": clock, "response": response}
                self.person.ask("PUT", f"{place}/answers/{slot['slot']}", json=body)
                kept[:] = [response]
        submitted = self.person.post(f"{place}/submission")
        assert submitted["state"] == "graded"
        self.submitted.add(attempt["id"])
        self.handed_in.add(quiz_id)


def responses(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Some answers to a question; the last one stands."""
    options = [option["id"] for option in item["options"]]
    if item["type"] == "multiple_choice":
        yield from ({"options": options[: count + 1]} for count in range(len(options)))
    elif options:
        yield from ({"option": option} for option in options)
    elif item["type"] == "numeric":
        yield from ({"value": str(number)} for number in range(1, 4))
    else:
        yield from ({"text": text} for text in ("v", "va", "valid"))


def _blocks(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        if node["kind"] == "block":
            yield node
        yield from _blocks(node["children"])


class AtWork:
    """One person's work in a thread of its own, until the platform is gone or it is time to go."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except (httpx.TransportError, Stopped):
            pass
        except BaseException as failure:
            self._failure = failure

    def end(self) -> None:
        """Raises what went wrong while the platform was there."""
        self._thread.join(60)
        assert not self._thread.is_alive()
        if self._failure is not None:
            raise self._failure
