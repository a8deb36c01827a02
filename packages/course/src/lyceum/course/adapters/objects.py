"""Object storage as imports and exports use it."""

from collections.abc import AsyncIterator
from pathlib import Path

from lyceum.course.domain.assets import stored_key
from lyceum.runtime.storage import ObjectNotFound, ObjectStorage


class StoredObjects:
    """Keys are kept below `course/`, apart from those of other modules."""

    def __init__(self, storage: ObjectStorage) -> None:
        self._storage = storage

    async def save(self, key: str, content: Path | AsyncIterator[bytes], media_type: str) -> None:
        await self._storage.put(key=stored_key(key), content=content, content_type=media_type)

    async def adopt(self, platform_key: str, key: str) -> None:
        await self._storage.copy(source=platform_key, target=stored_key(key))

    async def fetch(self, key: str, destination: Path) -> None:
        stored = await self._storage.get(key=stored_key(key))
        with destination.open("wb") as file:
            async for chunk in stored.chunks:
                file.write(chunk)

    async def exists(self, key: str) -> bool:
        try:
            await self._storage.head(key=stored_key(key))
        except ObjectNotFound:
            return False
        return True

    async def remove(self, key: str) -> None:
        await self._storage.delete(key=stored_key(key))

    async def remove_folder(self, folder: str) -> None:
        keys = [stored.key async for stored in self._storage.list(prefix=stored_key(folder))]
        for key in keys:
            await self._storage.delete(key=key)
