"""Requests to the token endpoint (RFC 6749 sections 4.1.3 and 6, RFC 7636 section 4.5)."""

from dataclasses import dataclass, field

from lyceum.auth.domain.oauth_errors import InvalidRequest, UnsupportedGrantType
from lyceum.auth.domain.policies.authorization_requests import Parameters
from lyceum.auth.domain.values.redirect_uris import MAX_URI_LENGTH
from lyceum.auth.domain.values.scopes import parse_scope

MAX_GRANT_LENGTH = 500


@dataclass(frozen=True, slots=True)
class CodeGrant:
    """A code to redeem, with what it is bound to."""

    code: str = field(repr=False)
    redirect_uri: str
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RefreshGrant:
    """A refresh token to rotate. `scopes` narrows the new access token; null asks for all."""

    token: str = field(repr=False)
    scopes: frozenset[str] | None = None


def read_token_request(form: Parameters) -> CodeGrant | RefreshGrant:
    """The grant in the form. Raises `InvalidRequest`, `UnsupportedGrantType` or `InvalidScope`."""
    values = dict(form)
    if len(values) != len(form):
        raise InvalidRequest("A parameter is given more than once")  # RFC 6749 section 3.2
    match _needed(values, "grant_type"):
        case "authorization_code":
            return CodeGrant(
                code=_needed(values, "code"),
                redirect_uri=_needed(values, "redirect_uri", MAX_URI_LENGTH),
                verifier=_needed(values, "code_verifier"),
            )
        case "refresh_token":
            scope = values.get("scope")
            return RefreshGrant(_needed(values, "refresh_token"), None if scope is None else parse_scope(scope))
        case _:
            raise UnsupportedGrantType()


def _needed(values: dict[str, str], name: str, longest: int = MAX_GRANT_LENGTH) -> str:
    value = values.get(name, "")
    if not value or len(value) > longest:
        raise InvalidRequest(f"{name} is missing or too long")
    return value
