"""The message that both sides send, always of one size."""

from typing import ClassVar
from uuid import NAMESPACE_URL, uuid5

from lyceum.kernel.live import LiveMessage

TOPIC = f"rooms/{uuid5(NAMESPACE_URL, 'bench')}"
TEXT = "x" * 100


class Told(LiveMessage):
    type: ClassVar[str] = "room.told"

    text: str


def body(cursor: str) -> bytes:
    """The message as it is in a frame."""
    return b'{"op":"event","topic":"%s","cursor":"%s","type":"room.told","data":{"text":"%s"}}' % (
        TOPIC.encode(),
        cursor.encode(),
        TEXT.encode(),
    )


# Cursors have one length, whatever they are: see `serving`.
SIZE = 4 + len(body("1700000000000-1000000000"))
"""Of a frame, in bytes."""
