"""How the edge uses a `PublicCache`: one request makes a page, the others wait for it."""

from collections import OrderedDict
from hashlib import sha256
from time import monotonic
from typing import NamedTuple

from starlette.types import Message, Scope, Send

from lyceum.runtime.cache import CacheMark, Ticket
from lyceum.runtime.http.edge_headers import edge_headers
from lyceum.runtime.http.public_cache import CachedResponse, PublicCache

# Paths that were seen to be public. Only for these is it worth asking Redis, and waiting.
_KNOWN_PATHS = 10_000
# What a 304 repeats of the headers of the 200 (RFC 9110, 15.4.5).
_KEPT_BY_304 = frozenset({b"cache-control", b"content-location", b"date", b"etag", b"expires", b"vary"})


class Flight(NamedTuple):
    """A page in the making."""

    path: str
    ticket: Ticket


class PublicPages:
    def __init__(self, cache: PublicCache) -> None:
        self._cache = cache
        self._public_paths: OrderedDict[str, None] = OrderedDict()

    async def find(self, scope: Scope) -> CachedResponse | Flight:
        """The page, or the permission to make it. Whoever gets a `Flight` must `land` it."""
        path: str = scope["path"]
        key = path.encode("utf-8", "surrogatepass") + b"?" + scope["query_string"]
        found: CachedResponse | Ticket | None = self._cache.peek(key)
        if found is None:
            found = await self._cache.find(key) if path in self._public_paths else self._cache.ticket(key)
        return Flight(path, found) if isinstance(found, Ticket) else found

    def land(self, flight: Flight) -> None:
        """Let those who wait go on, whether or not there is a page now."""
        self._cache.abandon(flight.ticket)

    async def keep(self, flight: Flight, route: str, start: Message, body: bytes, mark: CacheMark) -> CachedResponse:
        """Put a response of status 200 away. A page of its own for one browser (one that sets a cookie) is not kept."""
        public = (b"cache-control", b"public, max-age=%d" % mark.max_age)
        headers = dict(edge_headers(start["headers"], public))
        tag = headers.get(b"etag")
        if tag is None:
            # Processors have instructions for SHA-256: it takes a fifth of what BLAKE2 takes.
            tag = headers[b"etag"] = b'"%s"' % sha256(body, usedforsecurity=False).hexdigest()[:24].encode()
        headers[b"content-length"] = b"%d" % len(body)
        page = CachedResponse(route, tuple(headers.items()), body, tag, monotonic())
        if b"set-cookie" not in headers:
            self._public_paths[flight.path] = None
            self._public_paths.move_to_end(flight.path)
            if len(self._public_paths) > _KNOWN_PATHS:
                self._public_paths.popitem(last=False)
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
