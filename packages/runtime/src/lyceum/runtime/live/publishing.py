"""From a module to those who watch, in whatever process their connections are."""

import asyncio
import contextlib
import secrets
from collections import deque
from itertools import count
from uuid import UUID

import orjson
import structlog

from lyceum.kernel.live import LiveMessage
from lyceum.runtime.fan_out import FanOut
from lyceum.runtime.live import metrics
from lyceum.runtime.live.log import Draft, LogAway, TopicLog
from lyceum.runtime.live.shared_log import MOST_AT_ONCE
from lyceum.runtime.live.topics import topic_key

log = structlog.get_logger(__name__)

MAX_BODY = 8 * 1024
MAX_WAITING = 1000
_FIRST_REST, _LONGEST_REST = 0.05, 1.0  # seconds
_FAREWELL_SECONDS = 1.0


class Publisher:
    """The `Live` of a process. Messages that come while others are under way are written together.

    While the log is away they wait, up to a thousand; of those dropped then, watchers are told that something is
    missing.
    """

    def __init__(self, messages: TopicLog, fan_out: FanOut) -> None:
        self._log = messages
        self._fan_out = fan_out
        self._waiting: deque[Draft] = deque()
        self._lost: dict[str, None] = {}
        self._sending: asyncio.Task[None] | None = None
        self._name, self._numbers = secrets.token_hex(8), count()

    def publish(self, topic: str, message: LiveMessage, *, to: UUID | None = None) -> None:
        body = b'"type":%s,"data":%s}' % (orjson.dumps(message.type), message.model_dump_json().encode())
        if len(body) > MAX_BODY:
            raise ValueError(f"{message.type} has {len(body)} bytes; at most {MAX_BODY} are sent, the rest can be read")
        key = topic_key(topic, to)
        if len(self._waiting) >= MAX_WAITING:
            metrics.LOST.inc()
            self._lost[self._waiting.popleft().key] = None
        self._waiting.append(self._draft(key, body))
        if self._sending is None:
            self._sending = asyncio.create_task(self._send(), name="live messages")

    async def close(self) -> None:
        """Send what is waiting, for a moment."""
        if self._sending is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._sending, _FAREWELL_SECONDS)

    async def _send(self) -> None:
        rest = _FIRST_REST
        try:
            while batch := self._batch():
                try:
                    written = await self._log.append(batch)
                except LogAway:
                    self._take_back(batch)
                    await asyncio.sleep(rest)
                    rest = min(rest * 2, _LONGEST_REST)
                    continue
                rest = _FIRST_REST
                for draft, found in zip(batch, written, strict=True):
                    if found is not None:
                        metrics.PUBLISHED.inc()
                        message = b"%s %s %s" % (found.cursor.encode(), found.before.encode(), draft.body)
                        await self._fan_out.publish(channel(draft.key), message)
        except Exception:  # nobody waits for this task, so nobody would hear of it
            log.exception("live messages were dropped", count=len(self._waiting))
            self._waiting.clear()
        finally:
            self._sending = None

    def _batch(self) -> list[Draft]:
        """What is lost is older than what waits."""
        batch: list[Draft] = []
        while len(batch) < MOST_AT_ONCE and self._lost:
            key = next(iter(self._lost))
            del self._lost[key]
            batch.append(self._draft(key, b""))
        while len(batch) < MOST_AT_ONCE and self._waiting:
            batch.append(self._waiting.popleft())
        return batch

    def _take_back(self, batch: list[Draft]) -> None:
        self._waiting.extendleft(reversed(batch))
        while len(self._waiting) > MAX_WAITING:
            metrics.LOST.inc()
            self._lost[self._waiting.popleft().key] = None

    def _draft(self, key: str, body: bytes) -> Draft:
        return Draft(key, f"{self._name}-{next(self._numbers)}", body)


def channel(key: str) -> str:
    """The channel of the fan-out on which a topic's messages go to the processes."""
    return f"live:{key}"
