"""From cookies and bearer tokens to principals, and what stops other sites from using the cookie."""

from uuid import uuid4

import pytest
from fastapi import APIRouter, Request

from lyceum.kernel.authentication import Authenticated, Authentication
from lyceum.kernel.errors import Unavailable
from lyceum.kernel.principal import Principal
from lyceum.runtime.http import (
    CredentialCache,
    CurrentPrincipal,
    EdgeOptions,
    PrefixDispatch,
    credentials_of,
    module_app,
)
from lyceum.runtime.http import credentials as credentials_module

COOKIE = {"cookie": "theme=dark; lyceum_session=session-of-ada"}
BEARER = {"authorization": "Bearer token-of-ada"}
CSRF = {"x-csrf-token": "csrf-of-ada"}


@pytest.fixture
def app():
    router = APIRouter()

    @router.get("/api/v1/who")
    @router.post("/api/v1/who")
    @router.post("/oauth/token")
    async def who(principal: CurrentPrincipal) -> str | None:
        return None if principal.user_id is None else str(principal.user_id)

    @router.delete("/api/v1/session")
    async def sign_out(request: Request, principal: CurrentPrincipal) -> None:
        cache = credentials_of(request)
        assert cache is not None
        cache.forget_user(principal.require_user())

    for route in router.routes:
        route.operation_id = f"{route.name}_{route.path}_{next(iter(route.methods))}"
    return PrefixDispatch({"who": module_app("who", [router], {})})


class TestCookie:
    async def test_a_session_cookie_makes_its_user_the_principal(self, behind, app, credentials):
        response = await behind(app).client.get("/api/v1/who", headers=COOKIE)
        assert response.json() == str(credentials.user_id)

    @pytest.mark.parametrize(
        "cookie",
        [
            "lyceum_session=expired",
            "lyceum_session=",
            "lyceum_session",
            "xlyceum_session=session-of-ada",
            "lyceum_sessionx=session-of-ada",
            "other=lyceum_session",
            "",
            ";;;",
        ],
    )
    async def test_a_cookie_that_does_not_hold_leaves_the_caller_anonymous(self, behind, app, cookie):
        response = await behind(app).client.get("/api/v1/who", headers={"cookie": cookie})
        assert (response.status_code, response.json()) == (200, None)

    async def test_the_cookie_can_have_another_name(self, behind, app, credentials):
        service = behind(app, options=EdgeOptions(session_cookie="__Host-lyceum"))
        response = await service.client.get("/api/v1/who", headers={"cookie": "__Host-lyceum=session-of-ada"})
        assert response.json() == str(credentials.user_id)


class TestBearer:
    @pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
    async def test_a_bearer_token_makes_its_user_the_principal(self, behind, app, credentials, scheme):
        response = await behind(app).client.get("/api/v1/who", headers={"authorization": f"{scheme} token-of-ada"})
        assert response.json() == str(credentials.user_id)

    @pytest.mark.parametrize("token", ["Bearer expired", "Bearer ", "Bearer token-of-ada x", "Bearer \xff\xfe"])
    async def test_a_token_that_does_not_hold_is_refused_with_a_challenge(self, behind, app, token):
        response = await behind(app).client.get("/api/v1/who", headers={"authorization": token.encode("latin-1")})
        assert (response.status_code, response.json()["code"]) == (401, "invalid-token")
        assert response.headers["www-authenticate"] == 'Bearer realm="lyceum", error="invalid_token"'

    async def test_a_bad_token_is_not_saved_by_a_good_cookie(self, behind, app):
        response = await behind(app).client.get("/api/v1/who", headers=COOKIE | {"authorization": "Bearer expired"})
        assert response.status_code == 401

    async def test_other_schemes_are_not_for_the_edge(self, behind, app, credentials):
        response = await behind(app).client.get("/api/v1/who", headers={"authorization": "Basic YTpi"})
        assert (response.json(), credentials.asked) == (None, 0)

    async def test_a_token_needs_no_csrf_token(self, behind, app):
        response = await behind(app).client.post("/api/v1/who", headers=BEARER)
        assert response.status_code == 200


