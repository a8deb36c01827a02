"""A relying party in a few words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from lyceum.auth.domain.values import challenge_of

VERIFIER = "a-verifier-of-at-least-forty-three-characters"
CALLBACK = "http://127.0.0.1:8000/auth/callback"


def answer_in(location: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(location).query))


@dataclass
class RelyingParty:
    """The web client, driving somebody's browser through code + PKCE."""

    redirect_uri: str = CALLBACK
    client_id: str = "lyceum-web"
    scope: str = "openid profile email lyceum.api"

    def request(self, **changes: str | None) -> dict[str, str]:
        parameters = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": self.scope,
            "state": "a-state",
            "nonce": "a-nonce",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (parameters | changes).items() if value is not None}

    async def authorize(self, client: httpx.AsyncClient, **changes: str | None) -> str:
        answer = await client.get("/oauth/authorize", params=self.request(**changes))
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    async def code(self, client: httpx.AsyncClient, **changes: str | None) -> str:
        return answer_in(await self.authorize(client, **changes))["code"]

    async def redeem(self, client: httpx.AsyncClient, code: str, /, **changes: Any) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": VERIFIER,
            "client_id": self.client_id,
        }
        return await client.post("/oauth/token", data=form | changes)

    async def refresh(self, client: httpx.AsyncClient, token: str, **changes: Any) -> httpx.Response:
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": self.client_id}
        return await client.post("/oauth/token", data=form | changes)

    async def tokens(self, client: httpx.AsyncClient, **changes: str | None) -> dict[str, Any]:
        answer = await self.redeem(client, await self.code(client, **changes))
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def party() -> RelyingParty:
    return RelyingParty()


@pytest.fixture
def make_party():
    return RelyingParty
