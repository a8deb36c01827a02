"""The part of the AsyncAPI document about Kafka: topics, consumer groups, and events as records in binary mode."""

from collections.abc import Iterator, Sequence
from typing import Any

from lyceum.runtime.kafka.topics import dead_letters_topic, topic_of_type
from tooling.contracts.published import Published
from tooling.events.catalogue import Entry

Json = dict[str, Any]

_BINDING = "0.5.0"
_TEXT = {"type": "string"}

SERVER: Json = {
    "host": "{servers}",
    "protocol": "kafka",
    "description": "The brokers of an installation, as its `LYCEUM_KAFKA_SERVERS` names them.",
    "variables": {"servers": {"description": "The bootstrap servers.", "default": "localhost:9092"}},
}

TRAITS: Json = {
    "cloud-event": {
        "headers": {
            "type": "object",
            "description": "CloudEvents 1.0 in binary mode (Kafka Protocol Binding 1.0.2), and W3C trace context.",
            "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_time", "content-type"],
            "properties": {
                "ce_specversion": {"type": "string", "const": "1.0"},
                "ce_id": {
                    "type": "string",
                    "format": "uuid",
                    "description": "The same whenever the event comes again.",
                },
                "ce_subject": {"type": "string", "description": "The aggregate's id, which is the record's key too."},
                "ce_time": {"type": "string", "format": "date-time", "description": "When it happened, in UTC."},
                "content-type": {"type": "string", "const": "application/json"},
                "traceparent": {"type": "string", "description": "Of the request or job that caused it."},
            },
        }
    },
    "dead-letter": {
        "headers": {
            "type": "object",
            "required": ["lyceum_cause", "lyceum_attempts"],
            "properties": {
                "lyceum_cause": {"type": "string", "description": "Why the event could not be handled."},
                "lyceum_attempts": {"type": "string", "pattern": "^[0-9]+$", "description": "How often it was tried."},
                "lyceum_position": {"type": "string", "description": "`topic/partition@offset` where it was found."},
            },
        }
    },
}


def channels(catalogue: Sequence[Entry]) -> Json:
    """The topic of each module that publishes, and the dead letters of each that consumes."""
    found: Json = {}
    for entry in catalogue:
        topic = topic_of_type(entry.event_type)
        what = f"What happened in `{entry.producer}`, in the order in which it happened to each aggregate."
        _into(found, topic, what, entry.event_type, entry.event_type)
        for consumer in entry.consumers:
            what = f"What `{consumer}` could not handle, each event as it came and with its cause."
            _into(found, dead_letters_topic(consumer), what, entry.event_type, _dead(entry.event_type))
    return found


def operations(catalogue: Sequence[Entry]) -> Json:
    """Who sends to which topic, and who reads it in which group."""
    found: Json = {}
    for entry in catalogue:
        topic = topic_of_type(entry.event_type)
        _operate(found, f"publish.{entry.producer}", "send", topic, entry.event_type)
        for consumer in entry.consumers:
            name = f"consume.{consumer}.{entry.producer}"
            _operate(found, name, "receive", topic, entry.event_type)
            group = {"type": "string", "enum": [f"lyceum.{consumer}"]}
            found[name]["bindings"] = {"kafka": {"groupId": group, "bindingVersion": _BINDING}}
            _operate(found, f"bury.{consumer}", "send", dead_letters_topic(consumer), entry.event_type)
    return found


def messages(catalogue: Sequence[Entry], events: Sequence[Published]) -> Json:
    """Each event as it is published, and each that somebody consumes as a dead letter."""
    consumed = {entry.event_type for entry in catalogue if entry.consumers}
    return {key: message for event in events for key, message in _forms(event, dead=event.name in consumed)}


def _forms(event: Published, *, dead: bool) -> Iterator[tuple[str, Json]]:
    constant = {"ce_source": f"lyceum.{event.module}", "ce_type": event.name}
    message = {
        "name": event.name,
        "summary": " ".join((event.message.__doc__ or "").split()),
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "required": list(constant),
            "properties": {name: {"type": "string", "const": value} for name, value in constant.items()},
        },
        "payload": {"$ref": f"#/components/schemas/{event.name}"},
        "bindings": {"kafka": {"key": {"type": "string", "format": "uuid"}, "bindingVersion": _BINDING}},
    }
    traits = [{"$ref": "#/components/messageTraits/cloud-event"}]
    yield event.name, {**message, "traits": traits}
    if dead:
        traits = [*traits, {"$ref": "#/components/messageTraits/dead-letter"}]
        yield _dead(event.name), {**message, "traits": traits}


def _dead(event_type: str) -> str:
    return f"{event_type}.dead"


def _into(channels: Json, topic: str, description: str, event_type: str, message: str) -> None:
    channel = channels.setdefault(
        topic,
        {
            "address": topic,
            "description": description,
            "servers": [{"$ref": "#/servers/kafka"}],
            "messages": {},
            "bindings": {"kafka": {"topic": topic, "bindingVersion": _BINDING}},
        },
    )
    channel["messages"][event_type] = {"$ref": f"#/components/messages/{message}"}


def _operate(operations: Json, name: str, action: str, topic: str, event_type: str) -> None:
    operation = operations.setdefault(
        name, {"action": action, "channel": {"$ref": f"#/channels/{topic}"}, "messages": []}
    )
    operation["messages"].append({"$ref": f"#/channels/{topic}/messages/{event_type}"})
