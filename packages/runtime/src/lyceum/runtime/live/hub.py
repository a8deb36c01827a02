"""All feeds and all clients of a process."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Protocol
from uuid import UUID

import structlog

from lyceum.runtime.fan_out import FanOut
from lyceum.runtime.live import metrics
from lyceum.runtime.live.feed import Feed
from lyceum.runtime.live.log import TopicLog

log = structlog.get_logger(__name__)

MAX_CONNECTIONS = 20_000
MAX_CONNECTIONS_OF_USER = 50

_TICK_SECONDS = 1.0
_VERIFY_SECONDS = 20.0
_CHECKS_AT_ONCE = 16


class Client(Protocol):
    """Somebody connected. `check` looks whether the client may stay; `check_at` is when, by the monotonic clock."""

    check_at: float

    async def check(self) -> None: ...


class TooManyConnections(Exception):
    """The client has to come back later."""


class Hub:
    """Opens a feed with its first watcher and closes it with its last; looks after clients and feeds meanwhile."""

    def __init__(self, messages: TopicLog, fan_out: FanOut) -> None:
        self._log = messages
        self._fan_out = fan_out
        self._feeds: dict[str, Feed] = {}
        self._clients: set[Client] = set()
        self._of_user: Counter[UUID] = Counter()
        self._care: asyncio.Task[None] | None = None
        self._verify_at = 0.0

    async def feed(self, topic: str, key: str) -> Feed:
        """The feed, for one more watcher, who gives it back with `release`. Raises `LogAway`."""
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = Feed(topic, key, self._log, self._fan_out)
        feed.users += 1
        try:
            await feed.opened()
        except BaseException:
            self.release(feed)
            raise
        return feed

    def release(self, feed: Feed) -> None:
        feed.users -= 1
        if not feed.users:
            feed.close()
            if self._feeds.get(feed.key) is feed:
                del self._feeds[feed.key]

    @asynccontextmanager
    async def connected(self, client: Client) -> AsyncIterator[None]:
        """Look after a client. Raises `TooManyConnections`."""
        if len(self._clients) >= MAX_CONNECTIONS:
            raise TooManyConnections
        self._clients.add(client)
        metrics.CONNECTIONS.inc()
        if self._care is None:
            self._care = asyncio.create_task(self._look_after(), name="care of live connections")
        try:
            yield
        finally:
            self._clients.discard(client)
            metrics.CONNECTIONS.dec()
            if not self._clients and self._care is not None:
                self._care.cancel()
                self._care = None

    def admit(self, user_id: UUID) -> None:
        """Count one more connection of the user. Raises `TooManyConnections`."""
        if self._of_user[user_id] >= MAX_CONNECTIONS_OF_USER:
            raise TooManyConnections
        self._of_user[user_id] += 1

    def dismiss(self, user_id: UUID) -> None:
        """Take that back."""
        self._of_user[user_id] -= 1
        if not self._of_user[user_id]:
            del self._of_user[user_id]

    async def _look_after(self) -> None:
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            try:
                await self._round(monotonic())
            except Exception:  # the next round may have more luck, and without it nobody would be looked after
                log.exception("looking after live connections failed")

    async def _round(self, now: float) -> None:
        due = [client for client in self._clients if client.check_at <= now]
        for start in range(0, len(due), _CHECKS_AT_ONCE):
            await asyncio.gather(*(client.check() for client in due[start : start + _CHECKS_AT_ONCE]))
        if now >= self._verify_at:
            self._verify_at = now + _VERIFY_SECONDS
            for feed in tuple(self._feeds.values()):
                await feed.verify()
