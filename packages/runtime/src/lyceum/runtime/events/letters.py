"""What the desk of a module shows: events on their way, events that died, and what a replay did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True)


class OutboxState(_Shown):
    """How far the relay of a module is behind. `oldest_seconds` is null when nothing waits."""

    module: str
    pending: int
    published: int
    oldest_seconds: float | None


class OutboxEvent(_Shown):
    """An event that a module recorded. `position` is its place in the order of the module; `published_at` is null while
    it waits to be handed on."""

    module: str
    position: int
    id: UUID
    type: str
    subject: str
    time: datetime
    published_at: datetime | None


class DeadLetter(_Shown):
    """An event that a module could not handle, and why. `position` is where it stood in the producer's stream, where
    that is known."""

    module: str
    event_id: UUID
    producer: str
    type: str
    subject: str
    cause: str
    attempts: int
    position: str | None
    died_at: datetime


class DeadLetterDetail(DeadLetter):
    """`envelope` is the event as it came. `resolved_at` is null while it is dead."""

    envelope: dict[str, Any]
    resolved_at: datetime | None


class Choice(_Shown):
    """Which dead letters: all of them, or those that everything given here fits.

    `since` and `until` are about when they died: from the one on, and before the other.
    """

    event_type: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    ids: tuple[UUID, ...] | None = None


class ReplayResult(BaseModel):
    """What a replay did: `replayed` had their effect now, `dead` failed again.

    What `matched` and is in neither was not tried: in a dry run nothing is, and otherwise `stopped` says why.
    """

    module: str
    matched: list[UUID]
    replayed: list[UUID] = []
    dead: list[UUID] = []
    stopped: str | None = None
