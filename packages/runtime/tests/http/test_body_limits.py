"""How large a body may be, and what comes of a larger one."""

import pytest
from fastapi import APIRouter, Request

from lyceum.runtime.http import EdgeOptions, PrefixDispatch, module_app


class TestBodyLimits:
    def limited(self, behind, **options):
        router = APIRouter()

        @router.post("/api/v1/things")
        async def create(request: Request) -> int:
            return len(await request.body())

        @router.post("/api/v1/things/{thing}/files")
        async def upload(request: Request, thing: str) -> int:
            return len(await request.body())

        app = PrefixDispatch({"things": module_app("things", [router], {})})
        return behind(app, options=EdgeOptions(body_limit=10, **options))

    async def test_a_body_within_the_limit_passes(self, behind):
        response = await self.limited(behind).client.post("/api/v1/things", content=b"x" * 10)
        assert response.json() == 10

    async def test_a_body_announced_as_larger_is_refused_unread(self, behind, drive):
        async def receive():
            pytest.fail("the body was read")

        service = self.limited(behind)
        messages = await drive(
            service.edge, "/api/v1/things", method="POST", receive=receive, headers=[(b"content-length", b"11")]
        )
        assert messages[0]["status"] == 413
        assert (b"connection", b"close") in messages[0]["headers"]

    async def test_a_body_of_unknown_length_is_refused_where_it_passes_the_limit(self, behind):
        async def parts():
            for _ in range(3):
                yield b"xxxxx"

        response = await self.limited(behind).client.post("/api/v1/things", content=parts())
        assert (response.status_code, response.json()["code"]) == (413, "too-large")

    async def test_a_length_that_lies_does_not_help(self, behind, drive):
        bodies = iter([{"type": "http.request", "body": b"x" * 11, "more_body": False}])

        async def receive():
            return next(bodies)

        messages = await drive(
            self.limited(behind).edge,
            "/api/v1/things",
            method="POST",
            receive=receive,
            headers=[(b"content-length", b"5")],
        )
        assert messages[0]["status"] == 413

    async def test_uploads_have_a_limit_of_their_own(self, behind):
        service = self.limited(behind, body_limits={"/api/v1/things/{thing}/files": 20})
        accepted = await service.client.post("/api/v1/things/7/files", content=b"x" * 20)
        refused = await service.client.post("/api/v1/things/7/files", content=b"x" * 21)
        elsewhere = await service.client.post("/api/v1/things", content=b"x" * 20)
        assert [accepted.status_code, refused.status_code, elsewhere.status_code] == [200, 413, 413]

    async def test_calls_between_processes_may_be_larger(self, behind):
        async def app(scope, receive, send):
            while (await receive()).get("more_body"):
                pass
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})

        service = behind(app)
        body = b"x" * 2_000_000
        assert (await service.client.post("/internal/v1/ports/course/X/y", content=body)).status_code == 200
        assert (await service.client.post("/api/v1/x", content=body)).status_code == 413
