"""The yardstick, "raw": a bare ASGI application with asyncpg and orjson that runs the same SQL as the platform and
returns the same bytes, without sign-in, metrics or logs. Who asks is taken from the header `x-user`.

It knows the bench's course and nothing else: parts that are done when all their children are, blocks that are done when
viewed, nothing closed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]  # ships without types
import orjson
from starlette.types import Receive, Scope, Send

from lyceum.kernel.pagination import encode_cursor
from lyceum.progress.persistence.queries import STANDING
from lyceum.progress.persistence.study_log import NOTE

PAGE = 20
_CATALOGUE = """
SELECT id, slug, title, summary, language, image, organisation_id, published_at FROM course.courses
WHERE listed AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT $1
"""
_COURSE = "SELECT id, structure, published_at, blocks, version FROM progress.courses WHERE id = any($1::uuid[])"
_HEADERS = [(b"content-type", b"application/json")]


class Raw:
    """Paths are the platform's own; `/cached` and `/outline-read` are the counterparts that it has no path for.

    `connections` is as many as a module of the platform may open.
    """

    def __init__(self, connections: Sequence[Any]) -> None:
        self._free: asyncio.LifoQueue[Any] = asyncio.LifoQueue()
        for connection in connections:
            self._free.put_nowait(connection)
        self._cached = b""
        self._courses: dict[UUID, Mapping[str, Any]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path == "/cached":
            body = self._cached = self._cached or await self._catalogue()
        elif path == "/api/v1/catalogue":
            body = await self._catalogue()
        elif path == "/api/v1/progress/heartbeats":
            body = await self._heartbeat(_user(scope), orjson.loads((await receive())["body"]))
        else:
            body = await self._outline(_user(scope), UUID(path.split("/")[5]), read=path.endswith("-read"))
        headers = [*_HEADERS, (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _rows(self, statement: str, *arguments: Any) -> Any:
        connection = await self._free.get()
        try:
            return await connection.fetch(statement, *arguments)
        finally:
            self._free.put_nowait(connection)

    async def _catalogue(self) -> bytes:
        rows = await self._rows(_CATALOGUE, PAGE + 1)
        items = [dict(row) for row in rows[:PAGE]]
        for item in items:
            item["id"] = str(item["id"])
        last = rows[PAGE - 1]
        cursor = encode_cursor(last["published_at"].isoformat(), last["id"])
        return orjson.dumps({"items": items, "next_cursor": cursor}, option=orjson.OPT_UTC_Z)

    async def _outline(self, user_id: UUID, course_id: UUID, *, read: bool) -> bytes:
        standing = (await self._rows(STANDING, user_id, course_id))[0]
        course = None if read else self._courses.get(course_id)
        if course is None:
            row = (await self._rows(_COURSE, [course_id]))[0]
            numbers = {str(block): number for number, block in enumerate(row["blocks"])}
            course = self._courses[course_id] = {**orjson.loads(row["structure"]), "numbers": numbers}
        return orjson.dumps(_merged(course, standing["viewed"].to_int(bitorder="little")))

    async def _heartbeat(self, user_id: UUID, batch: Mapping[str, Any]) -> bytes:
        (beat,) = batch["heartbeats"]
        course_id, moment = UUID(beat["course_id"]), datetime.now(UTC)
        number = self._courses[course_id]["numbers"][beat["block_id"]]
        viewed = asyncpg.BitString.from_int(1 << number, number + 1, bitorder="little")
        await self._rows(NOTE, user_id, course_id, viewed, None, None, None, moment)
        return b'{"results":[{"result":"accepted","reason":null}]}'


def _user(scope: Scope) -> UUID:
    return UUID(next(value for name, value in scope["headers"] if name == b"x-user").decode())


def _merged(course: Mapping[str, Any], viewed: int) -> dict[str, Any]:
    numbers = course["numbers"]

    def part(node: Mapping[str, Any]) -> dict[str, Any]:
        shown = {
            "id": node["id"],
            "kind": node["kind"],
            "title": node["title"],
            "optional": node["optional"],
            "rule": node["completion"]["rule"],
        }
        if node["kind"] == "block":
            shown["block_kind"] = node["block_kind"]
            left = 0 if viewed >> numbers[node["id"]] & 1 else 1
            return {**shown, "required": 1, "remaining": left, "done": left == 0, "locked": False}
        children = [part(child) for child in node["children"]]
        left = sum(child["remaining"] for child in children)
        return {
            **shown,
            "required": sum(child["required"] for child in children),
            "remaining": left,
            "done": left == 0,
            "locked": False,
            "children": children,
        }

    sections = [part(section) for section in course["sections"]]
    required, left = (sum(section[key] for section in sections) for key in ("required", "remaining"))
    return {
        "course_id": course["course_id"],
        "number": course["number"],
        "title": course["title"],
        "sections": sections,
        "required": required,
        "remaining": left,
        "percentage": (required - left) * 100 // required,
        "completed_at": None,
    }
