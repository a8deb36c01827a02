"""A sliding window that holds exactly: it remembers when each of the last `limit` requests came."""

from collections import OrderedDict, deque
from math import ceil
from time import monotonic
from typing import NamedTuple, Protocol

from lyceum.runtime.rate_limits.settings import Rate

_KEYS = 50_000


class Verdict(NamedTuple):
    """`remaining` requests are possible now; `reset` is when the next one will be, in whole seconds."""

    allowed: bool
    limit: int
    remaining: int
    reset: int


class RateLimiter(Protocol):
    """Counts requests under a key."""

    async def take(self, key: str, rate: Rate) -> Verdict:
        """Count one request, unless the window is full: a refused request does not count."""
        ...


class LocalRateLimiter:
    """A `RateLimiter` in this process; of too many keys, those longest unused are forgotten."""

    def __init__(self) -> None:
        self._taken: OrderedDict[str, deque[float]] = OrderedDict()

    async def take(self, key: str, rate: Rate) -> Verdict:
        now = monotonic()
        taken = self._taken.get(key)
        if taken is None or taken.maxlen != rate.limit:
            taken = self._taken[key] = deque(taken or (), maxlen=rate.limit)
        self._taken.move_to_end(key)
        if len(self._taken) > _KEYS:
            self._taken.popitem(last=False)
        while taken and taken[0] <= now - rate.seconds:
            taken.popleft()
        allowed = len(taken) < rate.limit
        if allowed:
            taken.append(now)
        remaining = rate.limit - len(taken)
        return Verdict(allowed, rate.limit, remaining, 0 if remaining else ceil(taken[0] + rate.seconds - now))
