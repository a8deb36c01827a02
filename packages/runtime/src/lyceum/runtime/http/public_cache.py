"""Whole responses to public GETs, kept as bytes at the edge.

A route marks a response with `cache_publicly`; that is a promise that everybody gets the same bytes. What such a page
shows has tags, and whoever changes it invalidates the tag.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol, runtime_checkable

from starlette.requests import Request
from starlette.types import Scope

MARK = "edge_cache"


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A response of status 200. `stored_at` is on the monotonic clock of the process that made it, in seconds."""

    route: str
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes
    stored_at: float


@dataclass(frozen=True, slots=True)
class CacheMark:
    """How long, in seconds, and under which tags the edge may keep a response."""

    max_age: int
    tags: tuple[str, ...]


@runtime_checkable
class PublicCache(Protocol):
    """Where the edge keeps public responses. `ticket()` is asked for before a response is made and shown when it is
    put away: what was invalidated in between is not kept."""

    async def get(self, key: bytes) -> CachedResponse | None: ...

    def ticket(self) -> int: ...

    async def put(self, key: bytes, response: CachedResponse, mark: CacheMark, ticket: int) -> None: ...

    async def invalidate(self, *tags: str) -> None:
        """Drop every response that has one of the tags."""
        ...


def cache_publicly(request: Request, *, max_age: int, tags: Iterable[str] = ()) -> None:
    """Let the edge answer this path and query for `max_age` seconds, to anybody, with what the route returns now."""
    request.scope[MARK] = CacheMark(max_age, tuple(tags))


def mark_of(scope: Scope) -> CacheMark | None:
    mark = scope.get(MARK)
    return mark if isinstance(mark, CacheMark) else None


class MemoryPublicCache:
    """A `PublicCache` in this process, bounded by entries and by bytes; what was not used longest goes first."""

    # Enough to outlive any response in the making; more only costs memory.
    _REMEMBERED_TAGS = 10_000

    def __init__(
        self, *, max_entries: int = 2_000, max_bytes: int = 64 * 1024 * 1024, max_entry_bytes: int = 1024 * 1024
    ) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._max_entry_bytes = max_entry_bytes
        self._bytes = 0
        self._entries: OrderedDict[bytes, tuple[float, CachedResponse, tuple[str, ...]]] = OrderedDict()
        self._keys_by_tag: dict[str, set[bytes]] = {}
        self._now = 0
        self._invalidated: OrderedDict[str, int] = OrderedDict()
        self._forgotten_before = 0

    async def get(self, key: bytes) -> CachedResponse | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry[0] <= monotonic():
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        return entry[1]

    def ticket(self) -> int:
        return self._now

    async def put(self, key: bytes, response: CachedResponse, mark: CacheMark, ticket: int) -> None:
        size = _size(key, response)
        if size > self._max_entry_bytes or mark.max_age <= 0 or self._stale(mark.tags, ticket):
            return
        self._drop(key)
        self._entries[key] = (monotonic() + mark.max_age, response, mark.tags)
        self._bytes += size
        for tag in mark.tags:
            self._keys_by_tag.setdefault(tag, set()).add(key)
        while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
            self._drop(next(iter(self._entries)))

    async def invalidate(self, *tags: str) -> None:
        self._now += 1
        for tag in tags:
            for key in self._keys_by_tag.pop(tag, ()):
                self._drop(key)
            self._invalidated[tag] = self._now
            self._invalidated.move_to_end(tag)
        while len(self._invalidated) > self._REMEMBERED_TAGS:
            self._forgotten_before = self._invalidated.popitem(last=False)[1]

    def _stale(self, tags: tuple[str, ...], ticket: int) -> bool:
        return ticket < self._forgotten_before or any(self._invalidated.get(tag, 0) > ticket for tag in tags)

    def _drop(self, key: bytes) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        _, response, tags = entry
        self._bytes -= _size(key, response)
        for tag in tags:
            keys = self._keys_by_tag.get(tag)
            if keys is not None:
                keys.discard(key)
                if not keys:
                    del self._keys_by_tag[tag]


def _size(key: bytes, response: CachedResponse) -> int:
    return len(key) + len(response.body) + sum(len(name) + len(value) for name, value in response.headers)
