"""Published events: the base class of their payloads, and the envelope they travel in."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class PublishedEvent(BaseModel):
    """Base of the payloads in a module's `schemas/events.py`: its published language, changed only compatibly.

    `type` is the wire type `lyceum.<module>.<aggregate>.<past tense>.v<major>`; `aggregate_id` keys the order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]

    @property
    def aggregate_id(self) -> UUID:
        """The aggregate whose history this belongs to. Events of one aggregate are delivered in order."""
        raise NotImplementedError(f"{self.__class__.__name__} must say which aggregate it belongs to")


class EventEnvelope(BaseModel):
    """An event on its way, with the context attributes of CloudEvents 1.0.

    `subject` is the aggregate id and the ordering key; `traceparent` is W3C trace context, where there is one.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    source: str
    type: str
    subject: str
    time: datetime
    traceparent: str | None = None
    data: dict[str, Any]
