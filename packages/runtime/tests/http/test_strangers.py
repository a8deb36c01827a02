"""Routes for signed-in callers refuse strangers before they read what they sent."""

from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter
from pydantic import BaseModel

from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.runtime.http import CurrentPrincipal, module_app, problems

router = APIRouter(prefix="/api/v1/notes")


class LinkFirst(NotAuthenticated):
    code = "notes.link-first"


class Note(BaseModel):
    text: str


@router.put("/{note_id}", responses=problems(NotAuthenticated))
async def indexed(note_id: UUID, note: Note, principal: CurrentPrincipal) -> str:
    return note.text


@router.put("/{note_id}/files/{path:path}", responses=problems(NotAuthenticated))
async def not_indexed(note_id: UUID, path: str, note: Note, principal: CurrentPrincipal) -> str:
    return path


@router.put("/{note_id}/public", responses=problems(LinkFirst))
async def sometimes(note_id: UUID, note: Note, principal: CurrentPrincipal) -> str:
    return note.text


async def put(path: str, principal: Principal) -> httpx.Response:
    app = module_app("notes", [router], {})

    async def edge(scope, receive, send):
        scope["principal"] = principal
        await app(scope, receive, send)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://lyceum.test") as client:
        return await client.put(f"/api/v1/notes/{path}", content=b"{", headers={"content-type": "application/json"})


@pytest.mark.parametrize("path", ["no-id", "no-id/files/a/b"])
async def test_a_stranger_is_told_to_sign_in_whatever_was_sent(path):
    answer = await put(path, ANONYMOUS)
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")


@pytest.mark.parametrize("path", ["no-id", "no-id/files/a/b"])
async def test_who_is_signed_in_is_told_what_is_wrong(path):
    assert (await put(path, Principal(user_id=new_id()))).status_code == 422


async def test_a_route_that_strangers_may_use_reads_what_they_send():
    assert (await put("no-id/public", ANONYMOUS)).status_code == 422
