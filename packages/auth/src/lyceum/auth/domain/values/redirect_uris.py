"""Redirect URIs: which may be registered, and which registered one a request means."""

import ipaddress
import re
from urllib.parse import urlencode, urlsplit, urlunsplit

from lyceum.auth.domain.oauth_errors import InvalidRedirectUri

MAX_URI_LENGTH = 2_000
_URI_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")  # RFC 3986 section 2
_PRIVATE_USE_SCHEME = re.compile(r"[a-z][a-z0-9+\-]*(\.[a-z0-9+\-]+)+")
_SCHEMES_OF_BROWSERS = frozenset({"http", "https"})


def check_redirect_uri(uri: str, *, public: bool) -> str:
    """The URI, if a client may register it. Raises `InvalidRedirectUri`.

    Allowed are https; http on the loopback interface (RFC 8252 section 7.3, and `localhost` for development); and for
    public clients a private-use scheme in reverse-domain form (RFC 8252 section 7.1). Never a fragment
    (RFC 6749 section 3.1.2), user information, or a wildcard.
    """
    try:
        parts = urlsplit(uri)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise InvalidRedirectUri("A redirect URI is not a URI") from None
    if len(uri) > MAX_URI_LENGTH or _URI_CHARACTERS.fullmatch(uri) is None or "*" in parts.netloc:
        raise InvalidRedirectUri("A redirect URI has characters that it can't have, or is too long")
    if "#" in uri or "@" in parts.netloc:
        raise InvalidRedirectUri("A redirect URI can't have a fragment or user information")
    if parts.scheme not in _SCHEMES_OF_BROWSERS:
        if public and not parts.netloc and _PRIVATE_USE_SCHEME.fullmatch(parts.scheme) and parts.path.startswith("/"):
            return uri
        raise InvalidRedirectUri("A redirect URI needs https, or for native clients a scheme like com.example.app")
    if not host:
        raise InvalidRedirectUri("A redirect URI needs a host")
    if parts.scheme == "http" and host != "localhost" and not _is_loopback(host):
        raise InvalidRedirectUri("Plain http is for the loopback interface only")
    return uri


def matches_registered(uri: str, registered: tuple[str, ...]) -> bool:
    """Whether the URI is one of the registered ones.

    Compared character by character (RFC 9700 section 2.1), except that the port is free where the host is a loopback
    IP literal, because a native app takes whatever port the system gives it (RFC 8252 section 7.3).
    """
    return uri in registered or any(_same_but_for_the_port(uri, other) for other in registered)


def with_query(uri: str, parameters: dict[str, str]) -> str:
    """The URI with parameters added to its query, which otherwise stays as it is (RFC 6749 section 3.1.2)."""
    parts = urlsplit(uri)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query))


def _same_but_for_the_port(uri: str, registered: str) -> bool:
    try:
        left, right = urlsplit(uri), urlsplit(registered)
        _ = left.port
    except ValueError:
        return False
    if left.scheme != "http" or "@" in left.netloc or "#" in uri or not _is_loopback(right.hostname or ""):
        return False
    return (left.scheme, left.hostname, left.path, left.query) == (
        right.scheme,
        right.hostname,
        right.path,
        right.query,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
