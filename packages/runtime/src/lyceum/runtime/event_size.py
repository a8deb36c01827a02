"""How large an event may be, checked before it is in an outbox: one that no broker takes would stop those behind it."""

from typing import Any

import orjson

MAX_EVENT_BYTES = 900_000
"""Of the data as JSON. A broker of default settings takes batches of 1 MiB, headers included."""


class EventTooLarge(ValueError):
    """The event has more data than a broker takes: a fault of the module that publishes it."""


def as_json(event_type: str, data: dict[str, Any]) -> str:
    """The data as JSON. Raises `EventTooLarge`."""
    encoded = orjson.dumps(data)
    if len(encoded) > MAX_EVENT_BYTES:
        raise EventTooLarge(f"{event_type} has {len(encoded)} bytes; {MAX_EVENT_BYTES} are possible")
    return encoded.decode()
