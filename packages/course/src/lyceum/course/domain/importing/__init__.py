"""A course on its way in or out: what importers make, what exporters take, and what was lost on the way."""

from lyceum.course.domain.importing.blocks import (
    Caption,
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ProblemBlock,
    RichTextBlock,
    VideoBlock,
    VideoSource,
)
from lyceum.course.domain.importing.canonical import canonical_json, content_hash
from lyceum.course.domain.importing.course import (
    ImportedAsset,
    ImportedCourse,
    ImportedLesson,
    ImportedPage,
    ImportedSection,
    Visibility,
)
from lyceum.course.domain.importing.errors import ArchiveRefused, ArchiveTooLarge, RefusalReason
from lyceum.course.domain.importing.gateways import (
    ArchiveFormat,
    CleanHtml,
    CourseReader,
    CourseWriter,
    HtmlSanitiser,
    Progress,
    ReadCourse,
    no_progress,
)
from lyceum.course.domain.importing.loss import KindCounts, LossItem, LossReport, Outcome
from lyceum.course.domain.importing.references import (
    Reference,
    asset_reference,
    node_reference,
    parse_reference,
    rewrite_references,
)

__all__ = [
    "ArchiveFormat",
    "ArchiveRefused",
    "ArchiveTooLarge",
    "Caption",
    "CleanHtml",
    "CourseReader",
    "CourseWriter",
    "EmbedBlock",
    "FileBlock",
    "HtmlSanitiser",
    "ImportedAsset",
    "ImportedBlock",
    "ImportedCourse",
    "ImportedLesson",
    "ImportedPage",
    "ImportedSection",
    "KindCounts",
    "LossItem",
    "LossReport",
    "Outcome",
    "ProblemBlock",
    "Progress",
    "ReadCourse",
    "Reference",
    "RefusalReason",
    "RichTextBlock",
    "VideoBlock",
    "VideoSource",
    "Visibility",
    "asset_reference",
    "canonical_json",
    "content_hash",
    "no_progress",
    "node_reference",
    "parse_reference",
    "rewrite_references",
]
