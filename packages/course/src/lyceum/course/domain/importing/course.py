"""An imported course: sections, lessons, pages and blocks, and the files beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from lyceum.course.domain.importing.blocks import ImportedBlock
from lyceum.course.domain.importing.values import (
    Html,
    ImportedValue,
    Moment,
    Requirements,
    Source,
    Storable,
    Summary,
    Title,
)
from lyceum.course.ports.structure import ContainerRule


class Visibility(StrEnum):
    """Who sees a node. `hidden`: its authors kept it from learners; `draft`: it was never published at its origin."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    DRAFT = "draft"


class ImportedNode(ImportedValue):
    """What sections, lessons and pages have in common.

    `source` identifies the node within its archive and is stable from one export of the same course to the next; it is
    unique in the course, whatever the kind. `graded` and `grading_label` ("Homework") are what the origin meant to
    count; `optional` never blocks completion. `completion` is null where the archive leaves it to Lyceum; `requires`
    has the sources of nodes that must be done first.
    """

    source: Source
    title: Title
    visibility: Visibility = Visibility.VISIBLE
    optional: bool = False
    graded: bool = False
    grading_label: Storable | None = None
    starts_at: Moment | None = None
    due_at: Moment | None = None
    completion: ContainerRule | None = None
    requires: Requirements = ()


class ImportedPage(ImportedNode):
    """An OLX vertical, or a leaf of a cartridge's organisation."""

    blocks: tuple[ImportedBlock, ...] = ()


class ImportedLesson(ImportedNode):
    """An OLX sequential, or a sub-header's items in a cartridge."""

    pages: tuple[ImportedPage, ...] = ()


class ImportedSection(ImportedNode):
    """An OLX chapter, or a top-level module of a cartridge."""

    lessons: tuple[ImportedLesson, ...] = ()


class ImportedCourse(ImportedValue):
    """A whole course. Null means that the archive says nothing about it.

    `organisation`, `code` and `run` are the origin's names, for showing only; `image` is the path of an asset;
    `language` is BCP 47; `licence` is text or a URL; `summary` is plain text.
    """

    title: Title
    language: Storable | None = None
    summary: Summary = ""
    description_html: Html = ""
    organisation: Storable | None = None
    code: Storable | None = None
    run: Storable | None = None
    licence: Storable | None = None
    image: Storable | None = None
    self_paced: bool | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    sections: tuple[ImportedSection, ...] = ()

    def lessons(self) -> Iterator[ImportedLesson]:
        """All lessons, in order."""
        for section in self.sections:
            yield from section.lessons

    def pages(self) -> Iterator[ImportedPage]:
        """All pages, in order."""
        for lesson in self.lessons():
            yield from lesson.pages

    def blocks(self) -> Iterator[ImportedBlock]:
        """All blocks, in order."""
        for page in self.pages():
            yield from page.blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedAsset:
    """A file that belongs to a course.

    `path` is relative with `/` between its parts and is what `asset:` references name; `size` counts bytes; `sha256` is
    in hexadecimal. `open` gives a new readable stream of the bytes on each call, while the place they lie in is there.
    """

    path: str
    media_type: str
    size: int
    sha256: str
    open: Callable[[], BinaryIO] = field(compare=False, repr=False)
