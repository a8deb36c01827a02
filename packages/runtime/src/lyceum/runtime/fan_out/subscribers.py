"""The subscriptions of one process."""

import structlog

from lyceum.runtime.fan_out.port import OnGap, Receive

log = structlog.get_logger(__name__)


class Subscriber:
    """One subscription; what it does with a message is its own affair, also when it fails."""

    __slots__ = ("_channel", "_on_gap", "_receive", "_subscribers")

    def __init__(self, subscribers: "Subscribers", channel: str, receive: Receive, on_gap: OnGap) -> None:
        self._subscribers = subscribers
        self._channel = channel
        self._receive = receive
        self._on_gap = on_gap

    def receive(self, message: bytes) -> None:
        try:
            self._receive(message)
        except Exception:
            log.exception("a subscriber failed on a message", channel=self._channel)

    def tell_gap(self) -> None:
        try:
            self._on_gap()
        except Exception:
            log.exception("a subscriber failed on a gap", channel=self._channel)

    def close(self) -> None:
        self._subscribers.remove(self._channel, self)


class Subscribers:
    """Who is subscribed to what. Changes while a message is handed out count from the next message on."""

    def __init__(self) -> None:
        # Tuples: handing out is far more frequent than subscribing, and needs no copy then.
        self._by_channel: dict[str, tuple[Subscriber, ...]] = {}
        self._left: set[str] = set()

    def take_left(self) -> list[str]:
        """The channels that lost their last subscriber since the last call, and got no new one."""
        left, self._left = self._left, set()
        return [channel for channel in left if channel not in self._by_channel]

    def __contains__(self, channel: str) -> bool:
        return channel in self._by_channel

    def add(self, channel: str, receive: Receive, on_gap: OnGap) -> Subscriber:
        subscriber = Subscriber(self, channel, receive, on_gap)
        self._by_channel[channel] = (*self._by_channel.get(channel, ()), subscriber)
        return subscriber

    def remove(self, channel: str, subscriber: Subscriber) -> None:
        rest = tuple(each for each in self._by_channel.get(channel, ()) if each is not subscriber)
        if rest:
            self._by_channel[channel] = rest
        elif self._by_channel.pop(channel, None) is not None:
            self._left.add(channel)

    def deliver(self, channel: str, message: bytes) -> None:
        for subscriber in self._by_channel.get(channel, ()):
            subscriber.receive(message)

    def tell_gap(self) -> None:
        for subscribers in tuple(self._by_channel.values()):
            for subscriber in subscribers:
                subscriber.tell_gap()
