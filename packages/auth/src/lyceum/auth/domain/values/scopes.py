"""OAuth scopes (RFC 6749 section 3.3): what a client may do for a person. What the person may do, permissions say."""

import re

from lyceum.auth.domain.oauth_errors import InvalidScope

OPENID = "openid"
PROFILE = "profile"
EMAIL = "email"
OFFLINE_ACCESS = "offline_access"
API = "lyceum.api"

SCOPES: dict[str, str] = {
    OPENID: "know who you are",
    PROFILE: "see your name, language and time zone",
    EMAIL: "see your e-mail address",
    OFFLINE_ACCESS: "stay signed in after you close your browser",
    API: "act for you in Lyceum",
}
"""Every scope there is, each with the rest of a consent screen's sentence "This application wants to …"."""

MAX_SCOPE_LENGTH = 1_000
_TOKEN = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+")


def parse_scope(text: str) -> frozenset[str]:
    """The scope tokens in a `scope` parameter; their order means nothing. Raises `InvalidScope`."""
    if len(text) > MAX_SCOPE_LENGTH:
        raise InvalidScope("The scope is too long")
    tokens = [token for token in text.split(" ") if token]
    if not all(_TOKEN.fullmatch(token) for token in tokens):
        raise InvalidScope("The scope has a character that a scope can't have")
    return frozenset(tokens)


def scope_text(scopes: frozenset[str]) -> str:
    """The scopes as a `scope` parameter, sorted so that equal scopes are equal texts."""
    return " ".join(sorted(scopes))
