"""Structures of published versions, as JSON, kept so that they are read once."""

from lyceum.runtime.cache import Cache, Caches

# Seconds and bytes.
LIFETIME = 24 * 60 * 60
MAX_BYTES = 32 * 1024 * 1024
MAX_ENTRY_BYTES = 4 * 1024 * 1024


def kept_structures(caches: Caches) -> Cache[bytes]:
    return caches.of_bytes("structures", max_bytes=MAX_BYTES, max_entry_bytes=MAX_ENTRY_BYTES)
