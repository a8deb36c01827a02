"""Routes for people who proved a moment ago who they are."""

from datetime import timedelta

import httpx
import pytest
from fastapi import APIRouter, Form

from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.runtime.http import RecentProof, merge_openapi, module_app, problems
from lyceum.testing.clock import FakeClock

router = APIRouter(prefix="/api/v1/safes")


@router.post("/open", dependencies=[RecentProof], responses=problems(NotAuthenticated))
async def open_safe() -> str:
    return "open"


# Forms are left to FastAPI: the same has to hold there.
@router.post("/change", dependencies=[RecentProof])
async def change_safe(code: str = Form()) -> str:
    return "changed"


@router.get("/look")
async def look_at_safe() -> str:
    return "closed"


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def send(clock):
    app = module_app("safes", [router], {"clock": clock})

    async def send(principal, path):
        async def edge(scope, receive, send):
            scope["principal"] = principal
            await app(scope, receive, send)

        async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://lyceum.test") as client:
            return await client.post(f"/api/v1/safes/{path}", data={"code": "1"} if path == "change" else None)

    return send


@pytest.fixture
def person(clock):
    def person(**recent):
        return Principal(user_id=new_id(), **recent)

    return person


PATHS = pytest.mark.parametrize("path", ["open", "change"])


@PATHS
async def test_a_recent_proof_opens_it_until_it_is_too_old(send, person, clock, path):
    proved = person(authenticated_at=clock.now(), recent_until=clock.now() + timedelta(minutes=5))
    clock.advance(timedelta(minutes=5) - timedelta(microseconds=1))
    assert (await send(proved, path)).status_code == 200
    clock.advance(timedelta(microseconds=1))
    refused = await send(proved, path)
    assert (refused.status_code, refused.json()["code"], refused.json()["max_age"]) == (401, "step-up-required", 300)
    assert refused.headers["www-authenticate"] == (
        'Bearer realm="lyceum", error="insufficient_user_authentication", '
        'error_description="Prove once more that it is you", max_age="300"'
    )


@PATHS
async def test_nobody_knows_how_recent_it_is_so_it_is_refused(send, person, path):
    refused = await send(person(), path)
    assert refused.json()["code"] == "step-up-required"
    assert "max_age" not in refused.headers["www-authenticate"]


@PATHS
async def test_a_stranger_is_told_to_sign_in(send, path):
    assert (await send(ANONYMOUS, path)).json()["code"] == "not-authenticated"


def test_the_document_says_which_routes_want_it():
    app = module_app("safes", [router], {})
    paths = merge_openapi({"safes": app}, title="Lyceum", version="1", session_cookie="c")["paths"]
    codes = {
        path: operation["responses"].get("401", {}).get("x-problem-codes", [])
        for path, operations in paths.items()
        for operation in operations.values()
    }
    assert {path.rpartition("/")[2] for path, found in codes.items() if "step-up-required" in found} == {
        "open",
        "change",
    }
