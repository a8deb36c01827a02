"""Tokens, signing keys, discovery and userinfo."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from authlib.oidc import discovery, rpinitiated
from authlib.oidc.core import CodeIDToken
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import KeySet

from lyceum.auth.adapters.key_ring import KeyRing, KeySeal
from lyceum.auth.domain.entities import SigningKey
from lyceum.auth.domain.oauth_errors import InsufficientScope, InvalidToken
from lyceum.auth.domain.policies.discovery import provider_metadata
from lyceum.auth.domain.policies.signing_keys import KeySchedule
from lyceum.auth.domain.policies.tokens import (
    TokenKind,
    access_token_claims,
    id_token_claims,
    token_response,
    userinfo_claims,
)
from lyceum.kernel.errors import Unavailable
from lyceum.kernel.ids import new_id

ISSUER = "https://lyceum.example"
SCHEDULE = KeySchedule(
    signs_for=timedelta(days=90), published_before=timedelta(days=2), published_after=timedelta(days=7)
)
SEAL = KeySeal(b"k" * 32)


@pytest.fixture(scope="session")
async def key_pairs():
    """RSA keys are slow to make: three for all tests."""
    return [await SEAL.make() for _ in range(3)]


@pytest.fixture(scope="session")
def make_keys(key_pairs, now):
    def make(*activations):
        return [
            SigningKey(
                id=new_id(), kid=pair.kid, sealed_jwk=pair.sealed_jwk, created_at=now, activates_at=now + activation
            )
            for pair, activation in zip(key_pairs, activations, strict=False)
        ]

    return make


@pytest.fixture(scope="session")
def make_ring(make_keys, now):
    def make(*activations, issuer=ISSUER, audience=ISSUER, at=now):
        keys = make_keys(*(activations or (timedelta(0),)))
        return KeyRing(keys, seal=SEAL, schedule=SCHEDULE, issuer=issuer, audience=audience, now=at)

    return make


@pytest.fixture(scope="session")
def ring(make_ring):
    return make_ring()


@pytest.fixture
def access_claims(now):
    return access_token_claims(
        issuer=ISSUER,
        audience=ISSUER,
        user_id=new_id(),
        client_id="reader",
        session_id=new_id(),
        scopes=frozenset({"profile", "openid"}),
        authenticated_at=now - timedelta(hours=1),
        token_id=new_id(),
        now=now,
    )


@pytest.fixture
def id_claims(now, access_claims):
    return id_token_claims(
        issuer=ISSUER,
        client_id="reader",
        user_id=new_id(),
        session_id=new_id(),
        authenticated_at=now - timedelta(hours=1),
        nonce="n",
        access_token="the-access-token",
        now=now,
    )


def test_an_access_token_is_what_rfc_9068_says_and_lives_five_minutes(ring, access_claims, now):
    token = ring.sign(access_claims, TokenKind.ACCESS)
    header = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "=="))
    assert (header["typ"], header["alg"]) == ("at+jwt", "RS256")
    assert access_claims.keys() >= {"iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope", "auth_time", "sid"}
    assert access_claims["exp"] - access_claims["iat"] == 300
    assert ring.verify_access_token(token, now) == access_claims


def test_an_access_token_ends(ring, access_claims, now):
    token = ring.sign(access_claims, TokenKind.ACCESS)
    ring.verify_access_token(token, now + timedelta(seconds=305))
    with pytest.raises(InvalidToken):
        ring.verify_access_token(token, now + timedelta(seconds=310))


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "https://other.example"},
        {"aud": []},
        {"exp": None},
        {"exp": "tomorrow"},
        {"iat": 99999999999},
        {"sub": None},
        {"sid": None},
        {"client_id": None},
        {"scope": None},
        {"jti": None},
    ],
)
def test_an_access_token_with_a_wrong_or_missing_claim_is_refused(ring, access_claims, now, change):
    claims = {name: value for name, value in (access_claims | change).items() if value is not None}
    with pytest.raises(InvalidToken):
        ring.verify_access_token(ring.sign(claims, TokenKind.ACCESS), now)


def test_an_id_token_is_not_taken_for_an_access_token_nor_the_other_way(ring, access_claims, id_claims, now):
    with pytest.raises(InvalidToken):
        ring.verify_access_token(ring.sign(access_claims, TokenKind.ID), now)
    assert ring.read_hint(ring.sign(id_claims, TokenKind.ACCESS)) is None


def segment(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_forged_token_is_refused(ring, access_claims, now):
    header, payload, signature = ring.sign(access_claims, TokenKind.ACCESS).split(".")
    kid = json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]
    other = segment(access_claims | {"sub": "somebody-else"})
    hmac_header = segment({"alg": "HS256", "typ": "at+jwt", "kid": kid})
    public = json.dumps(ring.jwks()["keys"][0]).encode()
    mac = hmac.new(public, f"{hmac_header}.{payload}".encode(), hashlib.sha256).digest()
    forgeries = [
        f"{header}.{other}.{signature}",
        f"{header}.{payload}.",
        f"{segment({'alg': 'none', 'typ': 'at+jwt', 'kid': kid})}.{payload}.",
        f"{hmac_header}.{payload}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}",
        f"{segment({'alg': 'RS256', 'typ': 'at+jwt', 'kid': 'unknown'})}.{payload}.{signature}",
        f"{segment(['alg'])}.{payload}.{signature}",
        f"{header}.{payload}",
        "",
        "....",
        "ä.ö.ü",
        "\ud800",
        "a" * 10_000,
    ]
    for forgery in forgeries:
        with pytest.raises(InvalidToken):
            ring.verify_access_token(forgery, now)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
headers = st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit", "jwk", "b64", "x5c"]), json_values)


@settings(max_examples=60)
@given(header=json_values | headers, payload=json_values)
def test_no_header_whatsoever_gets_a_token_without_signature_in(ring, now, header, payload):
    with pytest.raises(InvalidToken):
        ring.verify_access_token(f"{segment(header)}.{segment(payload)}.AAAA", now)


def test_our_id_token_satisfies_authlibs_relying_party(ring, id_claims, now):
    token = ring.sign(id_claims, TokenKind.ID)
    decoded = jwt.decode(token, KeySet.import_key_set(ring.jwks()), algorithms=["RS256"])
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        options={"iss": {"essential": True, "value": ISSUER}, "aud": {"essential": True, "value": "reader"}},
        params={"nonce": "n", "client_id": "reader", "access_token": "the-access-token", "max_age": 3600},
    )
    claims.validate(now=int(now.timestamp()))
    assert {"sid", "auth_time", "at_hash"} <= claims.keys()
    assert not {"email", "name"} & claims.keys()


def test_an_id_token_of_a_refresh_has_no_nonce(now):
    claims = id_token_claims(
        issuer=ISSUER,
        client_id="reader",
        user_id=new_id(),
        session_id=new_id(),
        authenticated_at=now,
        nonce=None,
        access_token="t",
        now=now,
    )
    assert "nonce" not in claims


def test_an_expired_id_token_is_still_a_hint_and_a_strangers_is_not(ring, id_claims, now):
    old = id_claims | {"exp": int((now - timedelta(days=3)).timestamp())}
    assert ring.read_hint(ring.sign(old, TokenKind.ID)) == old
    assert ring.read_hint(ring.sign(old | {"iss": "https://evil.example"}, TokenKind.ID)) is None
    assert ring.read_hint("nonsense") is None


def test_the_jwks_shows_no_private_half(make_ring):
    (key,) = make_ring().jwks()["keys"]
    assert key.keys() == {"kty", "n", "e", "use", "alg", "kid"}


def test_a_sealed_key_does_not_open_with_another_secret(make_keys, now):
    (key,) = make_keys(timedelta(0))
    assert '"' not in key.sealed_jwk  # a key as it is would be JSON
    with pytest.raises(Unavailable):
        KeyRing([key], seal=KeySeal(b"x" * 32), schedule=SCHEDULE, issuer=ISSUER, audience=ISSUER, now=now)


def test_a_seal_needs_256_bits():
    with pytest.raises(ValueError, match="32 bytes"):
        KeySeal(b"short")


def test_a_ring_without_keys_can_not_be_made(now):
    with pytest.raises(Unavailable):
        KeyRing([], seal=SEAL, schedule=SCHEDULE, issuer=ISSUER, audience=ISSUER, now=now)


def test_tokens_signed_before_a_rotation_verify_after_it(make_ring, access_claims, now):
    handover = timedelta(minutes=1)
    before = make_ring(timedelta(days=-90), handover)
    after = make_ring(timedelta(days=-90), handover, at=now + 2 * handover)
    assert len(before.jwks()["keys"]) == len(after.jwks()["keys"]) == 2
    old, new = before.sign(access_claims, TokenKind.ACCESS), after.sign(access_claims, TokenKind.ACCESS)
    assert old.split(".")[0] != new.split(".")[0]
    for ring in (before, after):
        assert ring.verify_access_token(old, now) == ring.verify_access_token(new, now) == access_claims


@pytest.mark.parametrize("issuer", [ISSUER, "http://127.0.0.1:8000"])
@pytest.mark.parametrize("registration_open", [True, False])
def test_the_discovery_document_satisfies_authlib(issuer, registration_open):
    document = provider_metadata(issuer, registration_open=registration_open)
    discovery.OpenIDProviderMetadata(document).validate(metadata_classes=[rpinitiated.OpenIDProviderMetadata])
    assert ("registration_endpoint" in document) is registration_open
    assert json.loads(json.dumps(document)) == document


@pytest.fixture
def person():
    return {
        "user_id": new_id(),
        "name": "Ada",
        "locale": "en",
        "time_zone": "Europe/London",
        "email": "ada@example.org",
    }


@pytest.mark.parametrize(
    ("scopes", "claims"),
    [
        ({"openid"}, {"sub"}),
        ({"openid", "profile"}, {"sub", "name", "locale", "zoneinfo"}),
        ({"openid", "email"}, {"sub", "email", "email_verified"}),
    ],
)
def test_userinfo_tells_what_the_scopes_allow(person, scopes, claims):
    assert userinfo_claims(**person, scopes=frozenset(scopes)).keys() == claims


def test_userinfo_needs_the_openid_scope(person):
    with pytest.raises(InsufficientScope):
        userinfo_claims(**person, scopes=frozenset({"profile", "email"}))


def test_the_token_response_has_only_what_was_issued():
    response = token_response(access_token="a", scopes=frozenset({"b", "a"}), id_token=None, refresh_token=None)
    assert response == {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "scope": "a b"}
    full = token_response(access_token="a", scopes=frozenset({"openid"}), id_token="i", refresh_token="r")
    assert (full["id_token"], full["refresh_token"]) == ("i", "r")
