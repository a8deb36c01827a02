"""One walk through every module over HTTP, telling what was seen: `lyceum up --check`."""

import asyncio
import re
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from lyceum.runtime.composition import Platform
from lyceum_host.front_ends import front_ends
from lyceum_host.samples import PEOPLE


class Unexpected(Exception):
    """What was seen is not what should be."""


class Walk:
    """A learner's short visit. Each step says what it saw; the first that fails ends the walk."""

    def __init__(self, address: str, platform: Platform) -> None:
        self._platform = platform
        self._client = httpx.AsyncClient(base_url=address, timeout=30)
        self._course: dict[str, Any] = {}
        self._outline: dict[str, Any] = {}

    async def go(self) -> bool:
        """Whether everything was as it should be."""
        steps: list[tuple[str, Callable[[], Awaitable[str]]]] = [
            ("health", self._health),
            ("documentation", self._documentation),
            ("front ends", self._front_ends),
            ("auth", self._sign_in),
            ("identity", self._me),
            ("course", self._enrol),
            ("course", self._read),
            ("assessment", self._answer),
            ("progress", self._progress),
            ("events", self._events),
            ("memory", self._memory),
        ]
        async with self._client:
            for name, step in steps:
                began = time.monotonic()
                try:
                    seen = await step()
                except (Unexpected, httpx.HTTPError, KeyError, IndexError, TimeoutError) as error:
                    sys.stdout.write(f"FAILED {name}: {type(error).__name__}: {error}\n")
                    return False
                sys.stdout.write(f"ok     {name:<14} {seen} ({(time.monotonic() - began) * 1000:.0f} ms)\n")
        return True

    async def _health(self) -> str:
        ready = await self._get("/readyz")
        return f"{ready['status']}, {len(ready['checks'])} checks"

    async def _documentation(self) -> str:
        document = await self._get("/api/openapi.json")
        operations = sum(len(operations) for operations in document["paths"].values())
        await self._get("/api/docs", plain=True)
        return f"{operations} operations"

    async def _front_ends(self) -> str:
        seen = []
        for name, one in front_ends().items():
            page = await self._get(one.prefix, plain=True)
            scripts = re.findall(r'src="([^"]+\.js)"', page)
            if not scripts:
                raise Unexpected(f"the page of the {name} has no script")
            for script in scripts:
                await self._get(script, plain=True)
            seen.append(f"{name} at {one.prefix}")
        return ", ".join(seen) or "none is built"

    async def _sign_in(self) -> str:
        learner = PEOPLE[-1]
        session = await self._send("POST", "/api/v1/session", {"email": learner.email, "password": learner.password})
        self._client.headers["X-CSRF-Token"] = session["csrf_token"]
        discovery = await self._get("/.well-known/openid-configuration")
        return f"{learner.email} is signed in; issuer {discovery['issuer']}"

    async def _me(self) -> str:
        me = await self._get("/api/v1/me")
        return f"{me['display_name']}, {me['locale']}, {me['time_zone']}"

    async def _enrol(self) -> str:
        catalogue = (await self._get("/api/v1/catalogue"))["items"]
        self._course = catalogue[0]
        enrolment = await self._send("POST", f"/api/v1/courses/{self._course['id']}/enrolment")
        return f"{len(catalogue)} courses; enrolled in {self._course['title']!r}: {enrolment['state']}"

    async def _read(self) -> str:
        course_id = self._course["id"]
        self._outline = await self._get(f"/api/v1/courses/{course_id}/outline")
        pages = list(self._nodes("page"))
        blocks = 0
        for page in pages:
            blocks += len((await self._get(f"/api/v1/courses/{course_id}/pages/{page['id']}"))["blocks"])
        return f"{len(pages)} pages with {blocks} blocks"

    async def _answer(self) -> str:
        problem = next(block for block in self._nodes("block") if block["quiz_id"])
        attempt = await self._send("POST", f"/api/v1/quizzes/{problem['quiz_id']}/attempts", {})
        slots = [slot for section in attempt["sections"] for slot in section["slots"]]
        return f"attempt {attempt['state']}, {len(slots)} questions"

    async def _progress(self) -> str:
        course_id = self._course["id"]
        now = datetime.now(UTC).isoformat()
        views = [
            {"at": now, "course_id": course_id, "block_id": block["id"], "kind": "viewed"}
            for block in self._nodes("block")
            if not block["quiz_id"]
        ]
        await self._send("POST", "/api/v1/progress/heartbeats", {"heartbeats": views[:100]})
        async with asyncio.timeout(20):
            while True:
                progress = await self._get(f"/api/v1/progress/courses/{course_id}")
                if progress["percentage"] > 0:
                    break
                await asyncio.sleep(0.1)
        left = await self._get(f"/api/v1/progress/courses/{course_id}/explain")
        return f"{progress['percentage']} % done, {len(left['unmet'])} things left"

    async def _events(self) -> str:
        seen = []
        for name, module in self._platform.modules.items():
            state = await module.desk.outbox()
            dead = await module.desk.dead_letters(limit=1)
            if dead:
                raise Unexpected(f"{name} has dead letters: {dead[0].cause}")
            seen.append(f"{name} {state.published}")
        return "handed on: " + ", ".join(seen)

    async def _memory(self) -> str:
        return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most in this process"

    def _nodes(self, kind: str) -> Any:
        pending = list(self._outline["sections"])
        while pending:
            node = pending.pop(0)
            if node["kind"] == kind:
                yield node
            pending[:0] = node["children"]

    async def _get(self, path: str, *, plain: bool = False) -> Any:
        return self._seen(await self._client.get(path), plain=plain)

    async def _send(self, method: str, path: str, body: Any = None) -> Any:
        return self._seen(await self._client.request(method, path, json=body))

    def _seen(self, response: httpx.Response, *, plain: bool = False) -> Any:
        if response.status_code >= 400:
            raise Unexpected(f"{response.request.method} {response.request.url.path}: {response.text[:500]}")
        return response.text if plain else response.json()
