"""Redis (or Valkey), for what may be lost: counters, cached pages, messages on their way. Lyceum serves without."""

from lyceum.runtime.redis.link import RedisAway, RedisLink
from lyceum.runtime.redis.settings import RedisSettings

__all__ = ["RedisAway", "RedisLink", "RedisSettings"]
