"""Sign-out asked for by a client (OpenID Connect RP-Initiated Logout 1.0)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lyceum.auth.domain.entities.client import Client
from lyceum.auth.domain.entities.session import Session
from lyceum.auth.domain.errors import LogoutRequestInvalid
from lyceum.auth.domain.policies.authorization_requests import MAX_STATE_LENGTH, Parameters
from lyceum.auth.domain.values.redirect_uris import with_query

MAX_HINT_LENGTH = 8_000


@dataclass(frozen=True, slots=True)
class LogoutRequest:
    """The parameters, read but not yet believed."""

    id_token_hint: str | None
    client_id: str | None
    post_logout_redirect_uri: str | None
    state: str | None

    def handed_on(self, client: Client) -> dict[str, str]:
        """The same without the hint, whose place `client` takes: for our page, which has it validated again."""
        values = {"post_logout_redirect_uri": self.post_logout_redirect_uri, "state": self.state}
        return {"client_id": client.client_id} | {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class LogoutDecision:
    """`ends` is the session to end, if any; `confirm` says to ask the person first; `location` is where to go then,
    null for our own page."""

    ends: UUID | None
    confirm: bool
    location: str | None


def read_logout_request(parameters: Parameters) -> LogoutRequest:
    """Raises `LogoutRequestInvalid` for repeated or overlong parameters."""
    values = dict(parameters)
    if len(values) != len(parameters):
        raise LogoutRequestInvalid("A parameter is given more than once")
    if len(values.get("id_token_hint", "")) > MAX_HINT_LENGTH or len(values.get("state", "")) > MAX_STATE_LENGTH:
        raise LogoutRequestInvalid("A parameter is too long")
    return LogoutRequest(
        *(values.get(name) or None for name in ("id_token_hint", "client_id", "post_logout_redirect_uri", "state"))
    )


def client_of(request: LogoutRequest, hint: Mapping[str, Any] | None) -> str | None:
    """The id of the client that asks: its own word, or the audience of the hint.

    `hint` are the claims of `id_token_hint` with our signature verified, expired or not (section 2).
    Raises `LogoutRequestInvalid` where the two disagree.
    """
    audience = None if hint is None else str(hint["aud"])
    if request.client_id and audience and request.client_id != audience:
        raise LogoutRequestInvalid("client_id is not the audience of id_token_hint")
    return request.client_id or audience


def place_after(request: LogoutRequest, client: Client | None) -> str | None:
    """Where the person goes afterwards, with the client's state; null for our own page.

    Raises `LogoutRequestInvalid` for a post_logout_redirect_uri that is not registered (section 3): following it would
    make us an open redirector, and ignoring it would leave the person on a page they don't expect.
    """
    if request.post_logout_redirect_uri is None:
        return None
    if client is None or not client.has_post_logout_redirect_uri(request.post_logout_redirect_uri):
        raise LogoutRequestInvalid("post_logout_redirect_uri is not registered for this application")
    return with_query(request.post_logout_redirect_uri, {} if request.state is None else {"state": request.state})


def decide_logout(
    request: LogoutRequest, *, hint: Mapping[str, Any] | None, client: Client | None, session: Session | None
) -> LogoutDecision:
    """What to do. `session` is the browser's active one; `client` is the one that `client_of` names, if it exists.

    The person is asked first unless the hint is for this very session: else any page could sign people out (section 6).
    Raises `LogoutRequestInvalid` as `place_after` does.
    """
    location = place_after(request, client)
    if session is None:
        return LogoutDecision(ends=None, confirm=False, location=location)
    is_ours = hint is not None and hint.get("sid") == str(session.id) and hint.get("sub") == str(session.user_id)
    return LogoutDecision(ends=session.id, confirm=not is_ours, location=location)
