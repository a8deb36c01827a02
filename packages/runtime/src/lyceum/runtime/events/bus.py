"""Where the relay hands events to."""

from collections.abc import Sequence
from typing import Protocol

from lyceum.kernel.events import EventEnvelope


class EventBus(Protocol):
    """Takes events over. When `publish` returns, they are safe; when it raises, the relay brings them again."""

    async def publish(self, envelopes: Sequence[EventEnvelope]) -> None: ...


class Receiver(Protocol):
    """Handles events for one consuming module, each at most once in effect."""

    async def receive(self, envelopes: Sequence[EventEnvelope]) -> None: ...


class InProcessBus:
    """Hands events straight to the consumers of this process and to peers, one consumer after the other, in order."""

    def __init__(self, receivers: Sequence[Receiver]) -> None:
        self._receivers = receivers

    async def publish(self, envelopes: Sequence[EventEnvelope]) -> None:
        for receiver in self._receivers:
            await receiver.receive(envelopes)
