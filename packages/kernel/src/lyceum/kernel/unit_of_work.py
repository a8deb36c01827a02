"""The boundary of a transaction, as services see it."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol, Self

from lyceum.kernel.events import PublishedEvent


class UnitOfWork(Protocol):
    """One transaction over the aggregates of one module.

    Used as `async with units() as unit:`; leaving without `commit()` undoes everything. A module's own unit adds its
    repositories as attributes. No port may be called while a unit is open.
    """

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    async def commit(self) -> None:
        """Save the aggregates, and their events in the outbox, or nothing at all.

        Raises `VersionConflict` where somebody else changed an aggregate in the meantime.
        """
        ...

    def publish(self, event: PublishedEvent) -> None:
        """Put an event into the outbox that no aggregate recorded (a set-based change)."""
        ...

    async def defer(self, job: str, /, **arguments: Any) -> None:
        """Enqueue a background job; it exists only if this unit commits. Arguments are JSON values."""
        ...

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call this once the unit has committed; for what may be lost with the process, as live messages may."""
        ...
