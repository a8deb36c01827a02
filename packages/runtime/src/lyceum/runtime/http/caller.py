"""Who sends a request, and whether a browser was tricked into sending it."""

import re
from collections.abc import Mapping
from hmac import compare_digest
from urllib.parse import urlsplit

from lyceum.kernel.errors import NotAuthenticated, PermissionDenied

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""

Headers = Mapping[bytes, bytes]


class InvalidToken(NotAuthenticated):
    """The bearer token is malformed, expired or revoked (RFC 6750, 3.1)."""

    code = "invalid-token"
    title = "The access token is not valid"


class CsrfTokenMissing(PermissionDenied):
    """A write with a session cookie needs the session's token in `X-CSRF-Token`."""

    code = "csrf-token-missing"
    title = "The X-CSRF-Token header is missing"


class CsrfTokenInvalid(PermissionDenied):
    code = "csrf-token-invalid"
    title = "The X-CSRF-Token header does not belong to this session"


class ForeignOrigin(PermissionDenied):
    """Another site's page made the browser send this."""

    code = "foreign-origin"
    title = "Another site may not send this"


def bearer_token(headers: Headers) -> str | None:
    """The token of `Authorization: Bearer`; null for other schemes, which are not for the edge."""
    value = headers.get(b"authorization")
    if value is None or value[:7].lower() != b"bearer ":
        return None
    return value[7:].strip().decode("latin-1")


def cookie_pattern(name: str) -> re.Pattern[bytes]:
    """Finds the value of a cookie in a `Cookie` header (RFC 6265); the first one, should there be two."""
    return re.compile(rb"(?:^|;)[ \t]*" + re.escape(name.encode()) + rb"=[ \t]*([^; \t]+)")


def cookie_value(headers: Headers, pattern: re.Pattern[bytes]) -> str | None:
    cookies = headers.get(b"cookie")
    if cookies is None:
        return None
    match = pattern.search(cookies)
    return None if match is None else match[1].decode("latin-1")


def refuse_forgery(headers: Headers, csrf_token: str | None, trusted_origins: frozenset[str]) -> None:
    """Raises unless a write that a session cookie came with is meant by our own page: it comes from our origin, and
    shows the session's token, which other sites can't read."""
    refuse_foreign_origin(headers, trusted_origins)
    shown = headers.get(b"x-csrf-token")
    if not shown:
        raise CsrfTokenMissing()
    if csrf_token is None or not compare_digest(shown, csrf_token.encode()):
        raise CsrfTokenInvalid()


def refuse_foreign_origin(headers: Headers, trusted_origins: frozenset[str]) -> None:
    """Raises `ForeignOrigin` if the browser says that another site sends this (Fetch Metadata; `Origin` from browsers
    without it). Clients that say nothing are no browsers, or old ones, which the token stops."""
    origin = headers.get(b"origin")
    if origin is not None and origin.decode("latin-1") in trusted_origins:
        return
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        if site not in (b"same-origin", b"none"):
            raise ForeignOrigin()
    elif origin is not None:
        # Scheme and port of our own side may be a proxy's matter; the Host header is what the browser addressed.
        host = urlsplit(origin.decode("latin-1")).netloc
        if not host or host.encode("latin-1") != headers.get(b"host"):
            raise ForeignOrigin()
