"""Bytes in Redis, for all processes, and what they tell each other about them."""

import asyncio
import secrets
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from lyceum.runtime.cache.memory import MemoryTier
from lyceum.runtime.cache.port import CacheMark, Ticket
from lyceum.runtime.cache.scripts import FIND, INVALIDATE, PUT, RELEASE
from lyceum.runtime.fan_out import FanOut
from lyceum.runtime.redis import RedisAway, RedisLink

if TYPE_CHECKING:
    from redis.commands.core import AsyncScript

# Milliseconds after which a process that makes a value is taken for dead.
LOCK_MILLISECONDS = 3_000
_CHANNEL = "cache"
_COUNT = "lyceum:cache:count"
_REST_SECONDS = 1.0


class Found(NamedTuple):
    """`age` is how old it is and `left` how long it may be kept, in seconds."""

    data: bytes
    tags: tuple[str, ...]
    age: float
    left: float


class Missing(NamedTuple):
    """`number` of invalidations so far; `mine` is whether the caller is the one to make the value."""

    number: int
    mine: bool


class SharedTier:
    """One for a process. It empties the process's `tiers` of what other processes invalidate."""

    def __init__(self, link: RedisLink, fan_out: FanOut) -> None:
        self._link = link
        self._fan_out = fan_out
        self.tiers: list[MemoryTier[Any]] = []
        self._me = secrets.token_hex(8)
        self._listening = False
        self._owed: set[str] = set()
        self._paying: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        client = link.client
        self._find, self._put, self._release, self._invalidate = (
            client.register_script(script) for script in (FIND, PUT, RELEASE, INVALIDATE)
        )
        self._joining: asyncio.Task[None] | None = None

    @property
    def in_touch(self) -> bool:
        """Whether this process hears of it when another invalidates something."""
        return self._listening and self._fan_out.connected

    async def find(self, cache: str, key: bytes, token: bytes) -> Found | Missing | None:
        """Null while Redis is away, or does not yet know of an invalidation."""
        self.join()
        if self._paying is not None:
            return None
        try:
            answer = await self._run(self._find, [_COUNT, *_names(cache, key)], [token, LOCK_MILLISECONDS])
        except RedisAway:
            return None
        if not answer[0]:
            return Missing(int(answer[1]), bool(answer[2]))
        _, data, tags, age, left = answer
        return Found(data, tuple(tags.decode().split("\n")) if tags else (), (int(age) - left) / 1000, left / 1000)

    async def put(self, cache: str, data: bytes, mark: CacheMark, ticket: Ticket) -> bool:
        """False if it was made from what has changed; true also where it could not be put."""
        arguments = [ticket.shared, "\n".join(mark.tags), data, mark.max_age * 1000, ticket.lock or b""]
        try:
            return bool(await self._run(self._put, [_COUNT, *_names(cache, ticket.key)], arguments))
        except RedisAway:
            return True

    def release(self, cache: str, ticket: Ticket) -> None:
        """Let another process make the value, soon."""
        self._start(self._unlock(cache, ticket.key, ticket.lock))

    async def invalidate(self, tags: Sequence[str]) -> None:
        try:
            await self._spread(tags)
        except RedisAway:
            self._owed.update(tags)
            if self._paying is None:
                self._paying = self._start(self._pay())
        finally:
            # After the count: what is found in Redis from here on is new enough to be kept here again.
            self._forget(tags)

    async def close(self) -> None:
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _spread(self, tags: Sequence[str]) -> None:
        await self._run(self._invalidate, [_COUNT], list(tags))
        await self._fan_out.publish(_CHANNEL, orjson.dumps([self._me, *tags]))

    async def _pay(self) -> None:
        """Tell Redis what it could not be told, before anything is looked for in it again."""
        try:
            while self._owed:
                await asyncio.sleep(_REST_SECONDS)
                tags, self._owed = self._owed, set()
                try:
                    await self._spread(tuple(tags))
                except RedisAway:
                    self._owed |= tags
        finally:
            self._paying = None

    async def _unlock(self, cache: str, key: bytes, token: bytes | None) -> None:
        try:
            await self._run(self._release, [_names(cache, key)[1]], [token])
        except RedisAway:
            return  # it ends by itself

    def join(self) -> None:
        """Begin to hear what other processes say."""
        if self._joining is None:
            self._joining = self._start(self._listen())

    async def _listen(self) -> None:
        await self._fan_out.subscribe(_CHANNEL, self._hear, on_gap=self._forget_all)
        # What was kept while nobody told us of changes.
        self._forget_all()
        self._listening = True

    def _hear(self, message: bytes) -> None:
        sender, *tags = orjson.loads(message)
        if sender != self._me:
            self._forget(tags)

    def _forget(self, tags: Sequence[str]) -> None:
        for tier in self.tiers:
            tier.invalidate(*tags)

    def _forget_all(self) -> None:
        for tier in self.tiers:
            tier.clear()

    async def _run(self, script: "AsyncScript", keys: list[str], arguments: list[Any]) -> Any:
        return await self._link.ask(lambda client: script(keys=keys, args=arguments, client=client))

    def _start(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _names(cache: str, key: bytes) -> tuple[str, str]:
    """Of the entry and of its lock. Keys of pages are as long as people like them to be."""
    entry = f"lyceum:cache:{cache}:{blake2b(key, digest_size=16).hexdigest()}"
    return entry, f"{entry}:lock"
