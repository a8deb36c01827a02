"""What clients and the platform say to each other at `/ws/v1`. The schemas in `contracts/live` are made from this."""

from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter
from websockets.frames import Frame, Opcode

from lyceum.runtime.live.log import Entry

SUBPROTOCOL = "lyceum.live.v1"

TopicName = Annotated[str, Field(max_length=200, description="As in `imports/<uuid>`.")]
Cursor = Annotated[
    str,
    Field(max_length=41, pattern=r"^[0-9]{1,20}-[0-9]{1,20}$", description="A place in a topic; clients only keep it."),
]
Code = Annotated[str, Field(description="Stable; as in problem documents of the REST API.")]


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Authenticate(_Message):
    """The first message of a client that came without a session cookie or an `Authorization` header."""

    op: Literal["authenticate"]
    ticket: Annotated[str, Field(max_length=100, description="From `POST /api/v1/live/tickets`.")]


class Subscribe(_Message):
    """Watch a topic: from now on, or without a gap from the last cursor that the client saw."""

    op: Literal["subscribe"]
    topic: TopicName
    cursor: Cursor | None = None


class Unsubscribe(_Message):
    op: Literal["unsubscribe"]
    topic: TopicName


class Ping(_Message):
    """Answered by a `pong`."""

    op: Literal["ping"]


ClientMessage = Annotated[Authenticate | Subscribe | Unsubscribe | Ping, Field(discriminator="op")]
client_message: TypeAdapter[Authenticate | Subscribe | Unsubscribe | Ping] = TypeAdapter(ClientMessage)


class Authenticated(_Message):
    """The ticket was good."""

    op: Literal["authenticated"]


class Subscribed(_Message):
    """What happens after `cursor` follows as events, each once and in order. Read the state now, not before."""

    op: Literal["subscribed"]
    topic: TopicName
    cursor: Cursor


class Unsubscribed(_Message):
    """No event of the topic follows, unless it is subscribed again."""

    op: Literal["unsubscribed"]
    topic: TopicName


class Event(_Message):
    """Something happened. Keep the cursor of the last one of each topic, to go on from there after a cut."""

    op: Literal["event"]
    topic: TopicName
    cursor: Cursor
    type: Annotated[str, Field(description="As in `progress.changed`; clients pass over types that they don't know.")]
    data: JsonValue


class Reset(_Message):
    """Messages are missing between the last cursor and this one: read the state again. The subscription goes on."""

    op: Literal["reset"]
    topic: TopicName
    cursor: Cursor


class Refused(_Message):
    """The topic is not watched: it does not exist for this client (`not-found` and the like), it can't be watched now
    (`unavailable`), or there are too many (`too-many-subscriptions`)."""

    op: Literal["refused"]
    topic: TopicName
    code: Code


class Pong(_Message):
    op: Literal["pong"]


ServerMessage = Annotated[
    Authenticated | Subscribed | Unsubscribed | Event | Reset | Refused | Pong, Field(discriminator="op")
]
server_message: TypeAdapter[Any] = TypeAdapter(ServerMessage)


def text_frame(message: bytes) -> bytes:
    """A WebSocket frame (RFC 6455) as a server sends it: not masked, so the same for every client."""
    return Frame(Opcode.TEXT, message).serialize(mask=False)


def frame(op: str, **fields: str) -> bytes:
    """The frame of a message that is not an event."""
    return text_frame(orjson.dumps({"op": op, **fields}))


def entry_frame(topic: str, entry: Entry) -> bytes:
    """The frame of a log's entry."""
    if not entry.body:
        return frame("reset", topic=topic, cursor=entry.cursor)
    head = b'{"op":"event","topic":%s,"cursor":"%s",' % (orjson.dumps(topic), entry.cursor.encode())
    return text_frame(head + entry.body)
