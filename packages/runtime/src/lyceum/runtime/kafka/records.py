"""Events as Kafka records: CloudEvents 1.0 in binary mode.

The value is the event's data as JSON, the key the aggregate id, and the context attributes are headers that begin with
`ce_` (Kafka Protocol Binding for CloudEvents 1.0.2, section 3.2). `traceparent` is W3C trace context.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import orjson
from pydantic import ValidationError

from lyceum.kernel.events import EventEnvelope

JSON = b"application/json"
Headers = list[tuple[str, bytes]]


class UnreadableRecord(ValueError):
    """A record that is no event of ours."""


@dataclass(frozen=True)
class Record:
    """What is sent: `timestamp` is in milliseconds since 1970."""

    key: bytes
    value: bytes
    headers: Headers
    timestamp: int


def to_record(envelope: EventEnvelope) -> Record:
    """The event as it travels."""
    headers: Headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(envelope.id).encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_subject", envelope.subject.encode()),
        ("ce_time", envelope.time.astimezone(UTC).isoformat().encode()),
        ("content-type", JSON),
    ]
    if envelope.traceparent is not None:
        headers.append(("traceparent", envelope.traceparent.encode()))
    return Record(
        key=envelope.subject.encode(),
        value=orjson.dumps(envelope.data),
        headers=headers,
        timestamp=int(envelope.time.timestamp() * 1000),
    )


def from_record(value: bytes | None, headers: Iterable[tuple[str, bytes]]) -> EventEnvelope:
    """The event of a record. Raises `UnreadableRecord`, saying what is wrong with it."""
    try:
        attributes = {name: content.decode() for name, content in headers if content is not None}
        data = orjson.loads(value or b"")
    except (UnicodeDecodeError, orjson.JSONDecodeError) as error:
        raise UnreadableRecord(f"neither headers nor value may be anything but UTF-8 and JSON: {error}") from None
    if attributes.get("ce_specversion") != "1.0":
        raise UnreadableRecord("ce_specversion is not 1.0")
    try:
        return EventEnvelope(
            id=UUID(attributes["ce_id"]),
            source=attributes["ce_source"],
            type=attributes["ce_type"],
            subject=attributes["ce_subject"],
            time=datetime.fromisoformat(attributes["ce_time"]),
            traceparent=attributes.get("traceparent"),
            data=data,
        )
    except KeyError as error:
        raise UnreadableRecord(f"the header {error.args[0]} is missing") from None
    except (ValueError, ValidationError) as error:
        raise UnreadableRecord(f"the headers or the value do not fit: {error}") from None
