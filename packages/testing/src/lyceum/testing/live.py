"""Live messages that nobody sends."""

from uuid import UUID

from lyceum.kernel.live import LiveMessage


class RecordedLive:
    """A `Live` that remembers what was published: topic, message, and for whom."""

    def __init__(self) -> None:
        self.published: list[tuple[str, LiveMessage, UUID | None]] = []

    def publish(self, topic: str, message: LiveMessage, *, to: UUID | None = None) -> None:
        self.published.append((topic, message, to))
