"""Events between processes while no broker is set: the relay hands them to each peer, and waits for its answer."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import httpx

from lyceum.kernel.events import EventEnvelope
from lyceum.kernel.ports import Port
from lyceum.runtime.events.bus import EventBus
from lyceum.runtime.http.remote import remote_port

SERVICE = "events"


@runtime_checkable
class EventIntake(Port, Protocol):
    """Takes events from another process of the platform."""

    async def take(self, *, envelopes: list[EventEnvelope]) -> None:
        """When it returns, the consumers of this process have had them, or have them as dead letters."""
        ...


class Intake:
    """`EventIntake` on the consumers of this process."""

    def __init__(self, bus: EventBus) -> None:
        self._bus = bus

    async def take(self, *, envelopes: list[EventEnvelope]) -> None:
        await self._bus.publish(envelopes)


class Peer:
    """Another process as a receiver of this one's events."""

    def __init__(self, *, base_url: str, token: str, client: httpx.AsyncClient) -> None:
        self._intake = remote_port(
            EventIntake, module=SERVICE, base_url=base_url, token=token, errors=(), client=client
        )

    async def receive(self, envelopes: Sequence[EventEnvelope]) -> None:
        """Raises `Unavailable` unless the peer took them all."""
        await self._intake.take(envelopes=list(envelopes))
