"""What a cache promises."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class CacheMark:
    """How long, in seconds, and under which tags something may be kept. Tags have no line breaks."""

    max_age: int
    tags: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Ticket:
    """The permission to make what was not found, and when that was: what is invalidated later was made too early.

    `local` and `shared` count invalidations, in this process and in all (null: nobody could be asked). `lock` keeps
    other processes from making the same; `landed` is what this process's other callers wait for.
    """

    key: bytes
    local: int
    shared: int | None = None
    lock: bytes | None = None
    landed: asyncio.Future[None] | None = None


class Cache(Protocol[V]):
    """Values by key. Whoever gets a ticket reads, makes the value, and either puts it or abandons the ticket."""

    def peek(self, key: bytes) -> V | None:
        """What this process has at hand."""
        ...

    def ticket(self, key: bytes) -> Ticket:
        """The permission to make a value that may turn out not to be worth keeping; nobody waits for it."""
        ...

    async def find(self, key: bytes) -> V | Ticket:
        """The value, or the permission to make it, which one caller gets at a time; others wait a while for it."""
        ...

    async def put(self, value: V, mark: CacheMark, ticket: Ticket) -> None:
        """Keep it, unless one of its tags was invalidated since the ticket was given."""
        ...

    def abandon(self, ticket: Ticket) -> None:
        """Let those who wait go on. Does nothing for a ticket that was put."""
        ...

    async def invalidate(self, *tags: str) -> None:
        """Nothing that has one of the tags is found from now on; in other processes, a moment later."""
        ...


async def kept(cache: "Cache[V]", key: bytes, mark: CacheMark, make: Callable[[], Awaitable[V | None]]) -> V | None:
    """The value from the cache, or from `make`. Null, which `make` returns for what there is not, is never kept."""
    found = await cache.find(key)
    if not isinstance(found, Ticket):
        return found
    try:
        value = await make()
        if value is not None:
            await cache.put(value, mark, found)
    finally:
        cache.abandon(found)
    return value
