"""One file that holds the bytes of many, so that an archive of twenty thousand files costs one."""

import io
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Spool:
    """Appends pieces to a file. `location` must not exist yet."""

    def __init__(self, location: Path) -> None:
        self.location = location
        self._file = location.open("xb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def position(self) -> int:
        """Where the next piece begins."""
        return self._file.tell()

    def append(self, piece: bytes) -> None:
        self._file.write(piece)


def open_slice(location: Path, start: int, size: int) -> BinaryIO:
    """The `size` bytes from `start` on, as a seekable stream of their own."""
    return io.BufferedReader(_Slice(location, start, size))


class _Slice(io.RawIOBase):
    def __init__(self, location: Path, start: int, size: int) -> None:
        self._file = location.open("rb", buffering=0)
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("a stream has no place before its beginning")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: "WriteableBuffer") -> int:
        room = memoryview(buffer).cast("B")[: max(self._size - self._at, 0)]
        self._file.seek(self._start + self._at)
        count = self._file.readinto(room) or 0
        self._at += count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
