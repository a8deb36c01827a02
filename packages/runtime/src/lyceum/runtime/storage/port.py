"""The port to object storage: values under keys, in one flat space."""

import re
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from lyceum.kernel.errors import LyceumError, NotFound, ValidationFailed

MAX_KEY_LENGTH = 512
MAX_METADATA_BYTES = 512

_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._=@+-]{0,199}")
_METADATA_NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_MEDIA_TYPE = re.compile(r"[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+(; ?[a-z]+=[A-Za-z0-9._-]+)*")


class ObjectNotFound(NotFound):
    """Extension `key`."""

    code: ClassVar[str] = "storage.object-not-found"
    title: ClassVar[str] = "There is no such file"


class InvalidKey(ValidationFailed):
    code: ClassVar[str] = "storage.invalid-key"
    title: ClassVar[str] = "This cannot be the key of a file"


class RangeNotSatisfiable(LyceumError):
    """The range starts after the end of the object. Extension `size`: its size in bytes."""

    code: ClassVar[str] = "storage.range-not-satisfiable"
    title: ClassVar[str] = "The file is not that long"
    status: ClassVar[int] = 416


@dataclass(frozen=True, kw_only=True)
class ObjectInfo:
    """An object without its content. `size` is in bytes; `etag` changes with every put and has no quotes around it."""

    key: str
    size: int
    etag: str
    modified_at: datetime


@dataclass(frozen=True, kw_only=True)
class ObjectHead(ObjectInfo):
    """An object with what was said about it when it was put."""

    content_type: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StoredObject:
    """An object being read: `chunks` yields its bytes from `start` up to `end` (exclusive), once."""

    head: ObjectHead
    start: int
    end: int
    chunks: AsyncIterator[bytes]

    async def read(self) -> bytes:
        """All the bytes at once; for objects that are known to be small."""
        return b"".join([chunk async for chunk in self.chunks])


@runtime_checkable
class ObjectStorage(Protocol):
    """Keeps objects. A put is atomic: readers see the old object or the whole new one, also when the writer is killed.

    Keys are paths of letters, digits and `._=@+-`, at most 512 characters in all and 200 in a segment; segments start
    with a letter, a digit or `_`. Every method raises `InvalidKey` for anything else. A key is not used as a folder of
    others.
    """

    async def put(
        self,
        *,
        key: str,
        content: bytes | Path | AsyncIterable[bytes],
        content_type: str = "application/octet-stream",
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        """Store an object in place of any that is there. If the content's iterator raises, nothing is stored.

        The names in `metadata` are lower-case words with dashes, its values printable; it takes at most 512 bytes.
        """
        ...

    async def get(self, *, key: str, start: int = 0, end: int | None = None) -> StoredObject:
        """Read an object from byte `start` up to byte `end` (exclusive; its own end where it is shorter).

        Raises `ObjectNotFound`, and `RangeNotSatisfiable` where `start` is not inside the object; 0 always is.
        """
        ...

    async def head(self, *, key: str) -> ObjectHead:
        """Raises `ObjectNotFound`."""
        ...

    async def delete(self, *, key: str) -> None:
        """Remove an object; no error where there is none."""
        ...

    def list(self, *, prefix: str = "") -> AsyncIterator[ObjectInfo]:
        """The objects whose keys are inside the folder `prefix` (no slash at the end), at any depth, in any order."""
        ...

    async def copy(self, *, source: str, target: str) -> None:
        """Store the object `source` also as `target`. Raises `ObjectNotFound`."""
        ...


def check_key(key: str) -> str:
    """The key itself. Raises `InvalidKey` for one that some storage or file system could take for something else."""
    if len(key) > MAX_KEY_LENGTH or not all(_SEGMENT.fullmatch(segment) for segment in key.split("/")):
        raise InvalidKey(key=key[:MAX_KEY_LENGTH])
    return key


def check_description(content_type: str, metadata: Mapping[str, str]) -> None:
    """Raises `ValueError` for a media type or metadata that cannot be stored everywhere."""
    if len(content_type) > 200 or not _MEDIA_TYPE.fullmatch(content_type):
        raise ValueError(f"{content_type!r} is not a media type")
    if not all(_METADATA_NAME.fullmatch(name) and value.isprintable() for name, value in metadata.items()):
        raise ValueError("Metadata has lower-case words with dashes as names and printable values")
    if sum(len(name) + len(value.encode()) for name, value in metadata.items()) > MAX_METADATA_BYTES:
        raise ValueError(f"Metadata takes more than {MAX_METADATA_BYTES} bytes")


def check_range(start: int, end: int | None) -> None:
    """Raises `ValueError` for a range that holds nothing whatever the object is."""
    if start < 0 or (end is not None and end <= start):
        raise ValueError(f"{start} to {end} is not a range")
