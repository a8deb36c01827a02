"""Objects in a store that keeps a description beside each: S3 and its like, or memory."""

from __future__ import annotations  # obstore's types exist for checkers only

from collections.abc import AsyncIterable, AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote

import obstore
from obstore.exceptions import BaseError
from obstore.store import MemoryStore, S3Store

from lyceum.runtime.storage.port import (
    ObjectHead,
    ObjectInfo,
    ObjectNotFound,
    RangeNotSatisfiable,
    StoredObject,
    check_description,
    check_key,
    check_range,
)

if TYPE_CHECKING:
    from obstore import GetOptions, GetResult, ObjectMeta

CHUNK_BYTES = 256 * 1024

_STANDARD_ATTRIBUTES = frozenset(
    {"Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Cache-Control", "Storage-Class"}
)


class BucketStorage:
    """`ObjectStorage` on an obstore store. Metadata travels percent-encoded, because S3 keeps it in HTTP headers."""

    def __init__(self, store: S3Store | MemoryStore) -> None:
        self._store = store

    async def put(
        self,
        *,
        key: str,
        content: bytes | Path | AsyncIterable[bytes],
        content_type: str = "application/octet-stream",
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        check_key(key)
        check_description(content_type, metadata or {})
        attributes = {"Content-Type": content_type} | {
            name: quote(value, safe="") for name, value in (metadata or {}).items()
        }
        await obstore.put_async(self._store, key, content, attributes=attributes)

    async def get(self, *, key: str, start: int = 0, end: int | None = None) -> StoredObject:
        check_key(key)
        check_range(start, end)
        options: GetOptions = {}
        if end is not None:
            options = {"range": (start, end)}
        elif start:
            options = {"range": {"offset": start}}
        try:
            result = await obstore.get_async(self._store, key, options=options)
        except FileNotFoundError as error:
            raise ObjectNotFound(key=key) from error
        except BaseError as error:
            # Stores say in ways of their own that a range is out of bounds.
            head = await self.head(key=key)
            if start == 0 and head.size == 0:
                return StoredObject(head=head, start=0, end=0, chunks=_nothing())
            if start >= head.size:
                raise RangeNotSatisfiable(size=head.size) from error
            raise
        first, last = result.range
        return StoredObject(
            head=_head(key, result), start=first, end=last, chunks=result.stream(min_chunk_size=CHUNK_BYTES)
        )

    async def head(self, *, key: str) -> ObjectHead:
        check_key(key)
        try:
            return _head(key, await obstore.get_async(self._store, key, options={"head": True}))
        except FileNotFoundError as error:
            raise ObjectNotFound(key=key) from error

    async def delete(self, *, key: str) -> None:
        check_key(key)
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return

    async def list(self, *, prefix: str = "") -> AsyncIterator[ObjectInfo]:
        if prefix:
            check_key(prefix)
        async for batch in obstore.list(self._store, prefix or None):
            for meta in batch:
                yield _info(meta["path"], meta)

    async def copy(self, *, source: str, target: str) -> None:
        check_key(source)
        check_key(target)
        try:
            await obstore.copy_async(self._store, source, target)
        except FileNotFoundError as error:
            raise ObjectNotFound(key=source) from error


def _info(key: str, meta: ObjectMeta) -> ObjectInfo:
    return ObjectInfo(
        key=key, size=meta["size"], etag=(meta["e_tag"] or "").strip('"'), modified_at=meta["last_modified"]
    )


def _head(key: str, result: GetResult) -> ObjectHead:
    attributes = cast(Mapping[str, str], result.attributes)
    info = _info(key, result.meta)
    return ObjectHead(
        key=key,
        size=info.size,
        etag=info.etag,
        modified_at=info.modified_at,
        content_type=attributes.get("Content-Type", "application/octet-stream"),
        metadata={name: unquote(value) for name, value in attributes.items() if name not in _STANDARD_ATTRIBUTES},
    )


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""
