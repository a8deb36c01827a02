"""The limiter of all processes together, on Redis."""

import asyncio
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from prometheus_client import Counter

from lyceum.runtime.rate_limits.limiter import LocalRateLimiter, Verdict
from lyceum.runtime.rate_limits.settings import Rate
from lyceum.runtime.redis import RedisAway, RedisLink

if TYPE_CHECKING:
    from redis.asyncio import Redis

LOCAL = Counter("lyceum_rate_limits_local_total", "Requests counted in one process alone because Redis was away")

# A list of the times of the last requests, newest first, by the server's clock in microseconds. The request that came
# `limit` requests ago decides; how many lie within the window is found by bisection.
_SCRIPT = """
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local first = tonumber(redis.call('LINDEX', KEYS[1], limit - 1) or 0)
if first > now - window then
  return {0, 0, first + window - now}
end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
local low, high = 1, redis.call('LLEN', KEYS[1])
while low < high do
  local middle = math.ceil((low + high) / 2)
  if tonumber(redis.call('LINDEX', KEYS[1], middle - 1)) > now - window then low = middle else high = middle - 1 end
end
if low < limit then return {1, limit - low, 0} end
return {1, 0, tonumber(redis.call('LINDEX', KEYS[1], limit - 1)) + window - now}
"""
_MOST_AT_ONCE = 200


class _Waiting(NamedTuple):
    key: str
    rate: Rate
    verdict: asyncio.Future[Verdict]


class SharedRateLimiter:
    """A `RateLimiter` for all processes. While Redis is away, each process limits on its own.

    Requests that come while an answer is under way are asked about together, so under load one round trip serves many.
    """

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._local = LocalRateLimiter()
        self._waiting: list[_Waiting] = []
        self._asking: asyncio.Task[None] | None = None
        self._script: str | None = None

    async def take(self, key: str, rate: Rate) -> Verdict:
        verdict: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(key, rate, verdict))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        return await verdict

    async def _ask(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:_MOST_AT_ONCE], self._waiting[_MOST_AT_ONCE:]
                try:
                    answers = await self._link.ask(lambda client, batch=batch: self._run(client, batch))  # type: ignore[misc]  # mypy cannot infer lambdas with defaults
                except RedisAway:
                    LOCAL.inc(len(batch))
                    verdicts = [await self._local.take(key, rate) for key, rate, _ in batch]
                else:
                    verdicts = [_verdict(each.rate, answer) for each, answer in zip(batch, answers, strict=True)]
                for each, verdict in zip(batch, verdicts, strict=True):
                    if not each.verdict.done():
                        each.verdict.set_result(verdict)
        finally:
            self._asking = None

    async def _run(self, client: "Redis", batch: Sequence[_Waiting]) -> list[Any]:
        from redis.exceptions import NoScriptError

        if self._script is None:
            self._script = str(await client.script_load(_SCRIPT))
        pipeline = client.pipeline(transaction=False)
        for key, rate, _ in batch:
            pipeline.evalsha(self._script, 1, f"lyceum:rate:{key}", str(rate.limit), str(rate.seconds * 1_000_000))
        try:
            return await pipeline.execute()
        except NoScriptError:  # the server was restarted; nothing of the batch was counted
            self._script = None
            return await self._run(client, batch)


def _verdict(rate: Rate, answer: Sequence[int]) -> Verdict:
    allowed, remaining, reset = answer
    return Verdict(bool(allowed), rate.limit, int(remaining), ceil(int(reset) / 1_000_000))
