"""A process that is killed in the middle of a put: it hands over more than one part and then waits."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from lyceum.runtime.storage import FolderStorage


async def content() -> AsyncIterator[bytes]:
    yield b"half" * 3_000_000
    yield b"more"
    sys.stdout.write("in the middle\n")
    sys.stdout.flush()
    await asyncio.sleep(3600)


asyncio.run(FolderStorage(Path(sys.argv[1])).put(key="a/b", content=content()))
