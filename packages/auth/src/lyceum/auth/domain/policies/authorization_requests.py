"""Authorization requests (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2, RFC 9700 section 2.1).

Two kinds of errors, which must not be confused (RFC 6749 section 4.1.2.1): while the client or the redirect URI is in
doubt, the person is told (`AuthorizationRequestInvalid`) and nobody is redirected anywhere; from then on the client is
told by a redirect (`AuthorizationRefused`).
"""

from collections.abc import Sequence

from lyceum.auth.domain.entities.client import Client
from lyceum.auth.domain.errors import AuthorizationRequestInvalid
from lyceum.auth.domain.oauth_errors import (
    InvalidRequest,
    InvalidScope,
    OAuthError,
    RequestNotSupported,
    RequestUriNotSupported,
    UnsupportedResponseType,
)
from lyceum.auth.domain.values.authorization_request import AuthorizationRequest, Prompt
from lyceum.auth.domain.values.pkce import is_code_challenge
from lyceum.auth.domain.values.redirect_uris import MAX_URI_LENGTH, with_query
from lyceum.auth.domain.values.scopes import parse_scope

Parameters = Sequence[tuple[str, str]]
"""Decoded query or form parameters in the order sent, so that repetitions are seen."""

MAX_STATE_LENGTH = 2_000
MAX_NONCE_LENGTH = 500
MAX_LOGIN_HINT_LENGTH = 320
MAX_MAX_AGE = 10 * 365 * 24 * 3600


class AuthorizationRefused(Exception):
    """The request can't be granted. Not a LyceumError: no problem+json, but a redirect tells the client."""

    def __init__(self, error: OAuthError, *, redirect_uri: str, state: str | None) -> None:
        super().__init__(error.detail)
        self.error = error
        self.redirect_uri = redirect_uri
        self.state = state

    def location(self, issuer: str) -> str:
        """Where to redirect (RFC 6749 section 4.1.2.1), with our name in it (RFC 9207)."""
        return response_location(self.redirect_uri, self.state, issuer, self.error.document())


def response_location(redirect_uri: str, state: str | None, issuer: str, answer: dict[str, str]) -> str:
    """The redirect URI with the answer, the client's state, and `iss` against mix-up (RFC 9207)."""
    return with_query(redirect_uri, answer | ({} if state is None else {"state": state}) | {"iss": issuer})


def code_location(request: AuthorizationRequest, code: str, issuer: str) -> str:
    """Where to redirect with a code (RFC 6749 section 4.1.2)."""
    return response_location(request.redirect_uri, request.state, issuer, {"code": code})


def client_id_of(parameters: Parameters) -> str:
    """Which client is asking. Raises `AuthorizationRequestInvalid`."""
    return _only(parameters, "client_id")


def read_authorization_request(parameters: Parameters, client: Client | None) -> AuthorizationRequest:
    """The checked request; `client` is the one that `client_id_of` names, null if there is none.

    Raises `AuthorizationRequestInvalid` and `AuthorizationRefused`, see the module.
    """
    client_id, redirect_uri = client_id_of(parameters), _only(parameters, "redirect_uri")
    if client is None or client.client_id != client_id:
        raise AuthorizationRequestInvalid("The application is not known here")
    if len(redirect_uri) > MAX_URI_LENGTH or not client.has_redirect_uri(redirect_uri):
        raise AuthorizationRequestInvalid("The address to return to is not registered for this application")
    states = [value for name, value in parameters if name == "state"]
    state = states[0] if len(states) == 1 and len(states[0]) <= MAX_STATE_LENGTH else None
    try:
        return _read(parameters, client, redirect_uri)
    except OAuthError as error:
        raise AuthorizationRefused(error, redirect_uri=redirect_uri, state=state) from error


def _read(parameters: Parameters, client: Client, redirect_uri: str) -> AuthorizationRequest:
    values = dict(parameters)
    if len(values) != len(parameters):
        raise InvalidRequest("A parameter is given more than once")  # RFC 6749 section 3.1
    if "request" in values:
        raise RequestNotSupported()
    if "request_uri" in values:
        raise RequestUriNotSupported()
    if "response_type" not in values:
        raise InvalidRequest("response_type is missing")
    if values["response_type"] != "code":
        raise UnsupportedResponseType()
    if values.get("response_mode", "query") != "query":
        raise InvalidRequest("Only response_mode=query is supported")
    if values.get("code_challenge_method") != "S256" or not is_code_challenge(values.get("code_challenge", "")):
        raise InvalidRequest("PKCE is required: code_challenge with code_challenge_method=S256")
    return AuthorizationRequest(
        client_id=client.client_id,
        redirect_uri=redirect_uri,
        scopes=_granted_scopes(values.get("scope", ""), client),
        code_challenge=values["code_challenge"],
        state=_limited(values, "state", MAX_STATE_LENGTH),
        nonce=_limited(values, "nonce", MAX_NONCE_LENGTH),
        prompts=_prompts(values.get("prompt", "")),
        max_age=_max_age(values.get("max_age")),
        login_hint=_limited(values, "login_hint", MAX_LOGIN_HINT_LENGTH),
    )


def _granted_scopes(text: str, client: Client) -> frozenset[str]:
    """The requested scopes that the client may have; others are ignored (OpenID Connect Core section 3.1.2.1), and the
    token response says which were granted (RFC 6749 section 3.3)."""
    scopes = parse_scope(text) & client.scopes
    if not scopes:
        raise InvalidScope()
    return scopes


def _prompts(text: str) -> frozenset[Prompt]:
    try:
        prompts = frozenset(Prompt(word) for word in text.split(" ") if word)
    except ValueError:
        raise InvalidRequest("prompt has a value that is not supported") from None
    if Prompt.NONE in prompts and len(prompts) > 1:
        raise InvalidRequest("prompt=none can't be combined")
    return prompts


def _max_age(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_MAX_AGE)) and int(text) <= MAX_MAX_AGE):
        raise InvalidRequest("max_age is not a number of seconds")
    return int(text)


def _limited(values: dict[str, str], name: str, longest: int) -> str | None:
    value = values.get(name)
    if value is not None and len(value) > longest:
        raise InvalidRequest(f"{name} is too long")
    return value


def _only(parameters: Parameters, name: str) -> str:
    values = [value for key, value in parameters if key == name]
    if len(values) != 1 or not values[0]:
        raise AuthorizationRequestInvalid(f"The request needs exactly one {name}")
    return values[0]
