"""A cache of two tiers: this process, and Redis behind it where there is one."""

import asyncio
import secrets
from time import monotonic
from typing import Generic, TypeVar

from lyceum.runtime.cache.codec import Codec
from lyceum.runtime.cache.memory import MemoryTier
from lyceum.runtime.cache.metrics import LOOKUPS, REFUSED
from lyceum.runtime.cache.port import CacheMark, Ticket
from lyceum.runtime.cache.shared import Found, SharedTier

V = TypeVar("V")

# Seconds that a caller waits for another one's value before it makes the value itself.
PATIENCE = 5.0
_PAUSE = 0.02
# Seconds that a value is kept while other processes cannot tell that it has changed.
ALONE = 5.0


class TieredCache(Generic[V]):
    """A `Cache`. `name` tells its values from those of other caches."""

    def __init__(self, name: str, *, memory: MemoryTier[V], shared: SharedTier | None, codec: Codec[V]) -> None:
        self._name = name
        self._memory = memory
        self._shared = shared
        self._codec = codec
        self._flights: dict[bytes, asyncio.Future[None]] = {}
        self._last_shared: int | None = None
        self._found_here, self._found_there, self._made = (
            LOOKUPS.labels(name, found) for found in ("memory", "shared", "made")
        )
        if shared is not None:
            shared.tiers.append(memory)

    def peek(self, key: bytes) -> V | None:
        value = self._memory.get(key, None if self._in_touch else ALONE)
        if value is not None:
            self._found_here.inc()
        return value

    def ticket(self, key: bytes) -> Ticket:
        # The last number that was heard of is early enough; at worst the value is not kept.
        return Ticket(key, self._memory.now, self._last_shared)

    async def find(self, key: bytes) -> V | Ticket:
        value = self.peek(key)
        if value is not None:
            return value
        flight = self._flights.get(key)
        if flight is not None:
            await asyncio.wait((flight,), timeout=PATIENCE)
            value = self.peek(key)
            return self.ticket(key) if value is None else value
        landed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._flights[key] = landed
        ticket = Ticket(key, self._memory.now, landed=landed)
        try:
            value = None if self._shared is None else await self._find_shared(self._shared, ticket)
        except BaseException:
            self.abandon(ticket)
            raise
        if value is None:
            return ticket
        self._found_there.inc()
        self.abandon(ticket)
        return value

    async def put(self, value: V, mark: CacheMark, ticket: Ticket) -> None:
        self._made.inc()
        size = self._size(ticket, value)
        fresh = self._keep_here(ticket, value, size, mark.max_age, mark.tags)
        self._land(ticket)
        if self._shared is None or ticket.shared is None or mark.max_age <= 0:
            pass
        elif size <= self._memory.max_entry_bytes:
            fresh = await self._shared.put(self._name, self._codec.encode(value), mark, ticket) and fresh
            ticket.lock = None
        if not fresh:
            REFUSED.labels(self._name).inc()

    def abandon(self, ticket: Ticket) -> None:
        self._land(ticket)
        if ticket.lock is not None and self._shared is not None:
            self._shared.release(self._name, ticket)
            ticket.lock = None

    async def invalidate(self, *tags: str) -> None:
        if self._shared is None:
            self._memory.invalidate(*tags)
        else:
            await self._shared.invalidate(tags)

    async def _find_shared(self, shared: SharedTier, ticket: Ticket) -> V | None:
        """What Redis has, also if another process is just making it. Otherwise the ticket holds the lock, mostly."""
        token = secrets.token_bytes(12)
        until = monotonic() + PATIENCE
        while True:
            ticket.local = self._memory.now
            answer = await shared.find(self._name, ticket.key, token)
            if answer is None:
                ticket.shared = None
                return None
            if isinstance(answer, Found):
                value = self._codec.decode(answer.data, answer.age)
                self._keep_here(ticket, value, self._size(ticket, value), answer.left, answer.tags)
                return value
            ticket.shared = self._last_shared = answer.number
            if answer.mine:
                ticket.lock = token
                return None
            if monotonic() >= until:
                return None
            await asyncio.sleep(_PAUSE)

    @property
    def _in_touch(self) -> bool:
        return self._shared is None or self._shared.in_touch

    def _size(self, ticket: Ticket, value: V) -> int:
        return len(ticket.key) + self._codec.size(value)

    def _keep_here(self, ticket: Ticket, value: V, size: int, age: float, tags: tuple[str, ...]) -> bool:
        age = age if self._in_touch else min(age, ALONE)
        return self._memory.put(ticket.key, value, size, age, tags, ticket.local)

    def _land(self, ticket: Ticket) -> None:
        if ticket.landed is not None:
            del self._flights[ticket.key]
            ticket.landed.set_result(None)
            ticket.landed = None
