"""What services need from adapters to read and write courses. All calls block: services run them in a thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from lyceum.course.domain.importing.course import ImportedAsset, ImportedCourse
from lyceum.course.domain.importing.loss import LossReport


class ArchiveFormat(StrEnum):
    """The archives that Lyceum reads. It writes `lyceum` alone."""

    OLX = "olx"
    COMMON_CARTRIDGE = "common-cartridge"
    LYCEUM = "lyceum"


class Progress(Protocol):
    """Told about the work, often; it may raise to abandon it.

    Stages come in this order, each ending with `done == total`: `unpacking` (entries of a zip, bytes of a tar),
    `reading` (pages). A writer has one stage, `writing` (files).
    """

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def no_progress(_stage: str, _done: int, _total: int, /) -> None:
    """For callers who do not care."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadCourse:
    """What a reader made of an archive. The assets can be opened as long as the caller keeps the working folder."""

    format: ArchiveFormat
    course: ImportedCourse
    assets: tuple[ImportedAsset, ...]
    report: LossReport


class CourseReader(Protocol):
    """Makes a course out of an archive that may be hostile."""

    def read(
        self,
        archive: Path,
        *,
        folder: Path,
        format: ArchiveFormat | None = None,
        progress: Progress = no_progress,
    ) -> ReadCourse:
        """Unpack below `folder` (which the caller removes when it has read the assets) and read the course.

        Without `format`, the content of the archive decides. Raises `ArchiveRefused` or `ArchiveTooLarge`; whatever
        is raised, nothing is left below `folder`.
        """
        ...


class CourseWriter(Protocol):
    """Writes Lyceum's own archive."""

    def write(
        self,
        course: ImportedCourse,
        assets: Iterable[ImportedAsset],
        destination: Path,
        *,
        progress: Progress = no_progress,
    ) -> str:
        """Write the archive to `destination`, the same bytes for the same content. Returns the content hash.

        Raises `ValueError` for assets that share a path or whose bytes are not what they declare.
        """
        ...


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML that is safe to serve. `removed` names what it lost, each once and sorted: elements such as `script`, and
    attributes such as `@onclick` or `a@href`."""

    html: str
    removed: tuple[str, ...] = ()


class HtmlSanitiser(Protocol):
    """Keeps the HTML that course texts need and nothing that acts."""

    def clean(self, html: str) -> CleanHtml:
        """Sanitise a fragment. Cleaning what is clean already gives the same text and removes nothing.

        Raises `ValidationFailed` for text so long or so deeply nested that it would take too much to look at.
        """
        ...