class TestForgery:
    async def test_a_write_with_the_session_and_its_token_passes(self, behind, app, credentials):
        response = await behind(app).client.post("/api/v1/who", headers=COOKIE | CSRF)
        assert response.json() == str(credentials.user_id)

    async def test_a_write_without_the_token_is_refused(self, behind, app):
        response = await behind(app).client.post("/api/v1/who", headers=COOKIE)
        assert (response.status_code, response.json()["code"]) == (403, "csrf-token-missing")

    @pytest.mark.parametrize("token", ["guessed", "csrf-of-ad", "csrf-of-ada2", "CSRF-OF-ADA", "\xff"])
    async def test_a_write_with_another_token_is_refused(self, behind, app, token):
        headers = COOKIE | {"x-csrf-token": token.encode("latin-1")}
        response = await behind(app).client.post("/api/v1/who", headers=headers)
        assert (response.status_code, response.json()["code"]) == (403, "csrf-token-invalid")

    async def test_a_session_without_a_csrf_token_cannot_write(self, behind, app):
        class Tokenless:
            async def authenticate(self, *, session, bearer):
                return Authenticated(principal=Principal(user_id=uuid4()))

        response = await behind(app, authentication=Tokenless()).client.post("/api/v1/who", headers=COOKIE | CSRF)
        assert (response.status_code, response.json()["code"]) == (403, "csrf-token-invalid")

    async def test_reading_needs_no_token(self, behind, app):
        response = await behind(app).client.get("/api/v1/who", headers=COOKIE)
        assert response.status_code == 200

    async def test_an_anonymous_write_needs_no_token(self, behind, app):
        response = await behind(app).client.post("/api/v1/who", headers={"cookie": "lyceum_session=expired"})
        assert (response.status_code, response.json()) == (200, None)

    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": "https://evil.test"},
            {"origin": "null"},
            {"origin": "http://lyceum.test.evil.test"},
            {"origin": "http://lyceum.test:8080"},
            {"sec-fetch-site": "cross-site", "origin": "http://lyceum.test"},
        ],
    )
    async def test_a_write_from_another_site_is_refused_even_with_the_token(self, behind, app, headers):
        response = await behind(app).client.post("/api/v1/who", headers=COOKIE | CSRF | headers)
        assert (response.status_code, response.json()["code"]) == (403, "foreign-origin")

    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "same-origin"},
            {"sec-fetch-site": "none"},
            {"origin": "http://lyceum.test"},
            {"origin": "https://lyceum.test"},
            {"origin": "https://admin.example.org", "sec-fetch-site": "cross-site"},
        ],
    )
    async def test_a_write_from_our_own_pages_passes(self, behind, app, headers):
        service = behind(app, options=EdgeOptions(trusted_origins=frozenset({"https://admin.example.org"})))
        response = await service.client.post("/api/v1/who", headers=COOKIE | CSRF | headers)
        assert response.status_code == 200


class TestSelfAuthenticated:
    @pytest.mark.parametrize("headers", [COOKIE, BEARER, {"authorization": "Bearer of-another-kind"}])
    async def test_what_checks_credentials_itself_gets_no_principal_from_the_edge(
        self, behind, app, credentials, headers
    ):
        service = behind(app, options=EdgeOptions(self_authenticated=("/oauth/token",)))
        response = await service.client.post("/oauth/token", headers=headers)
        assert (response.status_code, response.json(), credentials.asked) == (200, None, 0)

    async def test_a_path_that_only_begins_alike_is_not_meant(self, behind, app, credentials):
        service = behind(app, options=EdgeOptions(self_authenticated=("/api/v1/wh",)))
        response = await service.client.get("/api/v1/who", headers=COOKIE)
        assert response.json() == str(credentials.user_id)


