"""What the caches count. The hit ratio is the part of `memory` and `shared` in all look-ups."""

from prometheus_client import Counter, Gauge

LOOKUPS = Counter(
    "lyceum_cache_lookups_total",
    "Values asked for, by where they were found: memory, shared (in Redis), or made",
    ["cache", "found"],
)
REFUSED = Counter(
    "lyceum_cache_refused_total", "Values that were not kept because what they show had changed meanwhile", ["cache"]
)
ENTRIES = Gauge("lyceum_cache_entries", "Values in the memory of this process", ["cache"])
BYTES = Gauge("lyceum_cache_bytes", "What these values take", ["cache"])
