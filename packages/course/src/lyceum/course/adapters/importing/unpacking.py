"""Unpacking an archive without believing a word of it.

The archive's names never become names of files, so that none can reach outside the folder. Sizes and ratios are counted
on the bytes that really come out.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Protocol

from lyceum.course.adapters.importing.entry_names import entry_path
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.spool import Spool, open_slice
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, RefusalReason

CHUNK = 64 * 1024


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class UnpackedFile:
    """A file of the archive, its bytes in a spool below the working folder."""

    path: str
    size: int
    sha256: str
    spool: Path
    start: int

    def open(self) -> BinaryIO:
        return open_slice(self.spool, self.start, self.size)

    def read(self) -> bytes:
        with self.open() as stream:
            return stream.read()


@dataclass(frozen=True, slots=True)
class UnpackedArchive:
    """All files of an archive by their path, in the archive's order."""

    files: Mapping[str, UnpackedFile] = field(default_factory=dict)

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def __iter__(self) -> Iterator[UnpackedFile]:
        return iter(self.files.values())

    def get(self, path: str) -> UnpackedFile | None:
        return self.files.get(path)

    def below(self, folder: str) -> "UnpackedArchive":
        """The files in this folder at any depth, with paths relative to it."""
        prefix = f"{folder}/" if folder else ""
        inside = (file for file in self if file.path.startswith(prefix))
        return UnpackedArchive({(path := file.path[len(prefix) :]): replace(file, path=path) for file in inside})


class Unpacker:
    """Takes entries one by one, holds each limit, and keeps the files."""

    def __init__(self, spool: Spool, archive_size: int, limits: ArchiveLimits) -> None:
        self._spool = spool
        self._archive_size = max(archive_size, 1)
        self._limits = limits
        self._entries = 0
        self._bytes = 0
        self._files: dict[str, UnpackedFile] = {}
        self._folders: set[str] = set()

    def count_entries(self, more: int = 1) -> None:
        """Called for every entry before anything else looks at it."""
        self._entries += more
        if self._entries > self._limits.entries:
            raise ArchiveTooLarge(
                RefusalReason.TOO_MANY_ENTRIES,
                f"The archive has more than {self._limits.entries} entries",
                limit=self._limits.entries,
            )

    def take_folder(self, name: str) -> None:
        path = entry_path(name, self._limits)
        if path in self._files:
            raise self._both(path)
        self._claim_folders(f"{path}/")

    def take_file(self, name: str, declared_size: int, content: Readable) -> None:
        path = entry_path(name, self._limits)
        if not path:
            raise ArchiveRefused(RefusalReason.BAD_NAME, "The archive holds a file without a name")
        if path in self._folders:
            raise self._both(path)
        if path in self._files:
            raise ArchiveRefused(RefusalReason.DUPLICATE_ENTRY, f"The archive holds {path} twice", entry=path)
        self._claim_folders(path)
        if declared_size > self._limits.file_bytes:
            raise self._file_too_large(path)
        start = self._spool.position
        size, sha256 = self._write(path, content)
        if size != declared_size:
            raise ArchiveRefused(
                RefusalReason.LYING_SIZE,
                f"{path} has {size} bytes where the archive declares {declared_size}",
                entry=path,
            )
        self._files[path] = UnpackedFile(path, size, sha256, self._spool.location, start)

    def finish(self) -> UnpackedArchive:
        return UnpackedArchive(self._files)

    def _write(self, path: str, content: Readable) -> tuple[int, str]:
        digest = hashlib.sha256()
        size = 0
        while chunk := content.read(CHUNK):
            size += len(chunk)
            self._count_bytes(path, size, len(chunk))
            digest.update(chunk)
            self._spool.append(chunk)
        return size, digest.hexdigest()

    def _count_bytes(self, path: str, size: int, more: int) -> None:
        limits = self._limits
        self._bytes += more
        if size > limits.file_bytes:
            raise self._file_too_large(path)
        if self._bytes > limits.unpacked_bytes:
            raise ArchiveTooLarge(
                RefusalReason.CONTENT_TOO_LARGE,
                f"The archive unpacks to more than {limits.unpacked_bytes} bytes",
                limit=limits.unpacked_bytes,
            )
        if self._bytes > limits.ratio_free_bytes and self._bytes > limits.compression_ratio * self._archive_size:
            raise ArchiveTooLarge(
                RefusalReason.COMPRESSION_RATIO,
                f"The archive unpacks to more than {limits.compression_ratio} times its size",
                limit=limits.compression_ratio,
            )

    def _claim_folders(self, path: str) -> None:
        parent = path.rpartition("/")[0]
        while parent and parent not in self._folders:
            if parent in self._files:
                raise self._both(parent)
            self._folders.add(parent)
            parent = parent.rpartition("/")[0]

    def _file_too_large(self, path: str) -> ArchiveTooLarge:
        limit = self._limits.file_bytes
        return ArchiveTooLarge(
            RefusalReason.FILE_TOO_LARGE, f"{path} has more than {limit} bytes", entry=path, limit=limit
        )

    @staticmethod
    def _both(path: str) -> ArchiveRefused:
        return ArchiveRefused(
            RefusalReason.DUPLICATE_ENTRY, f"The archive has {path} both as a file and as a folder", entry=path
        )
