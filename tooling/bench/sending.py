"""The requests that are measured, as bytes: one for each learner, the same ones for every server."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import orjson

from tooling.bench.load import NUMBER
from tooling.bench.rows import BATCH, Subject
from tooling.bench.seeding import PASSWORD, Learner, World
from tooling.bench.serving import smallest_path

_CATALOGUE = "/api/v1/catalogue"
_HEARTBEATS = "/api/v1/progress/heartbeats"


@dataclass(frozen=True)
class SignedIn:
    learner: Learner
    cookie: str
    csrf_token: str


def sign_in(address: str, learners: Sequence[Learner]) -> list[SignedIn]:
    """Sessions of all learners. Raises `httpx.HTTPStatusError`."""
    found = []
    for learner in learners:
        answer = httpx.post(
            f"{address}/api/v1/session", json={"email": learner.email, "password": PASSWORD}, timeout=30
        ).raise_for_status()
        found.append(SignedIn(learner, answer.cookies["lyceum_session"], answer.json()["csrf_token"]))
    return found


def requests(world: World, people: Sequence[SignedIn], subject: Subject) -> list[bytes]:
    """The requests of the subject, in the order in which the connections begin."""
    outline = f"/api/v1/progress/courses/{world.course_id}/outline"
    match subject.request:
        case "catalogue":
            # Every one is a page that no cache has.
            return [_get(f"{_CATALOGUE}?limit=20&visit={NUMBER.decode()}")]
        case "cached":
            return [_get("/cached" if subject.server == "raw" else f"{_CATALOGUE}?limit=20")]
        case "outline" | "outline-read":
            path = outline + subject.request.removeprefix("outline")
            return [_get(path, person) for person in people]
        case "heartbeat" | "heartbeats":
            return [_post(_HEARTBEATS, person, heartbeats(world, subject.events)) for person in people]
        case "smallest":
            return [_get(smallest_path())]
        case unknown:
            raise ValueError(f"no request is called {unknown}")


def heartbeats(world: World, number: int) -> bytes:
    """A body with so many heartbeats about one block."""
    beat = {
        "course_id": str(world.course_id),
        "block_id": str(world.block_id),
        "kind": "viewed",
        "at": datetime.now(UTC).isoformat(),
    }
    return orjson.dumps({"heartbeats": [beat] * number})


def _get(path: str, person: SignedIn | None = None) -> bytes:
    return _request("GET", path, person, "", b"")


def _post(path: str, person: SignedIn, body: bytes) -> bytes:
    return _request("POST", path, person, f"content-type: application/json\r\ncontent-length: {len(body)}\r\n", body)


def _request(method: str, path: str, person: SignedIn | None, more: str, body: bytes) -> bytes:
    who = ""
    if person is not None:
        who = (
            f"cookie: lyceum_session={person.cookie}\r\nx-csrf-token: {person.csrf_token}\r\n"
            f"x-user: {person.learner.user_id}\r\n"
        )
    return f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: */*\r\n{who}{more}\r\n".encode() + body


assert BATCH <= 100, "more heartbeats are refused"
