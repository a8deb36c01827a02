"""What importing, exporting and filing need of object storage, and whom they tell how far they are."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Protocol

Report = Callable[[str, int, int], Awaitable[None]]
"""Told how far the work is: stage, done, total."""


class Objects(Protocol):
    """What importing and exporting need of object storage."""

    async def save(self, key: str, content: Path | AsyncIterator[bytes], media_type: str) -> None:
        """Keep an object in place of any with this key."""
        ...

    async def adopt(self, platform_key: str, key: str) -> None:
        """Keep a copy of an object that is in the platform's storage under this full key. Raises `NotFound`."""
        ...

    async def fetch(self, key: str, destination: Path) -> None:
        """Raises `NotFound`."""
        ...

    async def exists(self, key: str) -> bool: ...

    async def remove(self, key: str) -> None:
        """No error where there is none."""
        ...

    async def remove_folder(self, folder: str) -> None:
        """All objects whose keys begin with the folder."""
        ...
