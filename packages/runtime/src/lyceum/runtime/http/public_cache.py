"""Whole responses to public GETs, kept as bytes at the edge.

A route marks a response with `cache_publicly`; that is a promise that everybody gets the same bytes. What such a page
shows has tags, and whoever changes it invalidates the tag.
"""

from collections.abc import Iterable
from time import monotonic
from typing import NamedTuple, TypeAlias

import orjson
from starlette.requests import Request
from starlette.types import Scope

from lyceum.runtime.cache import Cache, CacheMark, Caches, Codec

MARK = "edge_cache"


class CachedResponse(NamedTuple):
    """A response of status 200. `stored_at` is on the monotonic clock of this process, in seconds."""

    route: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes
    stored_at: float


PublicCache: TypeAlias = Cache[CachedResponse]
"""Where the edge keeps public responses. Pages that are made before what they show changes are not kept."""


def public_cache(
    caches: Caches,
    *,
    max_entries: int = 2_000,
    max_bytes: int = 64 * 1024 * 1024,
    max_entry_bytes: int = 1024 * 1024,
) -> PublicCache:
    """The bounds are those of one process."""
    return caches.of("pages", _RESPONSES, max_entries=max_entries, max_bytes=max_bytes, max_entry_bytes=max_entry_bytes)


def cache_publicly(request: Request, *, max_age: int, tags: Iterable[str] = ()) -> None:
    """Let the edge answer this path and query for `max_age` seconds, to anybody, with what the route returns now."""
    request.scope[MARK] = CacheMark(max_age, tuple(tags))


def mark_of(scope: Scope) -> CacheMark | None:
    mark = scope.get(MARK)
    return mark if isinstance(mark, CacheMark) else None


def _size(response: CachedResponse) -> int:
    return len(response.body) + sum(len(name) + len(value) for name, value in response.headers)


def _encode(response: CachedResponse) -> bytes:
    headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in response.headers]
    return orjson.dumps([response.route, response.etag.decode("latin-1"), headers]) + b"\n" + response.body


def _decode(data: bytes, age: float) -> CachedResponse:
    head, _, body = data.partition(b"\n")
    route, etag, headers = orjson.loads(head)
    return CachedResponse(
        route=route,
        headers=tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers),
        body=body,
        etag=etag.encode("latin-1"),
        stored_at=monotonic() - age,
    )


_RESPONSES: Codec[CachedResponse] = Codec(encode=_encode, decode=_decode, size=_size)
