"""What a client says at the token endpoint, and how it proves who it is."""

import base64

import pytest

from lyceum.auth.domain.entities import (
    AuthMethod,
    GrantType,
)
from lyceum.auth.domain.oauth_errors import (
    InvalidClient,
    InvalidRequest,
    InvalidScope,
    UnauthorizedClient,
    UnsupportedGrantType,
)
from lyceum.auth.domain.policies.client_authentication import ClientCredentials, read_client_credentials
from lyceum.auth.domain.policies.token_requests import CodeGrant, RefreshGrant, read_token_request

CODE_FORM = [
    ("grant_type", "authorization_code"),
    ("code", "c"),
    ("redirect_uri", "https://reader.example/callback"),
    ("code_verifier", "v" * 43),
]


def test_the_two_grants_are_read():
    assert read_token_request(CODE_FORM) == CodeGrant("c", "https://reader.example/callback", "v" * 43)
    assert read_token_request([("grant_type", "refresh_token"), ("refresh_token", "h.s")]) == RefreshGrant("h.s")
    narrowed = read_token_request([("grant_type", "refresh_token"), ("refresh_token", "h.s"), ("scope", "openid")])
    assert narrowed == RefreshGrant("h.s", frozenset({"openid"}))


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ([], InvalidRequest),
        ([("grant_type", "password"), ("username", "ada")], UnsupportedGrantType),
        ([("grant_type", "implicit")], UnsupportedGrantType),
        (CODE_FORM[:-1], InvalidRequest),
        ([*CODE_FORM, ("code", "d")], InvalidRequest),
        ([*CODE_FORM[:1], ("code", "c" * 501), *CODE_FORM[2:]], InvalidRequest),
        ([("grant_type", "refresh_token")], InvalidRequest),
        ([("grant_type", "refresh_token"), ("refresh_token", "t"), ("scope", '"')], InvalidScope),
    ],
)
def test_a_token_request_that_lacks_or_repeats_something_is_refused(form, error):
    with pytest.raises(error):
        read_token_request(form)


def basic(client_id, secret):
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def test_a_client_says_who_it_is_by_header_form_or_name_alone():
    assert read_client_credentials(basic("a%3Ab+c", "s%26"), []) == ClientCredentials(
        "a:b c", AuthMethod.SECRET_BASIC, "s&"
    )
    form = [("client_id", "a"), ("client_secret", "s")]
    assert read_client_credentials(None, form) == ClientCredentials("a", AuthMethod.SECRET_POST, "s")
    assert read_client_credentials(None, form[:1]) == ClientCredentials("a", AuthMethod.NONE)


@pytest.mark.parametrize(
    "form",
    [[("client_secret", "s")], [("client_id", "b")], [("client_id", "a"), ("client_secret", "s")]],
)
def test_a_client_that_authenticates_twice_is_refused(form):
    with pytest.raises(InvalidRequest):
        read_client_credentials(basic("a", "s"), form)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer abc",
        "Basic",
        "Basic !!!",
        "Basic " + base64.b64encode(b"no colon").decode(),
        "Basic " + base64.b64encode(b":secret").decode(),
        "Basic " + base64.b64encode(b"\xff:\xff").decode(),
        "Basic " + "A" * 5000,
    ],
)
def test_a_missing_or_broken_proof_is_refused(header):
    with pytest.raises(InvalidClient):
        read_client_credentials(header, [])


def test_a_confidential_client_needs_its_secret_in_the_registered_way(make_client):
    client = make_client(secret="the-secret")
    client.authenticate(AuthMethod.SECRET_BASIC, "the-secret")
    for method, secret in [
        (AuthMethod.SECRET_BASIC, "another"),
        (AuthMethod.SECRET_BASIC, ""),
        (AuthMethod.SECRET_BASIC, None),
        (AuthMethod.SECRET_POST, "the-secret"),
        (AuthMethod.NONE, None),
    ]:
        with pytest.raises(InvalidClient):
            client.authenticate(method, secret)


def test_a_public_client_can_not_pretend_to_have_a_secret(make_client):
    client = make_client()
    client.authenticate(AuthMethod.NONE, None)
    with pytest.raises(InvalidClient):
        client.authenticate(AuthMethod.SECRET_BASIC, "anything")


def test_a_client_whose_secret_is_lost_is_not_let_in_without_one(make_client):
    client = make_client(auth_method=AuthMethod.SECRET_BASIC, secret_hash=None)
    with pytest.raises(InvalidClient):
        client.authenticate(AuthMethod.SECRET_BASIC, None)


def test_a_client_may_use_only_the_grants_that_it_registered_for(make_client):
    client = make_client(grant_types=frozenset({GrantType.AUTHORIZATION_CODE}))
    client.require_grant(GrantType.AUTHORIZATION_CODE)
    with pytest.raises(UnauthorizedClient):
        client.require_grant(GrantType.REFRESH_TOKEN)
