"""The headers that every answer gets at the edge."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

# The server looks at every header of every answer, so that those which only matter to pages are left to pages.
_NO_SNIFFING: Header = (b"x-content-type-options", b"nosniff")
_REFERRER: Header = (b"referrer-policy", b"strict-origin-when-cross-origin")
ADDED_BY_EDGE = frozenset({b"x-request-id", _NO_SNIFFING[0], _REFERRER[0]})
"""Those that an answer from another edge has already."""

# Whoever serves a page that may run or load something says so in a policy of its own.
_NOTHING_ALLOWED: Header = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
NOT_SHARED: Header = (b"cache-control", b"private, no-cache")


def edge_headers(headers: Iterable[Header], cache_control: Header = NOT_SHARED) -> list[Header]:
    """The headers of an answer, with those that the edge adds and with `cache_control` if it says none.

    What sets a cookie is for one browser alone.
    """
    complete = list(headers)
    present = dict(complete)
    complete.append(_NO_SNIFFING)
    if present.get(b"content-type", b"").startswith(b"text/html") and _REFERRER[0] not in present:
        complete.append(_REFERRER)
    if _NOTHING_ALLOWED[0] not in present:
        complete.append(_NOTHING_ALLOWED)
    if NOT_SHARED[0] not in present:
        complete.append(NOT_SHARED if b"set-cookie" in present else cache_control)
    return complete
