"""What a fan-out promises."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

Receive = Callable[[bytes], None]
"""Called in the event loop with each message. It must be quick: the messages of all channels wait for it."""

OnGap = Callable[[], None]
"""Called when messages may have been missed. Whoever needs them all reads again what they told about."""


@runtime_checkable
class Subscription(Protocol):
    """Somebody's interest in a channel."""

    def close(self) -> None:
        """Nothing is received from now on. More calls do nothing."""
        ...


@runtime_checkable
class FanOut(Protocol):
    """Hands each message to all who are subscribed to its channel, in every process, the sender's own too.

    Messages of one sender on one channel come in their order. A message may be missed while the connection between
    processes is broken; then every subscription is told of a gap. Around a break one may come twice.
    """

    @property
    def connected(self) -> bool:
        """Whether messages of other processes come in, as far as one can tell."""
        ...

    async def publish(self, channel: str, message: bytes) -> None:
        """Never fails: where other processes can't be reached, this one gets the message, and all a gap later."""
        ...

    async def subscribe(self, channel: str, receive: Receive, *, on_gap: OnGap) -> Subscription:
        """Every message that is published after this returns is received, or a gap is told of."""
        ...
