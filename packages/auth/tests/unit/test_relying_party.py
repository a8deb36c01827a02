"""Signing in with an external provider, against a provider played by a mock transport."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from lyceum.auth.adapters.relying_party import RelyingParty
from lyceum.auth.domain.errors import ExternalSignInFailed
from lyceum.auth.domain.policies.external_callback import ExternalCallback
from lyceum.auth.domain.values import ExternalClaims, ExternalProvider, challenge_of
from lyceum.kernel.errors import Unavailable

ISSUER = "https://id.example"
PROVIDER = ExternalProvider(name="Example", issuer=ISSUER, client_id="lyceum", client_secret="s&cret")
CALLBACK = ExternalCallback("state", "the-code", None)
REDEEM = {"redirect_uri": "https://lyceum.example/back", "nonce": "the-nonce", "code_verifier": "v" * 43}


@pytest.fixture(scope="session")
def rsa_keys():
    return [RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True) for _ in range(2)]


@dataclass
class FakeClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass
class Provider:
    """An OpenID Provider that answers as it is told."""

    clock: FakeClock
    keys: list[Any]
    metadata: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, httpx.Response] = field(default_factory=dict)
    requests: list[httpx.Request] = field(default_factory=list)
    signing_key: Any = None

    def document(self):
        document = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/me",
            "jwks_uri": f"{ISSUER}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.metadata
        return {name: value for name, value in document.items() if value is not None}

    def id_token(self):
        now = int(self.clock.now().timestamp())
        half = hashlib.sha256(b"access").digest()[:16]
        claims = {
            "iss": ISSUER,
            "sub": "ada-42",
            "aud": "lyceum",
            "iat": now,
            "exp": now + 60,
            "nonce": "the-nonce",
            "email": "ada@example.org",
            "email_verified": True,
            "name": "Ada",
            "at_hash": urlsafe_b64encode(half).decode().rstrip("="),
        } | self.claims
        key = self.signing_key or self.keys[0]
        header = {"alg": "RS256", "kid": key.kid} | self.header
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, claims, key, algorithms=[header["alg"]])

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self.document())
        if path == "/jwks":
            return httpx.Response(200, json={"keys": [key.as_dict(private=False) for key in self.keys]})
        if path == "/token":
            return httpx.Response(200, json={"access_token": "access", "id_token": self.id_token()})
        if path == "/me":
            return httpx.Response(200, json=self.userinfo)
        return httpx.Response(404)

    def asked(self, path):
        return sum(request.url.path == path for request in self.requests)


@pytest.fixture
def provider(now, rsa_keys):
    return Provider(FakeClock(now), rsa_keys[:1])


@pytest.fixture
async def party(provider):
    async with httpx.AsyncClient(transport=httpx.MockTransport(provider)) as http:
        yield RelyingParty(PROVIDER, http, provider.clock)


async def test_the_browser_is_sent_off_with_state_nonce_and_pkce(party):
    address = await party.authorization_url(
        redirect_uri="https://lyceum.example/back", state="s", nonce="n", code_verifier="v" * 43
    )
    assert address.startswith(f"{ISSUER}/auth?")
    assert {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()} == {
        "response_type": "code",
        "client_id": "lyceum",
        "redirect_uri": "https://lyceum.example/back",
        "scope": "openid profile email",
        "state": "s",
        "nonce": "n",
        "code_challenge": challenge_of("v" * 43),
        "code_challenge_method": "S256",
    }


async def test_a_code_is_exchanged_for_a_verified_person(party, provider):
    claims = await party.redeem(CALLBACK, **REDEEM)
    assert claims == ExternalClaims(
        issuer=ISSUER, subject="ada-42", email="ada@example.org", email_verified=True, name="Ada"
    )
    (request,) = (request for request in provider.requests if request.url.path == "/token")
    form = parse_qs(request.content.decode())
    assert (form["code"], form["code_verifier"]) == (["the-code"], ["v" * 43])
    assert "client_secret" not in form
    assert request.headers["authorization"] == httpx.BasicAuth("lyceum", "s%26cret")._auth_header


async def test_the_secret_goes_into_the_form_where_the_provider_wants_it_there(party, provider):
    provider.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    await party.redeem(CALLBACK, **REDEEM)
    (request,) = (request for request in provider.requests if request.url.path == "/token")
    assert "authorization" not in request.headers
    assert parse_qs(request.content.decode())["client_secret"] == ["s&cret"]


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": "another", "azp": "lyceum"},
        {"aud": ["lyceum", "another"]},
        {"aud": ["lyceum", "another"], "azp": "another"},
        {"azp": "another"},
        {"sub": None},
        {"sub": ""},
        {"sub": 42},
        {"exp": None},
        {"exp": 1},
        {"exp": "never"},
        {"iat": None},
        {"iat": 99999999999},
        {"nonce": None},
        {"nonce": "another"},
        {"at_hash": "another"},
        {"at_hash": 7},
    ],
)
async def test_an_id_token_with_a_wrong_or_missing_claim_is_refused(party, provider, claims):
    provider.claims = claims
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)


async def test_a_clock_that_is_off_by_half_a_minute_does_not_matter(party, provider, now):
    provider.claims = {"iat": int(now.timestamp()) + 30, "exp": int(now.timestamp()) - 30}
    assert (await party.redeem(CALLBACK, **REDEEM)).subject == "ada-42"


async def test_a_token_of_another_audience_too_is_accepted_when_it_was_made_for_us(party, provider):
    provider.claims = {"aud": ["lyceum", "another"], "azp": "lyceum"}
    assert (await party.redeem(CALLBACK, **REDEEM)).subject == "ada-42"


async def test_a_signature_by_our_own_secret_is_no_signature(party, provider):
    provider.signing_key = OctKey.import_key(b"s&cret" * 8)
    provider.header = {"alg": "HS256", "kid": provider.keys[0].kid}
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)


async def test_a_shared_secret_among_the_keys_signs_nothing(party, provider):
    secret = OctKey.import_key(b"known to everybody " * 4, {"use": "sig", "alg": "HS256", "kid": "shared"})
    provider.answers["/jwks"] = httpx.Response(200, json={"keys": [secret.as_dict(private=True)]})
    provider.signing_key = secret
    provider.header = {"alg": "HS256"}
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)


async def test_a_key_of_nobodys_is_refused_even_under_a_known_name(party, provider, rsa_keys):
    provider.signing_key = rsa_keys[1]
    provider.header = {"kid": rsa_keys[0].kid}
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)


async def test_an_unsigned_token_is_refused(party, provider):
    signed = provider.id_token().split(".")
    header = urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    provider.answers["/token"] = httpx.Response(
        200, json={"access_token": "access", "id_token": f"{header}.{signed[1]}."}
    )
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)


async def test_metadata_and_keys_are_fetched_once_an_hour(party, provider):
    for _ in range(3):
        await party.redeem(CALLBACK, **REDEEM)
    assert (provider.asked("/.well-known/openid-configuration"), provider.asked("/jwks")) == (1, 1)
    provider.clock.moment += timedelta(hours=1)
    await party.redeem(CALLBACK, **REDEEM)
    assert (provider.asked("/.well-known/openid-configuration"), provider.asked("/jwks")) == (2, 2)


async def test_a_rotated_key_is_fetched_when_it_is_first_met(party, provider, rsa_keys):
    await party.redeem(CALLBACK, **REDEEM)
    provider.keys = rsa_keys[1:]
    provider.clock.moment += timedelta(seconds=30)
    assert (await party.redeem(CALLBACK, **REDEEM)).subject == "ada-42"
    assert provider.asked("/jwks") == 2


async def test_unknown_keys_do_not_make_us_hammer_the_provider(party, provider, rsa_keys):
    await party.redeem(CALLBACK, **REDEEM)
    provider.signing_key = rsa_keys[1]
    for _ in range(10):
        with pytest.raises(ExternalSignInFailed):
            await party.redeem(CALLBACK, **REDEEM)
    assert provider.asked("/jwks") == 1


async def test_the_address_comes_from_userinfo_where_the_id_token_leaves_it_out(party, provider):
    provider.claims = {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "ada-42", "email": "ada@example.org", "email_verified": True, "iss": "ignored"}
    claims = await party.redeem(CALLBACK, **REDEEM)
    assert (claims.email, claims.email_verified, claims.issuer) == ("ada@example.org", True, ISSUER)


async def test_userinfo_about_somebody_else_is_refused(party, provider):
    provider.claims = {"email": None}
    provider.userinfo = {"sub": "eve", "email": "eve@example.org"}
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)


@pytest.mark.parametrize("word", [None, False, 0, 1.5, "false", "yes", {}])
async def test_an_address_is_verified_only_if_the_provider_says_so(party, provider, word):
    provider.claims = {"email_verified": word}
    assert not (await party.redeem(CALLBACK, **REDEEM)).email_verified


async def test_an_answer_of_another_provider_is_refused(party, provider):
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(ExternalCallback("state", "the-code", "https://evil.example"), **REDEEM)
    assert provider.asked("/token") == 0


async def test_a_provider_that_names_itself_always_has_to(provider, party):
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)
    assert (await party.redeem(ExternalCallback("state", "the-code", ISSUER), **REDEEM)).subject == "ada-42"


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": f"{ISSUER}/"},
        {"issuer": None},
        {"token_endpoint": None},
        {"token_endpoint": "http://id.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"id_token_signing_alg_values_supported": 5},
    ],
)
async def test_broken_or_foreign_metadata_stop_the_sign_in(party, provider, metadata):
    provider.metadata = metadata
    with pytest.raises(Unavailable):
        await party.redeem(CALLBACK, **REDEEM)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, json={}),
        httpx.Response(302, headers={"location": "https://evil.example/"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=[]),
        httpx.Response(200, content=b'{"keys": ["' + b"x" * 600_000 + b'"]}'),
        httpx.Response(200, content=b"[" * 100_000),
    ],
)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token"])
async def test_a_provider_that_is_away_or_answers_nonsense_is_unavailable(party, provider, path, answer):
    provider.answers[path] = answer
    with pytest.raises(Unavailable):
        await party.redeem(CALLBACK, **REDEEM)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token"])
async def test_a_redirect_is_not_followed_even_to_a_good_answer(party, provider, path):
    provider.answers["/elsewhere"] = provider(httpx.Request("POST", ISSUER + path))
    provider.answers[path] = httpx.Response(307, headers={"location": "https://evil.example/elsewhere"})
    with pytest.raises(Unavailable):
        await party.redeem(CALLBACK, **REDEEM)
    assert provider.asked("/elsewhere") == 0


@pytest.mark.parametrize("keys", [None, {}, [], [{}], ["key"], [{"kty": "RSA", "n": "!"}]])
async def test_broken_keys_are_unavailable(party, provider, keys):
    provider.answers["/jwks"] = httpx.Response(200, json={"keys": keys})
    with pytest.raises(Unavailable):
        await party.redeem(CALLBACK, **REDEEM)


async def test_a_dead_connection_is_unavailable(provider):
    def die(request):
        raise httpx.ConnectError("no route", request=request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(die)) as http:
        with pytest.raises(Unavailable):
            await RelyingParty(PROVIDER, http, provider.clock).redeem(CALLBACK, **REDEEM)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(400, json={"error": "invalid_grant"}),
        httpx.Response(200, json={"access_token": "access"}),
        httpx.Response(200, json={"id_token": 1, "access_token": "access"}),
        httpx.Response(200, json={"id_token": "nonsense", "access_token": "access"}),
        httpx.Response(200, json={"id_token": "W10.e30.AAAA", "access_token": "access"}),
    ],
)
async def test_a_refused_code_or_an_answer_without_tokens_fails_the_sign_in(party, provider, answer):
    provider.answers["/token"] = answer
    with pytest.raises(ExternalSignInFailed):
        await party.redeem(CALLBACK, **REDEEM)
