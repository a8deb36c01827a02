"""What a consuming module says about an event that it wants."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class ConsumedEvent(BaseModel):
    """Base of a consumer's own models of events: they name what the consumer needs and ignore the rest."""

    model_config = ConfigDict(frozen=True, extra="ignore")


E = TypeVar("E", bound=ConsumedEvent)


@dataclass(frozen=True, kw_only=True)
class Subscription(Generic[E]):
    """One event type and what to do with it.

    `prepare` runs before the transaction and may call ports; what it returns is the second argument of `handle`, which
    runs inside the transaction that also remembers the event as handled, with the module's unit of work as the third.
    """

    event_type: str
    model: type[E]
    handle: Callable[[E, Any, Any], Awaitable[None]]
    prepare: Callable[[E], Awaitable[Any]] | None = None
