"""The connection to Redis, which remembers for a moment that the server is away, so that nobody waits in vain."""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from prometheus_client import Gauge

if TYPE_CHECKING:
    # The client takes a tenth of what a process needs to start. Only a process with a Redis loads it.
    from redis.asyncio import Connection, Redis

log = structlog.get_logger(__name__)

UP = Gauge("lyceum_redis_up", "Whether Redis answered when it was last asked")

_PATIENCE_SECONDS = 0.5
_REST_SECONDS = 1.0

T = TypeVar("T")


class RedisAway(Exception):
    """Redis does not answer now. Whoever asks does without."""


class RedisLink:
    """A pool of connections; `ask` is the only way to use it. `connection` is for who listens all the time.

    `failures` are the errors that mean that the server, or a connection to it, is away.
    """

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff
        from redis.exceptions import ConnectionError as RedisConnectionError
        from redis.exceptions import RedisError

        self._url = url
        self.failures: tuple[type[Exception], ...] = (RedisError, OSError)
        self.client: Redis = Redis.from_url(
            url,
            socket_connect_timeout=_PATIENCE_SECONDS,
            socket_timeout=_PATIENCE_SECONDS,
            max_connections=100,
            retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
        )
        self._away_until = 0.0

    async def ask(self, question: "Callable[[Redis], Awaitable[T]]") -> T:
        """The answer. Raises `RedisAway`, for a second after a failure without asking."""
        if monotonic() < self._away_until:
            raise RedisAway("Redis did not answer a moment ago")
        try:
            answer = await question(self.client)
        except self.failures as error:
            if self._away_until == 0.0:
                log.warning("redis is away", error=repr(error))
            self._away_until = monotonic() + _REST_SECONDS
            UP.set(0)
            raise RedisAway(str(error)) from error
        if self._away_until:
            self._away_until = 0.0
            log.info("redis is back")
        UP.set(1)
        return answer

    def connection(self) -> "Connection":
        """One outside the pool, not yet open; it speaks the second protocol, in which all that comes is an answer."""
        from redis.asyncio.connection import Connection, parse_url

        settings: dict[str, Any] = dict(parse_url(self._url))
        kind = settings.pop("connection_class", Connection)
        made: Connection = kind(
            **settings, protocol=2, socket_connect_timeout=_PATIENCE_SECONDS, socket_timeout=_PATIENCE_SECONDS
        )
        return made

    async def check(self) -> None:
        """Raises `RedisAway` unless the server answers."""
        await self.ask(lambda client: client.ping())

    async def close(self) -> None:
        await self.client.aclose()
