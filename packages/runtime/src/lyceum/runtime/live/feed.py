"""One topic in one process: takes each message once, in order, and hands it to each watcher once."""

import asyncio
from collections import deque

from lyceum.runtime.fan_out import FanOut, Subscription
from lyceum.runtime.live import metrics
from lyceum.runtime.live.log import Entry, LogAway, TopicLog, place
from lyceum.runtime.live.messages import entry_frame, frame
from lyceum.runtime.live.publishing import channel
from lyceum.runtime.live.wire import Wire

_RECENT = 64
# Seconds.
_FIRST_REST, _LONGEST_REST = 0.05, 1.0
_PATIENCE = 2.0


class Feed:
    """The fan-out brings messages quickly, and may lose, repeat or turn them around; the log is what counts.

    Each message names the one before it. One that follows the last is handed on; one that is known already is passed
    over; for all else the log is read, from the last on. Where that has a gap, the watchers are told to reload.
    """

    def __init__(self, topic: str, key: str, messages: TopicLog, fan_out: FanOut) -> None:
        self.topic = topic
        self.key = key
        self.users = 0
        self._log = messages
        self._fan_out = fan_out
        self._watchers: set[Wire] = set()
        self._last = ""
        self._recent: deque[Entry] = deque(maxlen=_RECENT)
        self._subscription: Subscription | None = None
        self._opening: asyncio.Task[None] | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self._again = False
        self._closed = False

    async def opened(self) -> None:
        """Wait until the feed runs. Raises `LogAway`."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open(), name=f"feed of {self.topic}")
        await asyncio.shield(self._opening)

    async def join(self, wire: Wire, cursor: str | None) -> None:
        """Hand the connection everything after the cursor, or after now, and from then on what comes.

        Raises `LogAway` while that can't be known; then the connection has not joined.
        """
        missing = [] if cursor is None else await self._missing(cursor)
        if missing is None:
            wire.push(self._reset_frame())
            missing, position = [], self._last
        else:
            position = cursor or self._last
            wire.push(frame("subscribed", topic=self.topic, cursor=position))
        while wire.is_open:
            for entry in missing:
                wire.push(entry_frame(self.topic, entry))
                position = entry.cursor
                if wire.is_congested:
                    await wire.drained()
                    if not wire.is_open:
                        return
            if position == self._last:
                # Nothing was awaited since the two were compared.
                self._watchers.add(wire)
                return
            found = await self._missing(position)
            if found is None:
                wire.push(self._reset_frame())
                found, position = [], self._last
            missing = found

    def leave(self, wire: Wire) -> None:
        self._watchers.discard(wire)

    def close(self) -> None:
        """End the feed; nobody watches any more."""
        self._closed = True
        for task in (self._opening, self._catching_up):
            if task is not None:
                task.cancel()
        if self._subscription is not None:
            self._subscription.close()

    async def verify(self) -> None:
        """Compare with the log, which also keeps it alive: it may have been lost unnoticed."""
        try:
            head = await self._log.head(self.key)
        except LogAway:
            return
        if head != self._last:
            self._doubt()

    async def _open(self) -> None:
        subscription = await self._fan_out.subscribe(channel(self.key), self._receive, on_gap=self._doubt)
        try:
            self._last = await self._log.head(self.key)
        except BaseException:
            subscription.close()
            raise
        if self._closed:
            subscription.close()
            return
        self._subscription = subscription
        if self._again:
            self._doubt()

    def _receive(self, message: bytes) -> None:
        if not self._last or self._catching_up is not None:
            self._again = True
            return
        cursor, before, body = message.split(b" ", 2)
        entry = Entry(cursor.decode(), before.decode(), body)
        if place(entry.cursor) <= place(self._last):
            return
        if entry.before == self._last:
            self._hand_on(entry)
        else:
            self._doubt()

    def _hand_on(self, entry: Entry) -> None:
        self._last = entry.cursor
        self._recent.append(entry)
        made = entry_frame(self.topic, entry)
        for wire in self._watchers:
            wire.push(made)
        metrics.SENT.inc(len(self._watchers))

    def _doubt(self) -> None:
        """Read the log: something may be missing."""
        if not self._last or self._catching_up is not None:
            self._again = True
        elif not self._closed:
            self._catching_up = asyncio.create_task(self._catch_up(), name=f"catching up with {self.topic}")

    async def _catch_up(self) -> None:
        rest = _FIRST_REST
        try:
            while True:
                self._again = False
                try:
                    await self._read_on()
                except LogAway:
                    await asyncio.sleep(rest)
                    rest = min(rest * 2, _LONGEST_REST)
                else:
                    if not self._again:
                        return
        finally:
            self._catching_up = None

    async def _read_on(self) -> None:
        entries = await self._log.read(self.key, after=self._last)
        if entries is None:
            # What was published before this answer is part of the state that the watchers read after it.
            self._last = await self._log.head(self.key)
            self._recent.clear()
            made = self._reset_frame()
            for wire in self._watchers:
                wire.push(made)
            return
        for entry in entries:
            self._hand_on(entry)

    async def _missing(self, position: str) -> list[Entry] | None:
        """What came after the cursor, as far as known; null where that can't be told."""
        known = self._since(position)
        if known is not None:
            return known
        entries = await self._log.read(self.key, after=position)
        if entries == [] and self._since(position) is None:
            # The log ends here and the feed elsewhere: it has something to catch up with.
            self._doubt()
            if self._catching_up is not None:
                try:
                    await asyncio.wait_for(asyncio.shield(self._catching_up), _PATIENCE)
                except TimeoutError:
                    raise LogAway from None
        return entries

    def _since(self, position: str) -> list[Entry] | None:
        """What was handed on after the cursor, if it is remembered."""
        if position == self._last:
            return []
        found: list[Entry] = []
        for entry in reversed(self._recent):
            found.append(entry)
            if entry.before == position:
                return found[::-1]
        return None

    def _reset_frame(self) -> bytes:
        metrics.RESETS.inc()
        return frame("reset", topic=self.topic, cursor=self._last)
