"""Why an archive is not taken."""

from enum import StrEnum
from typing import Any

from lyceum.kernel.errors import LyceumError


class RefusalReason(StrEnum):
    """The stable names of reasons, given as the extension `reason` of the problem document."""

    UNKNOWN_FORMAT = "unknown-format"
    NOT_AN_ARCHIVE = "not-an-archive"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    PATH_TRAVERSAL = "path-traversal"
    ABSOLUTE_PATH = "absolute-path"
    BAD_NAME = "bad-name"
    NAME_NOT_UTF_8 = "name-not-utf-8"
    NAME_TOO_LONG = "name-too-long"
    TOO_DEEP = "too-deep"
    DUPLICATE_ENTRY = "duplicate-entry"
    LINK = "link"
    SPECIAL_FILE = "special-file"
    LYING_SIZE = "lying-size"
    ARCHIVE_TOO_LARGE = "archive-too-large"
    CONTENT_TOO_LARGE = "content-too-large"
    FILE_TOO_LARGE = "file-too-large"
    TOO_MANY_ENTRIES = "too-many-entries"
    TOO_MANY_NODES = "too-many-nodes"
    COMPRESSION_RATIO = "compression-ratio"
    COMPRESSION_METHOD = "compression-method"
    XML_ENTITIES = "xml-entities"
    XML_MALFORMED = "xml-malformed"
    XML_TOO_DEEP = "xml-too-deep"
    XML_TOO_LARGE = "xml-too-large"
    JSON_MALFORMED = "json-malformed"
    NOT_A_COURSE = "not-a-course"
    UNSUPPORTED_VERSION = "unsupported-version"
    INCONSISTENT = "inconsistent"


class ArchiveRefused(LyceumError):
    """The archive is broken, hostile or no course. Extensions: `reason` (a `RefusalReason`), and where it helps
    `entry` (the file inside the archive), `line`."""

    code = "course.archive-refused"
    title = "This archive cannot be imported"
    status = 422

    def __init__(self, reason: RefusalReason, detail: str, **extensions: Any) -> None:
        super().__init__(detail, reason=str(reason), **extensions)
        self.reason = reason


class ArchiveTooLarge(ArchiveRefused):
    """The archive, or something in it, passes a limit. Extensions beside `reason`: `limit`."""

    code = "course.archive-too-large"
    title = "This archive is too large"
    status = 413
