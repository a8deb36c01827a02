"""The part of the AsyncAPI document about `/ws/v1`."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lyceum.runtime.http.edge import SESSION_COOKIE
from lyceum.runtime.live import Topic
from lyceum.runtime.live.endpoint import PATH
from lyceum.runtime.live.messages import SUBPROTOCOL
from lyceum.runtime.module import ModuleSpec
from tooling.contracts.published import Published, said_live

Json = dict[str, Any]

# What each message of a client is answered with. Events and resets also come by themselves.
_ANSWERS = {
    "authenticate": ("authenticated",),
    "subscribe": ("subscribed", "reset", "refused"),
    "unsubscribe": ("unsubscribed",),
    "ping": ("pong",),
}

SECURITY: Json = {
    "session": {"type": "httpApiKey", "name": SESSION_COOKIE, "in": "cookie"},
    "bearer": {"type": "http", "scheme": "bearer"},
}

SERVER: Json = {
    "host": "{host}",
    "protocol": "wss",
    "description": "The host of an installation. A client that can set no header sends a ticket as its first message.",
    "variables": {"host": {"description": "Its address.", "default": "localhost:8000"}},
    "security": [{"$ref": f"#/components/securitySchemes/{name}"} for name in SECURITY],
}


def channel(specs: Sequence[ModuleSpec], told: Sequence[Published]) -> Json:
    """The WebSocket with all that is said there."""
    topics = "".join(f"\n- `{topic.pattern}` of `{module}`: {_types(topic)}" for module, topic in _topics(specs))
    return {
        "address": PATH,
        "title": "Live updates",
        "description": f"Text frames of JSON, subprotocol `{SUBPROTOCOL}`. Topics and their events:\n{topics}",
        "servers": [{"$ref": "#/servers/live"}],
        "messages": {name: {"$ref": f"#/components/messages/{_key(name)}"} for name in _names(told)},
        "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
    }


def operations(told: Sequence[Published]) -> Json:
    """What the platform takes and answers, and what it says by itself."""
    found: Json = {
        f"live.{op}": {
            "action": "receive",
            "channel": {"$ref": "#/channels/live"},
            "messages": [_in_channel(op)],
            "reply": {"channel": {"$ref": "#/channels/live"}, "messages": [_in_channel(answer) for answer in answers]},
        }
        for op, answers in _ANSWERS.items()
    }
    found["live.tell"] = {
        "action": "send",
        "channel": {"$ref": "#/channels/live"},
        "messages": [_in_channel(name) for name in (*(event.name for event in told), "reset", "refused")],
    }
    return found


def messages(specs: Sequence[ModuleSpec], told: Sequence[Published]) -> Json:
    """Each `op` of either side; of `event` one message for each type, with its own data."""
    patterns = {each.type: topic.regex.pattern for _, topic in _topics(specs) for each in topic.messages}
    found: Json = {}
    for op, schema in _ops().items():
        if op != "event":
            found[_key(op)] = {"name": op, "contentType": "application/json", "payload": schema}
    for event in told:
        own = {
            "type": "object",
            "properties": {
                "topic": {"type": "string", "pattern": f"^{_plain(patterns[event.name])}$"},
                "type": {"type": "string", "const": event.name},
                "data": {"$ref": f"#/components/schemas/{event.name}"},
            },
        }
        found[_key(event.name)] = {
            "name": event.name,
            "summary": " ".join((event.message.__doc__ or "").split()),
            "contentType": "application/json",
            "payload": {"allOf": [_ops()["event"], own]},
        }
    return found


def _ops() -> dict[str, Json]:
    """Where the schema of each `op` is among the components."""
    return {
        definition["properties"]["op"]["const"]: {"$ref": f"#/components/schemas/{side.name}.{name}"}
        for side in said_live()
        for name, definition in side.schema()["$defs"].items()
        if "op" in definition.get("properties", {})
    }


def _names(told: Sequence[Published]) -> list[str]:
    return [*(op for op in _ops() if op != "event"), *(event.name for event in told)]


def _topics(specs: Sequence[ModuleSpec]) -> Iterator[tuple[str, Topic]]:
    for spec in specs:
        for topic in spec.topics:
            yield spec.name, topic


def _types(topic: Topic) -> str:
    return ", ".join(f"`{each.type}`" for each in topic.messages)


def _plain(pattern: str) -> str:
    """Without the names of groups, which regular expressions of JSON Schema (ECMA 262) write in another way."""
    return re.sub(r"\(\?P<[a-z_]+>", "(?:", pattern)


def _key(name: str) -> str:
    return f"live.{name}"


def _in_channel(name: str) -> Json:
    return {"$ref": f"#/channels/live/messages/{name}"}
