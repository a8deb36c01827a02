"""The entries of a tar archive (POSIX.1-2001 pax, GNU and ustar), plain or gzipped, read as a stream."""

import gzip
import tarfile
import zlib
from pathlib import Path

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.unpacking import CHUNK, Readable, Unpacker
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, Progress, RefusalReason

_HEADER_BYTES = 1024 * 1024
"""What the headers of one entry may take: `tarfile` reads long names and pax records whole into memory."""


class _Metered:
    """The unpacked stream, which gives out no more bytes than the present step may need."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._left = 0

    def allow(self, size: int) -> None:
        self._left = size + 2 * tarfile.RECORDSIZE

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise ArchiveTooLarge(
                RefusalReason.LYING_SIZE, f"The headers of one entry take more than {_HEADER_BYTES} bytes"
            )
        return data


def unpack_tar(archive: Path, unpacker: Unpacker, limits: ArchiveLimits, progress: Progress, *, gzipped: bool) -> None:
    """Feed all entries to the unpacker. Raises `ArchiveRefused` for what is damaged or neither file nor folder."""
    packed = archive.stat().st_size
    try:
        with archive.open("rb") as file:
            stream: Readable = gzip.GzipFile(fileobj=file) if gzipped else file
            metered = _Metered(stream)
            metered.allow(_HEADER_BYTES)
            with tarfile.open(fileobj=metered, mode="r|", encoding="utf-8", errors="surrogateescape") as opened:  # type: ignore[call-overload]  # of a file read as a stream, tarfile uses `read` alone
                count = 0
                while (entry := opened.next()) is not None:
                    unpacker.count_entries()
                    metered.allow(entry.size + _HEADER_BYTES)
                    _unpack_entry(opened, entry, unpacker)
                    # Whoever keeps all entries in memory, as tarfile does, pays for each of them.
                    opened.members = []
                    metered.allow(_HEADER_BYTES)
                    count += 1
                    if count % 100 == 0:
                        progress("unpacking", min(file.tell(), packed), packed)
            _expect_nothing_more(stream, limits)
            progress("unpacking", packed, packed)
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile, ValueError, OverflowError) as error:
        raise ArchiveRefused(RefusalReason.DAMAGED, f"The tar archive is damaged: {error}") from error


def _unpack_entry(opened: tarfile.TarFile, entry: tarfile.TarInfo, unpacker: Unpacker) -> None:
    if entry.isdir():
        unpacker.take_folder(entry.name)
    elif entry.isreg() and not entry.issparse():
        content = opened.extractfile(entry)
        if content is None:
            raise ArchiveRefused(RefusalReason.DAMAGED, "The tar archive is damaged", entry=ascii(entry.name))
        unpacker.take_file(entry.name, entry.size, content)
    elif entry.issym() or entry.islnk():
        raise ArchiveRefused(RefusalReason.LINK, "The archive holds a link", entry=ascii(entry.name))
    else:
        raise ArchiveRefused(
            RefusalReason.SPECIAL_FILE, "The archive holds a device, a pipe or a sparse file", entry=ascii(entry.name)
        )


def _expect_nothing_more(stream: Readable, limits: ArchiveLimits) -> None:
    """After the end mark there is only padding; reading to the end also checks gzip's check sum."""
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if chunk.strip(b"\0"):
            raise ArchiveRefused(RefusalReason.DAMAGED, "The tar archive goes on after its end")
        if size > limits.ratio_free_bytes:
            raise ArchiveTooLarge(RefusalReason.COMPRESSION_RATIO, "The tar archive ends in endless padding")
