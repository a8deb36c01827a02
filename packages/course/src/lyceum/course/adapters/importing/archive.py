"""Opening an archive, whatever kind it is."""

from pathlib import Path

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.spool import Spool
from lyceum.course.adapters.importing.tar_entries import unpack_tar
from lyceum.course.adapters.importing.unpacking import UnpackedArchive, Unpacker
from lyceum.course.adapters.importing.zip_entries import unpack_zip
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, Progress, RefusalReason, no_progress

_TAR_MAGIC_OFFSET = 257


def unpack(archive: Path, folder: Path, limits: ArchiveLimits, progress: Progress = no_progress) -> UnpackedArchive:
    """Unpack a zip, tar or gzipped tar archive into an empty folder; its first bytes decide which it is.

    Raises `ArchiveRefused` and `ArchiveTooLarge`; whoever calls removes the folder then.
    """
    size = archive.stat().st_size
    if size > limits.archive_bytes:
        raise ArchiveTooLarge(
            RefusalReason.ARCHIVE_TOO_LARGE,
            f"The archive has {size} bytes, more than {limits.archive_bytes}",
            limit=limits.archive_bytes,
        )
    with archive.open("rb") as file:
        start = file.read(_TAR_MAGIC_OFFSET + 5)
    with Spool(folder / "content") as spool:
        unpacker = Unpacker(spool, size, limits)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            unpack_zip(archive, unpacker, limits, progress)
        elif start.startswith(b"\x1f\x8b"):
            unpack_tar(archive, unpacker, limits, progress, gzipped=True)
        elif start[_TAR_MAGIC_OFFSET:] == b"ustar":
            unpack_tar(archive, unpacker, limits, progress, gzipped=False)
        else:
            raise ArchiveRefused(RefusalReason.NOT_AN_ARCHIVE, "The file is neither a zip nor a (gzipped) tar archive")
    return unpacker.finish()
