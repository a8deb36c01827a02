"""The last messages of a topic, for whoever was away for a moment."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic, time_ns
from typing import NamedTuple, Protocol

MESSAGES = 256
"""What is kept of each topic."""

SECONDS = 900.0
"""How long a log is kept that nobody watches."""


class LogAway(Exception):
    """The log can't be reached now."""


class Entry(NamedTuple):
    """A message, and the cursor of the one before it. Without a `body` it says that messages were lost here."""

    cursor: str
    before: str
    body: bytes


class Written(NamedTuple):
    """Where a message has come to stand."""

    cursor: str
    before: str


class Draft(NamedTuple):
    """A message to be written. What is written twice with the same `mark` counts once."""

    key: str
    mark: str
    body: bytes


class TopicLog(Protocol):
    """A bounded log for each topic that is watched, or was within the last 15 minutes.

    Cursors are `number-number`, ascending; each entry names the one before it, so that a reader sees whether something
    is missing. All methods raise `LogAway`.
    """

    async def append(self, drafts: Sequence[Draft]) -> list[Written | None]:
        """Write in order; null for each topic that has no log: nobody watches it, nobody can come back to it."""
        ...

    async def head(self, key: str) -> str:
        """The cursor of the last entry. Begins a log where there is none, and keeps it alive."""
        ...

    async def read(self, key: str, *, after: str) -> list[Entry] | None:
        """All entries after the cursor; null if not all of them are there, or the cursor is not of this log."""
        ...


def place(cursor: str) -> tuple[int, int]:
    """Cursors in their order. Raises `ValueError` for what is no cursor."""
    first, _, second = cursor.partition("-")
    return int(first), int(second)


def following(entries: Sequence[Entry], after: str) -> list[Entry] | None:
    """Those of a log's entries that come after the cursor, if nothing is missing in between."""
    if not entries:
        return None
    if entries[0].cursor == after:
        return list(entries[1:])
    return list(entries) if entries[0].before == after else None


@dataclass(slots=True)
class _Kept:
    entries: deque[Entry]
    used: float = field(default_factory=monotonic)


class MemoryLog:
    """A `TopicLog` in this process alone."""

    def __init__(
        self, *, messages: int = MESSAGES, seconds: float = SECONDS, now: Callable[[], float] = monotonic
    ) -> None:
        self._messages = messages
        self._seconds = seconds
        self._now = now
        # In the order of their last use.
        self._topics: dict[str, _Kept] = {}
        self._count = 0

    async def append(self, drafts: Sequence[Draft]) -> list[Written | None]:
        return [self._append(draft) for draft in drafts]

    async def head(self, key: str) -> str:
        self._forget_old()
        kept = self._topics.pop(key, None) or _Kept(deque([Entry(self._next(), "", b"")], self._messages))
        self._topics[key] = kept
        kept.used = self._now()
        return kept.entries[-1].cursor

    async def read(self, key: str, *, after: str) -> list[Entry] | None:
        kept = self._topics.get(key)
        if kept is None:
            return None
        newer = [entry for entry in kept.entries if place(entry.cursor) >= place(after)]
        return following(newer, after)

    def _append(self, draft: Draft) -> Written | None:
        kept = self._topics.get(draft.key)
        if kept is None:
            return None
        entry = Entry(self._next(), kept.entries[-1].cursor, draft.body)
        kept.entries.append(entry)
        return Written(entry.cursor, entry.before)

    def _next(self) -> str:
        # The time keeps a cursor from before a restart from being taken for one of ours.
        self._count += 1
        return f"{time_ns() // 1_000_000}-{self._count}"

    def _forget_old(self) -> None:
        oldest = self._now() - self._seconds
        for key, kept in list(self._topics.items()):
            if kept.used >= oldest:
                return
            del self._topics[key]
