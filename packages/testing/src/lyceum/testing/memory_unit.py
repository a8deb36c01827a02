"""A unit of work without a database, for service tests."""

import copy
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Generic, Self, TypeVar
from uuid import UUID

from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.errors import LyceumError, VersionConflict
from lyceum.kernel.events import PublishedEvent

A = TypeVar("A", bound=Aggregate)


class MemoryStore:
    """What a module's in-memory units share: the committed aggregates, the events and the jobs."""

    def __init__(self) -> None:
        self.aggregates: dict[type, dict[UUID, Any]] = {}
        self.rows: dict[str, dict[Any, Any]] = {}
        self.events: list[PublishedEvent] = []
        self.jobs: list[tuple[str, dict[str, Any]]] = []

    def published(self, kind: type[PublishedEvent]) -> list[Any]:
        """The committed events of one kind, oldest first."""
        return [event for event in self.events if isinstance(event, kind)]


class MemoryRepository(Generic[A]):
    """Aggregates of one kind by id. Works on copies, as a database does: what is not committed is not seen."""

    def __init__(self, unit: "MemoryUnit", kind: type[A], missing: Callable[[], LyceumError]) -> None:
        self._unit = unit
        self._kind = kind
        self._missing = missing

    async def get(self, aggregate_id: UUID, /) -> A:
        found = self._unit.find(self._kind, aggregate_id)
        if found is None:
            raise self._missing()
        return found

    def add(self, aggregate: A, /) -> None:
        self._unit.attach(self._kind, aggregate)

    def all(self) -> list[A]:
        """Every aggregate of the kind, as this unit sees it."""
        return self._unit.every(self._kind)

    def drop(self, aggregate: A) -> None:
        """Remove it with the next commit."""
        self._unit.detach(self._kind, aggregate.id)


class MemoryUnit:
    """Follows the rules of the real one: nothing is kept without a commit, and stale aggregates are refused.

    A module derives its own, makes its repositories in `bind`, and checks uniqueness in `check`. Set-based rows live in
    `rows(name)`, a working copy like the aggregates.
    """

    def __init__(self, store: MemoryStore, published: Callable[[DomainEvent], Iterable[PublishedEvent]]) -> None:
        self.store = store
        self._published = published
        self._working: dict[type, dict[UUID, Any]] = {}
        self._loaded: dict[type, dict[UUID, Any]] = {}
        self._removed: dict[type, set[UUID]] = {}
        self._rows: dict[str, dict[Any, Any]] = {}
        self._outgoing: list[PublishedEvent] = []
        self._jobs: list[tuple[str, dict[str, Any]]] = []
        self._afterwards: list[Callable[[], None]] = []

    def bind(self) -> None:
        """Make the repositories."""

    def check(self) -> None:
        """Raise what a unique constraint would."""

    async def __aenter__(self) -> Self:
        self._working, self._loaded, self._removed = {}, {}, {}
        self._rows = {name: dict(rows) for name, rows in self.store.rows.items()}
        self.bind()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self._outgoing, self._jobs, self._afterwards = [], [], []

    def rows(self, name: str) -> dict[Any, Any]:
        """A table without aggregates, by its key."""
        return self._rows.setdefault(name, {})

    def publish(self, event: PublishedEvent) -> None:
        self._outgoing.append(event)

    async def defer(self, job: str, /, **arguments: Any) -> None:
        self._jobs.append((job, arguments))

    def after_commit(self, call: Callable[[], None]) -> None:
        self._afterwards.append(call)

    def find(self, kind: type[A], aggregate_id: UUID) -> A | None:
        """The unit's own copy of an aggregate."""
        working = self._working.setdefault(kind, {})
        if aggregate_id not in working and aggregate_id not in self._removed.get(kind, ()):
            stored = self.store.aggregates.get(kind, {}).get(aggregate_id)
            if stored is not None:
                working[aggregate_id] = copy.deepcopy(stored)
                self._loaded.setdefault(kind, {})[aggregate_id] = stored
        found: A | None = working.get(aggregate_id)
        return found

    def every(self, kind: type[A]) -> list[A]:
        """All aggregates of a kind, the unit's own copies."""
        ids = {*self.store.aggregates.get(kind, {}), *self._working.get(kind, {})}
        return [found for aggregate_id in ids if (found := self.find(kind, aggregate_id)) is not None]

    def attach(self, kind: type, aggregate: Aggregate) -> None:
        """Take a new aggregate in."""
        # A class that is mapped to a table has no version before its first commit, not even 0.
        aggregate.version = aggregate.version or 0
        self._working.setdefault(kind, {})[aggregate.id] = aggregate

    def detach(self, kind: type, aggregate_id: UUID) -> None:
        """Remove an aggregate with the next commit."""
        self._working.setdefault(kind, {}).pop(aggregate_id, None)
        self._removed.setdefault(kind, set()).add(aggregate_id)

    async def commit(self) -> None:
        self.check()
        for kind, loaded in self._loaded.items():
            for aggregate_id, original in loaded.items():
                stored = self.store.aggregates.get(kind, {}).get(aggregate_id)
                if self._changed(kind, aggregate_id) and (stored is None or stored.version != original.version):
                    raise VersionConflict()
        for kind, working in self._working.items():
            for aggregate in working.values():
                self._save(kind, aggregate)
        for kind, ids in self._removed.items():
            for aggregate_id in ids:
                self.store.aggregates.get(kind, {}).pop(aggregate_id, None)
        self.store.rows = {name: dict(rows) for name, rows in self._rows.items()}
        self.store.events.extend(self._outgoing)
        self.store.jobs.extend(self._jobs)
        self._outgoing, self._jobs = [], []
        afterwards, self._afterwards = self._afterwards, []
        for call in afterwards:
            call()

    def _save(self, kind: type, aggregate: Aggregate) -> None:
        facts = aggregate.collect_events()
        if self._changed(kind, aggregate.id):
            aggregate.version += 1
            saved = copy.deepcopy(aggregate)
            self.store.aggregates.setdefault(kind, {})[aggregate.id] = saved
            self._loaded.setdefault(kind, {})[aggregate.id] = saved
        self.store.events.extend(out for fact in facts for out in self._published(fact))

    def _changed(self, kind: type, aggregate_id: UUID) -> bool:
        if aggregate_id in self._removed.get(kind, ()):
            return True
        working = self._working.get(kind, {}).get(aggregate_id)
        original = self._loaded.get(kind, {}).get(aggregate_id)
        return working is not None and (original is None or _state(working) != _state(original))


def _state(aggregate: Aggregate) -> dict[str, Any]:
    return {name: value for name, value in vars(aggregate).items() if not name.startswith("_")}
