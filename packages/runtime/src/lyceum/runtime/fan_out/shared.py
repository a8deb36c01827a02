"""The fan-out of all processes, on Redis publish/subscribe."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import structlog
from prometheus_client import Counter

from lyceum.runtime.fan_out.port import OnGap, Receive, Subscription
from lyceum.runtime.fan_out.subscribers import Subscribers
from lyceum.runtime.redis import RedisAway, RedisLink

if TYPE_CHECKING:
    from redis.asyncio import Connection

log = structlog.get_logger(__name__)

GAPS = Counter("lyceum_fan_out_gaps_total", "Times that messages between processes may have been lost")

_PREFIX = "lyceum:fan-out:"
# A message here says that somebody's message did not get through.
_LOST = ""
# Seconds. A silent connection is asked whether it lives, and given up when it says nothing for as long again.
_SILENCE = 2.0
_PATIENCE = 1.0
_FIRST_REST, _LONGEST_REST = 0.05, 1.0


class RedisFanOut:
    """A `FanOut` for all processes, with one connection that listens; it is opened with the first subscription."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._subscribers = Subscribers()
        self._listening: asyncio.Task[None] | None = None
        self._confessing: asyncio.Task[None] | None = None
        self._lost = False
        self._connection: Connection | None = None
        self._speaking = asyncio.Lock()
        # Channels that the server was or will be asked for; done once it has confirmed.
        self._channels: dict[str, asyncio.Future[None]] = {}
        # Asked for and not confirmed, in the order of asking, which is that of the answers.
        self._asked: deque[asyncio.Future[None] | None] = deque()
        # Whether somebody relied on a subscription that was not in effect.
        self._missed = False

    @property
    def connected(self) -> bool:
        return self._connection is not None and not self._missed

    async def publish(self, channel: str, message: bytes) -> None:
        try:
            await self._link.ask(lambda client: client.publish(_PREFIX + channel, message))
        except RedisAway:
            self._subscribers.deliver(channel, message)
            self._lost = True
            if self._confessing is None:
                self._confessing = asyncio.create_task(self._confess(), name="gap of the fan-out")

    async def subscribe(self, channel: str, receive: Receive, *, on_gap: OnGap) -> Subscription:
        subscription = self._subscribers.add(channel, receive, on_gap)
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen(), name="fan-out")
        confirmed = self._channels.get(channel)
        if confirmed is None:
            confirmed = self._channels[channel] = asyncio.get_running_loop().create_future()
            await self._ask_for({channel: confirmed})
        if not confirmed.done():
            await asyncio.wait((confirmed,), timeout=_PATIENCE)
            # It stands also without an answer. Whatever it misses until it takes effect is a gap.
            self._missed = self._missed or not confirmed.done()
        return subscription

    async def close(self) -> None:
        """Stop listening."""
        tasks = [task for task in (self._listening, self._confessing) if task is not None]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _confess(self) -> None:
        """Tell those whose own connection held that a message never reached them."""
        try:
            while self._lost:
                await asyncio.sleep(_LONGEST_REST)
                self._lost = False
                try:
                    await self._link.ask(lambda client: client.publish(_PREFIX + _LOST, b""))
                except RedisAway:
                    self._lost = True
        finally:
            self._confessing = None

    async def _listen(self) -> None:
        rest = _FIRST_REST
        while True:
            try:
                connection = await self._connect()
                rest = _FIRST_REST
                await self._read(connection)
            except Exception as error:  # whatever it was, listening goes on
                if self._connection is not None:
                    log.warning("the fan-out lost its connection", error=repr(error))
            finally:
                await self._disconnect()
            await asyncio.sleep(rest)
            rest = min(rest * 2, _LONGEST_REST)

    async def _connect(self) -> "Connection":
        connection = self._link.connection()
        try:
            await connection.connect()  # type: ignore[no-untyped-call]  # redis-py leaves its return type out
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        self._connection = connection
        self._channels = {name: known for name, known in self._channels.items() if name in self._subscribers}
        await self._ask_for({_LOST: None, **self._channels})
        return connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        self._asked.clear()
        if connection is not None:
            self._missed = True
            await connection.disconnect(nowait=True)

    async def _ask_for(self, channels: Mapping[str, asyncio.Future[None] | None]) -> None:
        async with self._speaking:
            if self._connection is not None:
                self._asked.extend(channels.values())
                await self._say("SUBSCRIBE", channels)

    async def _say(self, command: str, channels: Iterable[str] = ()) -> None:
        # A connection that is closed would open itself again, and nobody would know what was missed.
        if self._connection is None or not self._connection.is_connected:
            return
        try:
            await self._connection.send_command(command, *(_PREFIX + each for each in channels), check_health=False)
        except self._link.failures:
            return  # whoever reads finds the connection closed

    async def _read(self, connection: "Connection") -> None:
        asked_for_life = False
        while connection.is_connected:
            heard = await connection.read_response(timeout=_SILENCE)
            if heard is not None:
                asked_for_life = False
                self._hear(heard)
            elif asked_for_life:
                raise TimeoutError("Redis says nothing any more")
            else:
                asked_for_life = True
                await self._say("PING")
            await self._leave_channels()

    def _hear(self, heard: list[Any]) -> None:
        kind = heard[0]
        if kind == b"message":
            channel = heard[1].decode().removeprefix(_PREFIX)
            if channel == _LOST:
                self._tell_gap()
            else:
                self._subscribers.deliver(channel, heard[2])
        elif kind == b"subscribe":
            confirmed = self._asked.popleft()
            if confirmed is not None and not confirmed.done():
                confirmed.set_result(None)
            if self._missed and not self._asked:
                self._tell_gap()

    def _tell_gap(self) -> None:
        self._missed = False
        GAPS.inc()
        self._subscribers.tell_gap()

    async def _leave_channels(self) -> None:
        left = [name for name in self._subscribers.take_left() if name in self._channels]
        if left:
            for name in left:
                del self._channels[name]
            async with self._speaking:
                await self._say("UNSUBSCRIBE", left)
