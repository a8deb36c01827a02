"""The entries of a zip archive (APPNOTE 6.3: stored and deflated entries, zip64, names in UTF-8 or code page 437)."""

import copy
import stat
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.unpacking import CHUNK, Unpacker
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, Progress, RefusalReason

_UTF_8_NAME = 0x800
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DIRECTORY_BYTES_PER_ENTRY = 512
"""A central directory record of 46 bytes, a generous name and its extra fields."""


class _BoundedReads:
    """A file that refuses to be read in big gulps: `zipfile` takes the whole central directory in one, at whatever
    length the archive declares, and makes an object of each record."""

    def __init__(self, file: BinaryIO, limits: ArchiveLimits) -> None:
        self._file = file
        self._limit = limits.entries * _DIRECTORY_BYTES_PER_ENTRY + 2 * CHUNK
        self._entries = limits.entries

    def read(self, size: int = -1) -> bytes:
        if size > self._limit:
            raise ArchiveTooLarge(
                RefusalReason.TOO_MANY_ENTRIES,
                f"The archive's directory is too large for {self._entries} entries",
                limit=self._entries,
            )
        data = self._file.read(self._limit + 1 if size < 0 else size)
        if len(data) > self._limit:
            raise ArchiveRefused(RefusalReason.DAMAGED, "The archive's directory is damaged")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def unpack_zip(archive: Path, unpacker: Unpacker, limits: ArchiveLimits, progress: Progress) -> None:
    """Feed all entries to the unpacker. Raises `ArchiveRefused` for what is damaged or not meant for us."""
    try:
        with archive.open("rb") as file, zipfile.ZipFile(_BoundedReads(file, limits)) as opened:
            entries = opened.infolist()
            unpacker.count_entries(len(entries))
            for done, entry in enumerate(entries):
                if done % 100 == 0:
                    progress("unpacking", done, len(entries))
                _unpack_entry(opened, entry, unpacker, limits)
            progress("unpacking", len(entries), len(entries))
    except UnicodeDecodeError as error:
        raise ArchiveRefused(RefusalReason.NAME_NOT_UTF_8, "The archive holds a name that is not UTF-8") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OverflowError) as error:
        raise ArchiveRefused(RefusalReason.DAMAGED, f"The zip archive is damaged: {error}") from error


def _unpack_entry(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, unpacker: Unpacker, limits: ArchiveLimits) -> None:
    name = _name(entry)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise ArchiveRefused(RefusalReason.LINK, "The archive holds a symbolic link", entry=ascii(name))
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveRefused(RefusalReason.SPECIAL_FILE, "The archive holds a device or pipe", entry=ascii(name))
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveRefused(RefusalReason.ENCRYPTED, "The archive is encrypted", entry=ascii(name))
    if name.endswith("/"):
        unpacker.take_folder(name)
        return
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveRefused(
            RefusalReason.COMPRESSION_METHOD, "The archive uses a compression other than deflate", entry=ascii(name)
        )
    # zipfile stops at the size that the directory declares; with a size beyond any limit it goes on to the real end.
    unbounded = copy.copy(entry)
    unbounded.file_size = limits.file_bytes + CHUNK
    with opened.open(unbounded) as content:
        unpacker.take_file(name, entry.file_size, content)


def _name(entry: zipfile.ZipInfo) -> str:
    """Many tools write UTF-8 without saying so; what is no valid UTF-8 then is code page 437, as the standard says."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF_8_NAME:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name
