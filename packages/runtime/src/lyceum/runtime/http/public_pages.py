"""How the edge uses a `PublicCache`: one request makes a page, the others wait for it.

A page is kept, and gets its tag, when it is asked for a second time. Of searches most are never asked again; keeping
each would cost more than it saves, and push out pages that are.
"""

from collections import OrderedDict
from hashlib import sha256
from time import monotonic
from typing import NamedTuple, TypeVar

from starlette.types import Message, Scope, Send

from lyceum.runtime.cache import CacheMark, Ticket
from lyceum.runtime.http.edge_headers import Header, edge_headers
from lyceum.runtime.http.public_cache import CachedResponse, PublicCache

K = TypeVar("K", str, int)

# Paths that were seen to be public. Only for these is it worth asking Redis, and waiting.
_KNOWN_PATHS = 10_000
# Pages that were asked for, as hashes: ours alone, so that nobody can choose two that are equal.
_ASKED_PAGES = 50_000
# What a 304 repeats of the headers of the 200 (RFC 9110, 15.4.5).
_KEPT_BY_304 = frozenset({b"cache-control", b"content-location", b"date", b"etag", b"expires", b"vary"})


class Flight(NamedTuple):
    """A page in the making that is worth keeping."""

    path: str
    ticket: Ticket


class PublicPages:
    def __init__(self, cache: PublicCache) -> None:
        self._cache = cache
        self._public_paths: OrderedDict[str, None] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()

    async def find(self, scope: Scope) -> CachedResponse | Flight | None:
        """The page, or the permission to make and keep it; null if it is asked for the first time.

        Whoever gets a `Flight` must `land` it.
        """
        path: str = scope["path"]
        key = path.encode("utf-8", "surrogatepass") + b"?" + scope["query_string"]
        page = self._cache.peek(key)
        if page is not None:
            return page
        if not _seen(self._asked, hash(key), _ASKED_PAGES):
            return None
        if path not in self._public_paths:
            return Flight(path, self._cache.ticket(key))
        found = await self._cache.find(key)
        return Flight(path, found) if isinstance(found, Ticket) else found

    def land(self, flight: Flight) -> None:
        """Let those who wait go on, whether or not there is a page now."""
        self._cache.abandon(flight.ticket)

    def cache_control(self, path: str, mark: CacheMark) -> Header:
        """What tells other caches for how long they may keep a page of this path."""
        _seen(self._public_paths, path, _KNOWN_PATHS)
        return b"cache-control", b"public, max-age=%d" % mark.max_age

    async def keep(self, flight: Flight, route: str, start: Message, body: bytes, mark: CacheMark) -> CachedResponse:
        """Make a page of a response of status 200, and put it away.

        A page of its own for one browser (one that sets a cookie) is not kept.
        """
        headers = dict(edge_headers(start["headers"], self.cache_control(flight.path, mark)))
        tag = headers.get(b"etag")
        if tag is None:
            # Processors have instructions for SHA-256: it takes a fifth of what BLAKE2 takes.
            tag = headers[b"etag"] = b'"%s"' % sha256(body, usedforsecurity=False).hexdigest()[:24].encode()
        headers[b"content-length"] = b"%d" % len(body)
        page = CachedResponse(route, tuple(headers.items()), body, tag, monotonic())
        if b"set-cookie" not in headers:
            await self._cache.put(page, mark, flight.ticket)
        return page


async def send_page(page: CachedResponse, if_none_match: bytes | None, request_id: bytes, send: Send) -> int:
    """The page, or 304 if the client has it; returns the status."""
    own = [(b"x-request-id", request_id)]
    if age := int(monotonic() - page.stored_at):
        own.append((b"age", b"%d" % age))
    if if_none_match is not None and _matches(if_none_match, page.etag):
        own += [(name, value) for name, value in page.headers if name in _KEPT_BY_304]
        await send({"type": "http.response.start", "status": 304, "headers": own})
        await send({"type": "http.response.body", "body": b""})
        return 304
    await send({"type": "http.response.start", "status": 200, "headers": [*page.headers, *own]})
    await send({"type": "http.response.body", "body": page.body})
    return 200


def _matches(if_none_match: bytes, etag: bytes) -> bool:
    """Weak comparison, as `If-None-Match` asks for (RFC 9110, 13.1.2). Our tags hold no commas."""
    tags = [tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")]
    return b"*" in tags or etag.removeprefix(b"W/") in tags


def _seen(known: OrderedDict[K, None], key: K, most: int) -> bool:
    """Whether it was known before; now it is, and of more than `most` the one that was not met longest is forgotten."""
    before = len(known)
    known[key] = None
    if len(known) == before:
        known.move_to_end(key)
        return True
    if before == most:
        known.popitem(last=False)
    return False
