"""What has to be there so that every page shows something: a learner under way, a course in work, quizzes."""

import io
import tarfile
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

from tooling.browser.account import Account
from tooling.browser.authoring import write_course
from tooling.browser.burying import bury_an_event
from tooling.browser.serving import Platform

SAMPLE = "First steps in logic"
# A page that can be read, a problem that nobody here can set, and a kind of block that nobody knows.
_ODDS_AND_ENDS = {
    "course.xml": '<course url_name="one" org="Lyceum" course="ends"/>',
    "course/one.xml": '<course display_name="Odds and ends" language="en"><chapter display_name="All of it">'
    '<sequential display_name="Bits"><vertical display_name="Pieces"><html display_name="Words" url_name="words"/>'
    '<problem display_name="Draw a circle"><customresponse><label>Draw it.</label></customresponse></problem>'
    '<telescope display_name="The moon"/></vertical></sequential></chapter></course>',
    "html/words.xml": '<html filename="words" display_name="Words"/>',
    "html/words.html": '<p>Some words, and <a href="/static/missing.pdf">a file that is not there</a>.</p>',
}


def set_stage(platform: Platform) -> dict[str, str]:
    """Do what makes the pages worth looking at; the ids in their addresses, by the names that `Page.address` has."""
    learner, author, administrator = (Account(platform.address, role) for role in ("learner", "author", "admin"))
    [sample] = [each for each in learner.get("/api/v1/catalogue")["items"] if each["title"] == SAMPLE]
    names = {
        "slug": sample["slug"],
        "course": sample["id"],
        "person": learner.id,
        "administrator": administrator.id,
        **write_course(author),
    }
    names |= _study(learner, sample["id"])
    _enrol(learner, names["sums"])
    names["attempt"] = _take(learner, names["quiz"])
    learner.send("POST", f"/api/v1/quizzes/{names['long_quiz']}/attempts")
    names["import_"] = _import(administrator)
    names["consent"] = _ask_for_consent(administrator, learner)
    names["dead_letter"] = bury_an_event(platform.database_url)
    return names


def _study(learner: Account, course: str) -> dict[str, str]:
    """Take the course up, and see its first page."""
    _enrol(learner, course)
    outline = learner.get(f"/api/v1/courses/{course}/outline")
    pages = [node["id"] for node in _nodes(outline) if node["kind"] == "page"]
    blocks = learner.get(f"/api/v1/courses/{course}/pages/{pages[0]}")["blocks"]
    now = datetime.now(UTC).isoformat()
    seen = [{"at": now, "course_id": course, "block_id": block["id"], "kind": "viewed"} for block in blocks]
    learner.send("POST", "/api/v1/progress/heartbeats", {"heartbeats": seen})
    return {"first_page": pages[0], "page": pages[2]}


def _enrol(learner: Account, course: str) -> None:
    learner.send("POST", f"/api/v1/courses/{course}/enrolment")
    known = f"/api/v1/progress/courses/{course}"
    learner.until(lambda: learner.knows(known), "the progress in a course")


def _take(learner: Account, quiz: str) -> str:
    """Answer the first question right and the second one half, and hand in; the attempt's id."""
    attempt = learner.send("POST", f"/api/v1/quizzes/{quiz}/attempts")
    path = f"/api/v1/attempts/{attempt['id']}"
    slots = [slot["slot"] for section in attempt["sections"] for slot in section["slots"]]
    for number, (slot, response) in enumerate(zip(slots, ({"option": "b"}, {"options": ["a"]}), strict=False), start=1):
        answer = {"client_id": str(uuid4()), "seq": attempt["clock"] + number, "response": response}
        learner.send("PUT", f"{path}/answers/{slot}", answer)
    learner.send("POST", f"{path}/submission")
    return str(attempt["id"])


def _import(administrator: Account) -> str:
    """Bring in an archive of which not everything can be taken over; the import's id."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "odds-and-ends.tar.gz"
        with tarfile.open(archive, "w:gz") as packed:
            for path, text in _ODDS_AND_ENDS.items():
                content = text.encode()
                entry = tarfile.TarInfo(f"course/{path}")
                entry.size = len(content)
                packed.addfile(entry, io.BytesIO(content))
        begun = administrator.upload("/api/v1/imports", archive, publish="false")
    path = f"/api/v1/imports/{begun['id']}"
    administrator.until(lambda: administrator.get(path)["state"] in ("succeeded", "failed"), "the end of an import")
    return str(begun["id"])


def _ask_for_consent(administrator: Account, learner: Account) -> str:
    """Have an application ask whether it may know who somebody is; the question, fit for an address."""
    back = "https://flashcards.example/signed-in"
    asks = {"name": "Flashcards", "redirect_uris": [back], "auth_method": "none"}
    client = administrator.send("POST", "/api/v1/clients", asks)["client_id"]
    where = learner.led_to(
        "/oauth/authorize",
        response_type="code",
        client_id=client,
        redirect_uri=back,
        scope="openid profile email",
        state="anything",
        nonce="anything",
        code_challenge=urlsafe_b64encode(sha256(b"a" * 43).digest()).decode().rstrip("="),
        code_challenge_method="S256",
    )
    return quote(parse_qs(urlsplit(where).query)["request"][0], safe="")


def _nodes(outline: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pending = list(outline["sections"])
    while pending:
        node = pending.pop(0)
        yield node
        pending[:0] = node["children"]
