"""Reading a course from an archive of any format that Lyceum knows."""

import shutil
import tempfile
from pathlib import Path

from pydantic import ValidationError

from lyceum.course.adapters.archive.reading import is_lyceum, read_lyceum
from lyceum.course.adapters.importing.archive import unpack
from lyceum.course.adapters.importing.common_cartridge import is_cartridge, read_cartridge
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.olx import olx_folder, read_olx
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.adapters.importing.xml_documents import MalformedXml, xml_text
from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    HtmlSanitiser,
    Progress,
    ReadCourse,
    RefusalReason,
    no_progress,
)

_READERS = {
    ArchiveFormat.OLX: read_olx,
    ArchiveFormat.COMMON_CARTRIDGE: read_cartridge,
    ArchiveFormat.LYCEUM: read_lyceum,
}


class ArchiveCourseReader:
    """A `CourseReader` for files on disk."""

    def __init__(self, sanitiser: HtmlSanitiser, limits: ArchiveLimits | None = None) -> None:
        self._sanitiser = sanitiser
        self._limits = limits or ArchiveLimits()

    def read(
        self,
        archive: Path,
        *,
        folder: Path,
        format: ArchiveFormat | None = None,
        progress: Progress = no_progress,
    ) -> ReadCourse:
        place = Path(tempfile.mkdtemp(prefix="course-", dir=folder))
        try:
            unpacked = unpack(archive, place, self._limits, progress)
            _refuse_entities(unpacked, self._limits)
            reader = _READERS[format or _recognised(unpacked)]
            return reader(unpacked, sanitiser=self._sanitiser, limits=self._limits, progress=progress)
        except ValidationError as error:
            shutil.rmtree(place, ignore_errors=True)
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"]))
            raise ArchiveRefused(
                RefusalReason.INCONSISTENT, f"The course in the archive breaks a rule at {where}: {fault['msg']}"
            ) from error
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


def _recognised(archive: UnpackedArchive) -> ArchiveFormat:
    if is_lyceum(archive):
        return ArchiveFormat.LYCEUM
    if is_cartridge(archive):
        return ArchiveFormat.COMMON_CARTRIDGE
    if olx_folder(archive) is not None:
        return ArchiveFormat.OLX
    raise ArchiveRefused(
        RefusalReason.UNKNOWN_FORMAT,
        "The archive is neither an Open edX course, nor a Common Cartridge, nor a Lyceum archive",
    )


def _refuse_entities(archive: UnpackedArchive, limits: ArchiveLimits) -> None:
    """Entities are an attack wherever they are, also in documents that nothing leads to."""
    for file in archive:
        if file.path.lower().endswith((".xml", ".qti")):
            try:
                xml_text(file.read(), file.path, limits)
            except MalformedXml:
                continue  # whoever needs this document says so; the report names the others
