"""A valid authorization request."""

from dataclasses import dataclass, field
from enum import StrEnum


class Prompt(StrEnum):
    """What the client wants the person to be asked (OpenID Connect Core section 3.1.2.1)."""

    NONE = "none"
    LOGIN = "login"
    CONSENT = "consent"
    SELECT_ACCOUNT = "select_account"


@dataclass(frozen=True, kw_only=True, slots=True)
class AuthorizationRequest:
    """What a client asks for, checked. `max_age` is in seconds; `state` and `nonce` are the client's own texts."""

    client_id: str
    redirect_uri: str
    scopes: frozenset[str]
    code_challenge: str = field(repr=False)
    state: str | None = None
    nonce: str | None = None
    prompts: frozenset[Prompt] = frozenset()
    max_age: int | None = None
    login_hint: str | None = None
