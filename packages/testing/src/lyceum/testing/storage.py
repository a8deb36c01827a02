"""What every object storage keeps to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lyceum.runtime.storage import InvalidKey, ObjectNotFound, ObjectStorage, RangeNotSatisfiable

PART = 5 * 1024 * 1024
"""Longer contents travel in parts of this size, in bytes."""


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    """The parts, one by one."""
    for part in parts:
        yield part


async def breaking(*parts: bytes) -> AsyncIterator[bytes]:
    """The parts, and then an error."""
    for part in parts:
        yield part
    raise ConnectionResetError("the uploader went away")


class ObjectStorageConformance:
    """Derive from it and give a fixture `storage` that is empty at the start of each test."""

    async def test_it_is_an_object_storage(self, storage: ObjectStorage) -> None:
        assert isinstance(storage, ObjectStorage)

    async def test_what_was_put_is_read_back_with_its_description(self, storage: ObjectStorage) -> None:
        await storage.put(
            key="a/notes.txt",
            content=b"hello",
            content_type="text/plain; charset=utf-8",
            metadata={"file-name": 'Übung "1"/?.txt', "by": "ö"},
        )
        stored = await storage.get(key="a/notes.txt")
        assert await stored.read() == b"hello"
        assert (stored.start, stored.end) == (0, 5)
        assert stored.head == await storage.head(key="a/notes.txt")
        assert (stored.head.key, stored.head.size) == ("a/notes.txt", 5)
        assert stored.head.content_type == "text/plain; charset=utf-8"
        assert stored.head.metadata == {"file-name": 'Übung "1"/?.txt', "by": "ö"}
        assert stored.head.etag.strip('"') == stored.head.etag != ""
        assert stored.head.modified_at.tzinfo is not None

    async def test_without_a_description_it_is_bytes(self, storage: ObjectStorage) -> None:
        await storage.put(key="a", content=b"hello")
        head = await storage.head(key="a")
        assert (head.content_type, head.metadata) == ("application/octet-stream", {})

    async def test_an_empty_object_is_an_object(self, storage: ObjectStorage) -> None:
        for key, content in (("bytes", b""), ("chunks", chunks())):
            await storage.put(key=key, content=content)
            assert (await storage.head(key=key)).size == 0
            assert await (await storage.get(key=key)).read() == b""
            assert await (await storage.get(key=key, start=0, end=10)).read() == b""

    @pytest.mark.parametrize("size", [1, PART - 1, PART, PART + 1, 3 * PART + 7])
    async def test_content_of_any_length_survives(self, storage: ObjectStorage, size: int, tmp_path: Path) -> None:
        content = bytes(i % 251 for i in range(4096)) * (size // 4096 + 1)
        content = content[:size]
        file = tmp_path / "content"
        file.write_bytes(content)
        pieces = [content[at : at + 700_001] for at in range(0, size, 700_001)]
        for key, given in (("bytes", content), ("file", file), ("chunks", chunks(*pieces))):
            await storage.put(key=key, content=given)
            assert (await storage.head(key=key)).size == size
            assert await (await storage.get(key=key)).read() == content

    async def test_a_put_replaces_content_and_description_and_changes_the_etag(self, storage: ObjectStorage) -> None:
        await storage.put(key="a", content=b"one", content_type="text/plain", metadata={"x": "1"})
        first = await storage.head(key="a")
        await storage.put(key="a", content=b"two!", content_type="text/csv")
        second = await storage.head(key="a")
        assert await (await storage.get(key="a")).read() == b"two!"
        assert (second.content_type, second.metadata, second.size) == ("text/csv", {}, 4)
        assert second.etag != first.etag

    async def test_a_broken_upload_leaves_what_was_there(self, storage: ObjectStorage) -> None:
        await storage.put(key="a", content=b"one")
        for key in ("a", "b"):
            for part in (b"short", b"x" * (PART + 1)):
                with pytest.raises(ConnectionResetError):
                    await storage.put(key=key, content=breaking(part))
        assert await (await storage.get(key="a")).read() == b"one"
        assert [info.key async for info in storage.list()] == ["a"]

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [(0, 1, b"0"), (3, 5, b"34"), (3, None, b"3456789"), (9, None, b"9"), (8, 99, b"89"), (0, 10, b"0123456789")],
    )
    async def test_a_range_is_that_part(
        self, storage: ObjectStorage, start: int, end: int | None, expected: bytes
    ) -> None:
        await storage.put(key="a", content=b"0123456789", content_type="text/plain")
        stored = await storage.get(key="a", start=start, end=end)
        assert await stored.read() == expected
        assert (stored.start, stored.end) == (start, start + len(expected))
        assert (stored.head.size, stored.head.content_type) == (10, "text/plain")

    @pytest.mark.parametrize("end", [None, 12, 99])
    @pytest.mark.parametrize("start", [10, 11])
    async def test_a_range_behind_the_end_is_refused_with_the_size(
        self, storage: ObjectStorage, start: int, end: int | None
    ) -> None:
        await storage.put(key="a", content=b"0123456789")
        with pytest.raises(RangeNotSatisfiable) as refused:
            await storage.get(key="a", start=start, end=end)
        assert refused.value.extensions == {"size": 10}

    @pytest.mark.parametrize(("start", "end"), [(-1, None), (3, 3), (3, 2), (0, 0)])
    async def test_what_is_no_range_is_a_mistake(self, storage: ObjectStorage, start: int, end: int | None) -> None:
        await storage.put(key="a", content=b"0123456789")
        with pytest.raises(ValueError, match="is not a range"):
            await storage.get(key="a", start=start, end=end)

    async def test_what_is_not_there_is_not_found(self, storage: ObjectStorage) -> None:
        for call in (
            storage.get(key="none"),
            storage.get(key="none", start=3),
            storage.head(key="none"),
            storage.copy(source="none", target="some"),
        ):
            with pytest.raises(ObjectNotFound) as missing:
                await call
            assert missing.value.extensions == {"key": "none"}

    async def test_a_folder_is_not_an_object(self, storage: ObjectStorage) -> None:
        await storage.put(key="a/b", content=b"1")
        with pytest.raises(ObjectNotFound):
            await storage.head(key="a")

    async def test_a_deleted_object_is_gone_and_deleting_again_is_fine(self, storage: ObjectStorage) -> None:
        await storage.put(key="a/b", content=b"1")
        await storage.delete(key="a/b")
        await storage.delete(key="a/b")
        with pytest.raises(ObjectNotFound):
            await storage.head(key="a/b")
        assert [info async for info in storage.list()] == []

    async def test_a_listing_has_what_is_inside_the_folder_at_any_depth(self, storage: ObjectStorage) -> None:
        for key in ("a/1", "a/b/2", "ab/3", "c"):
            await storage.put(key=key, content=key.encode())
        assert {info.key async for info in storage.list()} == {"a/1", "a/b/2", "ab/3", "c"}
        assert {info.key async for info in storage.list(prefix="a")} == {"a/1", "a/b/2"}
        assert [info.key async for info in storage.list(prefix="a/b")] == ["a/b/2"]
        assert [info async for info in storage.list(prefix="nothing")] == []
        [listed] = [info async for info in storage.list(prefix="ab")]
        head = await storage.head(key="ab/3")
        assert (listed.key, listed.size, listed.etag) == (head.key, 4, head.etag)

    async def test_more_objects_than_fit_one_batch_are_all_listed(self, storage: ObjectStorage) -> None:
        for number in range(120):
            await storage.put(key=f"many/{number:03}", content=b"")
        assert len({info.key async for info in storage.list(prefix="many")}) == 120

    async def test_a_copy_has_content_and_description_and_lives_by_itself(self, storage: ObjectStorage) -> None:
        await storage.put(key="a", content=b"one", content_type="text/plain", metadata={"x": "1"})
        await storage.put(key="b/c", content=b"to be replaced")
        await storage.copy(source="a", target="b/c")
        await storage.put(key="a", content=b"two")
        await storage.delete(key="a")
        stored = await storage.get(key="b/c")
        assert await stored.read() == b"one"
        assert (stored.head.content_type, stored.head.metadata) == ("text/plain", {"x": "1"})

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "/",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "../a",
            "a/../b",
            "a/./b",
            ".hidden",
            "a/.hidden",
            "-a",
            "a b",
            "a\\b",
            "a\0",
            "a\n",
            "ä",
            "a%2e",
            "a#1",
            "a?b",
            "a:b",
            "a" * 201,
            "a/" * 256 + "a",
        ],
    )
    async def test_a_dangerous_key_is_refused_everywhere(self, storage: ObjectStorage, key: str) -> None:
        await storage.put(key="fine", content=b"1")
        for call in (
            storage.put(key=key, content=b"1"),
            storage.get(key=key),
            storage.head(key=key),
            storage.delete(key=key),
            storage.copy(source=key, target="b"),
            storage.copy(source="fine", target=key),
        ):
            with pytest.raises(InvalidKey):
                await call
        if key:
            with pytest.raises(InvalidKey):
                [info async for info in storage.list(prefix=key)]
        assert [info.key async for info in storage.list()] == ["fine"]

    @pytest.mark.parametrize("key", ["a", "A-1._=@+z", "courses/0197/assets/x.tar.gz", "x" * 200 + "/" + "y" * 200])
    async def test_an_ordinary_key_is_fine(self, storage: ObjectStorage, key: str) -> None:
        await storage.put(key=key, content=b"1")
        assert [info.key async for info in storage.list()] == [key]

    @pytest.mark.parametrize(
        ("content_type", "metadata"),
        [
            ("text", {}),
            ("text/plain\r\nx: y", {}),
            ("", {}),
            ("text/plain", {"Upper": "1"}),
            ("text/plain", {"a b": "1"}),
            ("text/plain", {"a": "line\nbreak"}),
            ("text/plain", {"a": "x" * 512}),
        ],
    )
    async def test_a_description_that_cannot_be_kept_is_a_mistake(
        self, storage: ObjectStorage, content_type: str, metadata: dict[str, str]
    ) -> None:
        with pytest.raises(ValueError, match=r"media type|Metadata"):
            await storage.put(key="a", content=b"1", content_type=content_type, metadata=metadata)
        assert [info async for info in storage.list()] == []
