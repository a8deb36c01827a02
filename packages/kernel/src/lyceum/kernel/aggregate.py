"""Aggregates: the unit of consistency."""

from dataclasses import dataclass
from uuid import UUID

from lyceum.kernel.errors import PreconditionFailed


@dataclass(frozen=True, kw_only=True, slots=True)
class DomainEvent:
    """A fact that an aggregate records. Never leaves the module; `schemas/events.py` has what does."""


class Aggregate:
    """Base of aggregate roots.

    `id` identifies it; `version` counts its committed changes and is set by persistence alone (0 before the first
    commit). Whoever saves it with an old version gets `VersionConflict`.
    """

    id: UUID
    version: int = 0

    def expect(self, version: int | None) -> None:
        """Raises `PreconditionFailed` unless `version` is the current one; null stands for any version."""
        if version is not None and version != self.version:
            raise PreconditionFailed(expected=version, actual=self.version)

    def record(self, event: DomainEvent) -> None:
        """Remember a fact until the unit of work commits."""
        self.__dict__.setdefault("_events", []).append(event)

    def collect_events(self) -> list[DomainEvent]:
        """The facts recorded so far, oldest first; asking empties the list."""
        events: list[DomainEvent] = self.__dict__.pop("_events", [])
        return events