class TestCache:
    async def test_credentials_are_asked_for_once(self, behind, app, credentials):
        client = behind(app).client
        for _ in range(3):
            await client.get("/api/v1/who", headers=COOKIE)
        assert credentials.asked == 1

    async def test_credentials_that_do_not_hold_are_asked_for_every_time(self, behind, app, credentials):
        client = behind(app).client
        for _ in range(3):
            await client.get("/api/v1/who", headers={"cookie": "lyceum_session=expired"})
        assert credentials.asked == 3

    async def test_a_revoked_session_is_dead_after_ten_seconds(self, behind, app, credentials, monkeypatch):
        now = 1000.0
        monkeypatch.setattr(credentials_module, "monotonic", lambda: now)
        client = behind(app).client
        await client.get("/api/v1/who", headers=COOKIE)
        credentials.sessions.clear()
        now += 9
        assert (await client.get("/api/v1/who", headers=COOKIE)).json() is not None
        now += 1
        assert (await client.get("/api/v1/who", headers=COOKIE)).json() is None

    async def test_no_setting_keeps_credentials_longer(self, credentials, monkeypatch):
        now = 1000.0
        monkeypatch.setattr(credentials_module, "monotonic", lambda: now)
        cache = CredentialCache(credentials, max_age=3600)
        await cache.authenticate(session="session-of-ada", bearer=None)
        now += 11
        await cache.authenticate(session="session-of-ada", bearer=None)
        assert credentials.asked == 2

    async def test_signing_out_takes_effect_at_once(self, behind, app, credentials):
        client = behind(app).client
        await client.get("/api/v1/who", headers=BEARER)
        credentials.sessions.clear()
        credentials.bearers.clear()
        await client.delete("/api/v1/session", headers=BEARER)
        assert (await client.get("/api/v1/who", headers=BEARER)).status_code == 401

    async def test_one_forgotten_credential_leaves_the_others(self, credentials):
        cache = CredentialCache(credentials)
        await cache.authenticate(session="session-of-ada", bearer=None)
        await cache.authenticate(session=None, bearer="token-of-ada")
        cache.forget(session="session-of-ada")
        await cache.authenticate(session=None, bearer="token-of-ada")
        assert credentials.asked == 2
        await cache.authenticate(session="session-of-ada", bearer=None)
        assert credentials.asked == 3

    async def test_forgetting_all_asks_for_everything_again(self, credentials):
        cache = CredentialCache(credentials)
        await cache.authenticate(session="session-of-ada", bearer=None)
        cache.forget_all()
        await cache.authenticate(session="session-of-ada", bearer=None)
        assert credentials.asked == 2

    async def test_what_was_revoked_while_it_was_looked_up_is_not_kept(self, credentials):
        class RevokedMeanwhile:
            async def authenticate(self, *, session, bearer):
                found = await credentials.authenticate(session=session, bearer=bearer)
                cache.forget_user(credentials.user_id)
                return found

        cache = CredentialCache(RevokedMeanwhile())
        await cache.authenticate(session="session-of-ada", bearer=None)
        await cache.authenticate(session="session-of-ada", bearer=None)
        assert credentials.asked == 2

    async def test_a_bearer_token_is_no_session(self, credentials):
        cache = CredentialCache(credentials)
        await cache.authenticate(session="session-of-ada", bearer=None)
        assert await cache.authenticate(session=None, bearer="session-of-ada") is None

    async def test_the_cache_is_bounded_and_guessing_does_not_fill_it(self, credentials):
        credentials.sessions |= {"s1", "s2"}
        cache = CredentialCache(credentials, max_entries=2)
        await cache.authenticate(session="s1", bearer=None)
        await cache.authenticate(session="s2", bearer=None)
        for guess in range(10):
            await cache.authenticate(session=f"guess-{guess}", bearer=None)
        asked = credentials.asked
        await cache.authenticate(session="s2", bearer=None)
        assert credentials.asked == asked
        await cache.authenticate(session="session-of-ada", bearer=None)
        await cache.authenticate(session="s1", bearer=None)
        assert credentials.asked == asked + 2

    async def test_the_cache_is_an_authentication(self, credentials):
        assert isinstance(CredentialCache(credentials), Authentication)


class TestTroubleWithTheAuthentication:
    async def test_an_authentication_that_is_away_is_not_taken_for_a_refusal(self, behind, app):
        class Away:
            async def authenticate(self, *, session, bearer):
                raise Unavailable

        response = await behind(app, authentication=Away()).client.get("/api/v1/who", headers=COOKIE)
        assert response.status_code == 503


class TestWebSocket:
    async def connect(self, edge, headers):
        sent = []

        async def receive():
            return {"type": "websocket.connect"}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "websocket",
            "path": "/ws",
            "query_string": b"",
            "headers": [(b"host", b"lyceum.test"), *((k.encode(), v.encode()) for k, v in headers.items())],
        }
        await edge(scope, receive, send)
        return sent

    async def greeting(self, scope, receive, send):
        await receive()
        await send({"type": "websocket.accept", "subprotocol": str(scope["principal"].user_id)})

    async def test_a_session_opens_a_connection_from_our_own_page(self, behind, credentials):
        sent = await self.connect(behind(self.greeting).edge, COOKIE | {"origin": "http://lyceum.test"})
        assert sent == [{"type": "websocket.accept", "subprotocol": str(credentials.user_id)}]

    async def test_another_site_cannot_open_one_with_our_cookie(self, behind):
        sent = await self.connect(behind(self.greeting).edge, COOKIE | {"origin": "https://evil.test"})
        assert sent == [{"type": "websocket.close", "code": 1008, "reason": "foreign-origin"}]

    async def test_a_bad_token_opens_none(self, behind):
        sent = await self.connect(behind(self.greeting).edge, {"authorization": "Bearer expired"})
        assert sent == [{"type": "websocket.close", "code": 1008, "reason": "invalid-token"}]
