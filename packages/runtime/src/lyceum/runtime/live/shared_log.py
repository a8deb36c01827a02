"""The log of all processes, in Redis streams."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lyceum.runtime.live.log import MESSAGES, SECONDS, Draft, Entry, LogAway, Written, following
from lyceum.runtime.redis import RedisAway, RedisLink

if TYPE_CHECKING:
    from redis.asyncio import Redis

_PREFIX = "lyceum:live:"
MOST_AT_ONCE = 32

# A message whose mark is among the latest was written by an attempt whose answer got lost. As many are compared as may
# be written together.
_APPEND = f"""
local latest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', {MOST_AT_ONCE})
if not latest[1] then return false end
for _, entry in ipairs(latest) do
  if entry[2][4] == ARGV[1] then return {{entry[1], entry[2][2]}} end
end
local before = latest[1][1]
local cursor = redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[3], '*', 'before', before, 'mark', ARGV[1], 'body', ARGV[2])
return {{cursor, before}}
"""
_HEAD = """
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
local cursor = last and last[1] or redis.call('XADD', KEYS[1], '*', 'before', '', 'mark', '', 'body', '')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return cursor
"""


class SharedLog:
    """A `TopicLog` for all processes."""

    def __init__(self, link: RedisLink, *, messages: int = MESSAGES, seconds: float = SECONDS) -> None:
        self._link = link
        self._messages = str(messages)
        self._ttl = str(int(seconds * 1000))
        self._append_script: str | None = None

    async def append(self, drafts: Sequence[Draft]) -> list[Written | None]:
        try:
            answers = await self._link.ask(lambda client: self._append(client, drafts))
        except RedisAway as error:
            raise LogAway from error
        return [None if answer is None else Written(answer[0].decode(), answer[1].decode()) for answer in answers]

    async def head(self, key: str) -> str:
        try:
            cursor = await self._link.ask(lambda client: _head(client, key, self._ttl))
        except RedisAway as error:
            raise LogAway from error
        return cursor.decode()

    async def read(self, key: str, *, after: str) -> list[Entry] | None:
        try:
            rows: Any = await self._link.ask(lambda client: client.xrange(_PREFIX + key, min=after))
        except RedisAway as error:
            raise LogAway from error
        entries = [Entry(cursor.decode(), fields[b"before"].decode(), fields[b"body"]) for cursor, fields in rows]
        return following(entries, after)

    async def _append(self, client: "Redis", drafts: Sequence[Draft]) -> list[Any]:
        from redis.exceptions import NoScriptError

        if self._append_script is None:
            self._append_script = str(await client.script_load(_APPEND))
        pipeline = client.pipeline(transaction=False)
        for key, mark, body in drafts:
            pipeline.evalsha(self._append_script, 1, _PREFIX + key, mark, body, self._messages)
        try:
            return await pipeline.execute()
        except NoScriptError:  # the server was restarted; nothing of the batch was written
            self._append_script = None
            return await self._append(client, drafts)


async def _head(client: "Redis", key: str, ttl: str) -> bytes:
    answer: Any = client.eval(_HEAD, 1, _PREFIX + key, ttl)
    cursor: bytes = await answer
    return cursor
