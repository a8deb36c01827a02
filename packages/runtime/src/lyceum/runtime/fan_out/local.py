"""The fan-out of a platform that is one process, or has no Redis."""

from lyceum.runtime.fan_out.port import OnGap, Receive, Subscription
from lyceum.runtime.fan_out.subscribers import Subscribers


class LocalFanOut:
    """A `FanOut` in this process alone. There are no gaps."""

    def __init__(self) -> None:
        self._subscribers = Subscribers()

    @property
    def connected(self) -> bool:
        return True

    async def publish(self, channel: str, message: bytes) -> None:
        self._subscribers.deliver(channel, message)

    async def subscribe(self, channel: str, receive: Receive, *, on_gap: OnGap) -> Subscription:
        return self._subscribers.add(channel, receive, on_gap)
