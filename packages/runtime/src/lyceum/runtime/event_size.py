"""How large an event may be, checked before it is in an outbox: one that no broker takes would stop those behind it."""

from lyceum.kernel.events import PublishedEvent

MAX_EVENT_BYTES = 900_000
"""Of the data as JSON. A broker of default settings takes batches of 1 MiB, headers included."""


class EventTooLarge(ValueError):
    """The event has more data than a broker takes: a fault of the module that publishes it."""


def as_json(event: PublishedEvent) -> str:
    """The event's data. Raises `EventTooLarge`."""
    encoded = event.model_dump_json()
    # A character has four bytes at most, so few events have to be encoded once more to be counted.
    if len(encoded) > MAX_EVENT_BYTES // 4 and (size := len(encoded.encode())) > MAX_EVENT_BYTES:
        raise EventTooLarge(f"{event.type} has {size} bytes; {MAX_EVENT_BYTES} are possible")
    return encoded
