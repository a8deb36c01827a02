"""What was made once and may be shown again: kept in this process and, with Redis, for all processes."""

from lyceum.runtime.cache.caches import Caches
from lyceum.runtime.cache.codec import RAW, Codec
from lyceum.runtime.cache.memory import MemoryTier
from lyceum.runtime.cache.port import Cache, CacheMark, Ticket, kept
from lyceum.runtime.cache.shared import SharedTier
from lyceum.runtime.cache.tiered import TieredCache

__all__ = ["RAW", "Cache", "CacheMark", "Caches", "Codec", "MemoryTier", "SharedTier", "Ticket", "TieredCache", "kept"]
