"""Values in the memory of one process."""

from collections import OrderedDict
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from lyceum.runtime.cache.metrics import BYTES, ENTRIES

V = TypeVar("V")


class _Entry(NamedTuple, Generic[V]):
    put_at: float
    expires_at: float
    value: V
    size: int
    tags: tuple[str, ...]


class MemoryTier(Generic[V]):
    """Bounded by entries and by bytes; what was not used longest goes first."""

    # Enough to outlive any value in the making; more only costs memory.
    _REMEMBERED_TAGS = 10_000

    def __init__(self, name: str, *, max_entries: int, max_bytes: int, max_entry_bytes: int) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self.max_entry_bytes = max_entry_bytes
        self._bytes = 0
        self._entries: OrderedDict[bytes, _Entry[V]] = OrderedDict()
        self._keys_by_tag: dict[str, set[bytes]] = {}
        self._now = 0
        self._invalidated: OrderedDict[str, int] = OrderedDict()
        self._forgotten_before = 0
        self._entries_gauge = ENTRIES.labels(name)
        self._bytes_gauge = BYTES.labels(name)

    @property
    def now(self) -> int:
        """The number of invalidations so far."""
        return self._now

    def get(self, key: bytes, longest: float | None = None) -> V | None:
        """The value, unless it is older than it may be, or than `longest` seconds."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        time = monotonic()
        if entry.expires_at <= time or (longest is not None and entry.put_at + longest <= time):
            self._drop(key)
            self._measure()
            return None
        self._entries.move_to_end(key)
        return entry.value

    def put(self, key: bytes, value: V, size: int, age: float, tags: tuple[str, ...], ticket: int) -> bool:
        """Keep it for `age` seconds; `size` includes the key. False if a tag was invalidated after the ticket."""
        if ticket < self._forgotten_before or any(self._invalidated.get(tag, 0) > ticket for tag in tags):
            return False
        if size <= self.max_entry_bytes and age > 0:
            self._drop(key)
            time = monotonic()
            self._entries[key] = _Entry(time, time + age, value, size, tags)
            self._bytes += size
            for tag in tags:
                self._keys_by_tag.setdefault(tag, set()).add(key)
            while len(self._entries) > self._max_entries or self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))
            self._measure()
        return True

    def invalidate(self, *tags: str) -> None:
        self._now += 1
        for tag in tags:
            for key in self._keys_by_tag.pop(tag, ()):
                self._drop(key)
            self._invalidated[tag] = self._now
            self._invalidated.move_to_end(tag)
        while len(self._invalidated) > self._REMEMBERED_TAGS:
            self._forgotten_before = self._invalidated.popitem(last=False)[1]
        self._measure()

    def clear(self) -> None:
        """Drop everything, also what is in the making."""
        self._now += 1
        self._forgotten_before = self._now
        self._entries.clear()
        self._keys_by_tag.clear()
        self._invalidated.clear()
        self._bytes = 0
        self._measure()

    def _measure(self) -> None:
        self._entries_gauge.set(len(self._entries))
        self._bytes_gauge.set(self._bytes)

    def _drop(self, key: bytes) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self._bytes -= entry.size
        for tag in entry.tags:
            keys = self._keys_by_tag.get(tag)
            if keys is not None:
                keys.discard(key)
                if not keys:
                    del self._keys_by_tag[tag]
