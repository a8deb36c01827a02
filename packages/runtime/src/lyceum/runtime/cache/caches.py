"""The caches of a process."""

from typing import TypeVar

from lyceum.runtime.cache.codec import RAW, Codec
from lyceum.runtime.cache.memory import MemoryTier
from lyceum.runtime.cache.port import Cache
from lyceum.runtime.cache.shared import SharedTier
from lyceum.runtime.cache.tiered import TieredCache
from lyceum.runtime.fan_out import FanOut
from lyceum.runtime.redis import RedisLink

V = TypeVar("V")


class Caches:
    """Opens caches. Without Redis each keeps to its process. All know the same tags: begin them with the module."""

    def __init__(self, link: RedisLink | None, fan_out: FanOut) -> None:
        self._shared = None if link is None else SharedTier(link, fan_out)

    def of_bytes(self, name: str, *, max_bytes: int, max_entry_bytes: int) -> Cache[bytes]:
        """A cache of bytes as they are."""
        return self.of(name, RAW, max_entries=100_000, max_bytes=max_bytes, max_entry_bytes=max_entry_bytes)

    def of(
        self, name: str, codec: Codec[V], *, max_entries: int, max_bytes: int, max_entry_bytes: int
    ) -> TieredCache[V]:
        """A cache; the bounds are those of this process's memory, and larger values are not kept in Redis either."""
        memory: MemoryTier[V] = MemoryTier(
            name, max_entries=max_entries, max_bytes=max_bytes, max_entry_bytes=max_entry_bytes
        )
        return TieredCache(name, memory=memory, shared=self._shared, codec=codec)

    def start(self) -> None:
        """Begin to hear of changes in other processes. Without, this begins with the first look-up."""
        if self._shared is not None:
            self._shared.join()

    async def close(self) -> None:
        if self._shared is not None:
            await self._shared.close()
