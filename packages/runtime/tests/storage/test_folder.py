import asyncio
import sys
from pathlib import Path

import pytest

from lyceum.runtime.storage import FolderStorage, ObjectNotFound

SLOW_WRITER = Path(__file__).parent / "slow_writer.py"


def written(folder: Path) -> int:
    """The bytes that are in the folder, whatever files they are in."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("before", [None, b"what was there"])
async def test_a_killed_writer_leaves_what_was_there_and_no_half_object(tmp_path, before):
    storage = FolderStorage(tmp_path)
    if before is not None:
        await storage.put(key="a/b", content=before)
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SLOW_WRITER), str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 30) == b"in the middle\n"
    async with asyncio.timeout(30):
        for _ in iter(lambda: written(tmp_path) < 1_000_000, False):
            await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    if before is None:
        with pytest.raises(ObjectNotFound):
            await storage.head(key="a/b")
        assert [info async for info in storage.list()] == []
    else:
        assert await (await storage.get(key="a/b")).read() == before
        assert [info.key async for info in storage.list()] == ["a/b"]
    await storage.put(key="a/b", content=b"new")
    assert await (await storage.get(key="a/b")).read() == b"new"


async def test_a_reader_that_has_begun_reads_the_old_object_to_its_end(tmp_path):
    storage = FolderStorage(tmp_path)
    await storage.put(key="a", content=b"1" * 3_000_000)
    stored = await storage.get(key="a")
    first = await anext(stored.chunks)
    await storage.put(key="a", content=b"2" * 3_000_000)
    rest = b"".join([chunk async for chunk in stored.chunks])
    assert first + rest == b"1" * 3_000_000


async def test_readers_never_see_the_description_of_one_object_with_the_content_of_another(tmp_path):
    storage = FolderStorage(tmp_path)
    kinds = {"text/plain": b"p" * 300_000, "text/csv": b"c" * 500_000}
    await storage.put(key="a", content=kinds["text/csv"], content_type="text/csv")
    done = asyncio.Event()
    seen = []

    async def write() -> None:
        for turn in range(60):
            kind = list(kinds)[turn % 2]
            await storage.put(key="a", content=kinds[kind], content_type=kind)
        done.set()

    async def read(start: int) -> None:
        while not done.is_set():
            stored = await storage.get(key="a", start=start)
            assert await stored.read() == kinds[stored.head.content_type][start:]
            seen.append(stored.head.content_type)

    await asyncio.gather(write(), read(0), read(100))
    assert set(seen) == set(kinds)


async def test_a_folder_of_another_storage_can_be_opened(tmp_path):
    await FolderStorage(tmp_path).put(key="a", content=b"1", content_type="text/plain")
    assert (await FolderStorage(tmp_path).head(key="a")).content_type == "text/plain"


async def test_empty_folders_do_not_stay_behind(tmp_path):
    storage = FolderStorage(tmp_path)
    await storage.put(key="a/b/c", content=b"1")
    await storage.delete(key="a/b/c")
    assert list(tmp_path.iterdir()) == []
