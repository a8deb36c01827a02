"""Objects as files in a local folder.

A folder keeps no description beside a file, and two files could not be replaced at one instant. So each file begins
with its description: 4096 bytes of JSON, filled up with spaces, then the content. Files appear by being renamed, whole.
"""

from __future__ import annotations  # obstore's types exist for checkers only

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
import orjson
from obstore.exceptions import PreconditionError
from obstore.store import LocalStore

from lyceum.kernel.errors import Unavailable
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
    from obstore import GetOptions, ObjectMeta

DESCRIPTION_BYTES = 4096
CHUNK_BYTES = 256 * 1024
_READ_TRIES = 100


class FolderStorage:
    """`ObjectStorage` in a local folder, which is made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._store = LocalStore(folder.absolute(), mkdir=True, automatic_cleanup=True)

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
        description = orjson.dumps({"content_type": content_type, "metadata": dict(metadata or {})})
        framed = description.ljust(DESCRIPTION_BYTES)
        if isinstance(content, bytes):
            await obstore.put_async(self._store, key, framed + content)
        else:
            chunks = _file_chunks(content) if isinstance(content, Path) else content
            await obstore.put_async(self._store, key, _after(framed, chunks))

    async def get(self, *, key: str, start: int = 0, end: int | None = None) -> StoredObject:
        check_key(key)
        check_range(start, end)
        return await (self._get_from(key, start, end) if start else self._get_first(key, end))

    async def _get_first(self, key: str, end: int | None) -> StoredObject:
        """The description and the content from its beginning, in one go."""
        wanted: GetOptions = {} if end is None else {"range": (0, DESCRIPTION_BYTES + end)}
        try:
            result = await obstore.get_async(self._store, key, options=wanted)
        except FileNotFoundError as error:
            raise ObjectNotFound(key=key) from error
        chunks = result.stream(min_chunk_size=CHUNK_BYTES)
        first = await anext(chunks)
        head = _head(result.meta, first[:DESCRIPTION_BYTES])
        stop = head.size if end is None else min(end, head.size)
        return StoredObject(head=head, start=0, end=stop, chunks=_after(first[DESCRIPTION_BYTES:], chunks))

    async def _get_from(self, key: str, start: int, end: int | None) -> StoredObject:
        for _ in range(_READ_TRIES):
            head, file_etag = await self._describe(key)
            if start >= head.size:
                raise RangeNotSatisfiable(size=head.size)
            stop = head.size if end is None else min(end, head.size)
            bounds = (DESCRIPTION_BYTES + start, DESCRIPTION_BYTES + stop)
            try:
                result = await obstore.get_async(self._store, key, options={"range": bounds, "if_match": file_etag})
            except (PreconditionError, FileNotFoundError):
                continue  # replaced or removed since it was described
            return StoredObject(head=head, start=start, end=stop, chunks=result.stream(min_chunk_size=CHUNK_BYTES))
        raise Unavailable("The file is being replaced over and over", key=key)

    async def head(self, *, key: str) -> ObjectHead:
        check_key(key)
        return (await self._describe(key))[0]

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
                yield _info(meta)

    async def copy(self, *, source: str, target: str) -> None:
        check_key(source)
        check_key(target)
        try:
            await obstore.copy_async(self._store, source, target)
        except FileNotFoundError as error:
            raise ObjectNotFound(key=source) from error

    async def _describe(self, key: str) -> tuple[ObjectHead, str | None]:
        try:
            result = await obstore.get_async(self._store, key, options={"range": (0, DESCRIPTION_BYTES)})
            return _head(result.meta, bytes(await result.bytes_async())), result.meta["e_tag"]
        except FileNotFoundError as error:
            raise ObjectNotFound(key=key) from error


def _head(meta: ObjectMeta, description: bytes) -> ObjectHead:
    info = _info(meta)
    return ObjectHead(
        key=info.key, size=info.size, etag=info.etag, modified_at=info.modified_at, **orjson.loads(description)
    )


def _info(meta: ObjectMeta) -> ObjectInfo:
    return ObjectInfo(
        key=meta["path"],
        size=meta["size"] - DESCRIPTION_BYTES,
        etag=(meta["e_tag"] or "").strip('"'),
        modified_at=meta["last_modified"],
    )


async def _after(first: bytes, rest: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for chunk in rest:
        yield chunk


async def _file_chunks(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
            yield chunk
