"""Reading Lyceum's own archive, which may come from a stranger like any other."""

import json
from collections.abc import Iterator

from pydantic import ValidationError

from lyceum.course.adapters.archive.document import ASSETS, DOCUMENT, FORMAT, AssetEntry, CourseDocument
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.domain.assets import asset_path
from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    ArchiveTooLarge,
    HtmlSanitiser,
    ImportedAsset,
    ImportedBlock,
    ImportedCourse,
    Progress,
    ReadCourse,
    RefusalReason,
    content_hash,
)
from lyceum.course.domain.importing.course import ImportedNode
from lyceum.kernel.errors import ValidationFailed

_FAMILY = FORMAT.partition("/")[0]


def is_lyceum(archive: UnpackedArchive) -> bool:
    """Whether the archive has the document at its root."""
    return DOCUMENT in archive


def read_lyceum(
    archive: UnpackedArchive, *, sanitiser: HtmlSanitiser, limits: ArchiveLimits, progress: Progress
) -> ReadCourse:
    """The course as it was exported. Its texts pass the sanitiser again: an archive can be written by anybody.

    Raises `ArchiveRefused` for another version, a document that breaks the rules, or content that is not what the
    hash in the document says.
    """
    document = _document(archive, limits)
    _check_nodes(document.course, limits)
    assets = tuple(_asset(entry, archive) for entry in document.assets)
    if len({asset.path for asset in assets}) != len(assets):
        raise _inconsistent("two assets share a path")
    if content_hash(document.course, assets) != document.content_hash:
        raise _inconsistent("its content is not what its hash says")
    ledger = Ledger()
    course = _Cleaner(sanitiser, ledger, progress).course(document.course)
    for asset in assets:
        ledger.imported("asset", asset.path)
    known = {DOCUMENT} | {f"{ASSETS}/{asset.sha256}" for asset in assets}
    for file in archive:
        if file.path not in known:
            ledger.dropped("document", file.path, "the course does not name it")
    return ReadCourse(format=ArchiveFormat.LYCEUM, course=course, assets=assets, report=ledger.report())


def _document(archive: UnpackedArchive, limits: ArchiveLimits) -> CourseDocument:
    file = archive.get(DOCUMENT)
    if file is None:
        raise ArchiveRefused(RefusalReason.NOT_A_COURSE, f"The archive holds no {DOCUMENT}")
    if file.size > limits.json_bytes:
        raise ArchiveTooLarge(
            RefusalReason.FILE_TOO_LARGE,
            f"{DOCUMENT} has more than {limits.json_bytes} bytes",
            entry=DOCUMENT,
            limit=limits.json_bytes,
        )
    data = file.read()
    try:
        head = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ArchiveRefused(
            RefusalReason.JSON_MALFORMED, f"{DOCUMENT} cannot be read as JSON", entry=DOCUMENT
        ) from error
    name = head.get("format") if isinstance(head, dict) else None
    if not isinstance(name, str) or name.partition("/")[0] != _FAMILY:
        raise ArchiveRefused(RefusalReason.UNKNOWN_FORMAT, f"{DOCUMENT} is not that of a Lyceum course", entry=DOCUMENT)
    if name != FORMAT:
        raise ArchiveRefused(
            RefusalReason.UNSUPPORTED_VERSION, f"The archive is {name[:40]}; only {FORMAT} can be read", entry=DOCUMENT
        )
    try:
        return CourseDocument.model_validate_json(data)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise _inconsistent(f"{where}: {fault['msg']}") from error


def _check_nodes(course: ImportedCourse, limits: ArchiveLimits) -> None:
    seen: set[str] = set()
    for node in _nodes(course):
        if node.source in seen:
            raise _inconsistent(f"two nodes have the source {node.source}")
        seen.add(node.source)
        if len(seen) > limits.nodes:
            raise ArchiveTooLarge(
                RefusalReason.TOO_MANY_NODES, f"The course has more than {limits.nodes} nodes", limit=limits.nodes
            )
    for node in _nodes(course):
        if not seen.issuperset(node.requires):
            raise _inconsistent(f"{node.source} requires a node that is not there")


def _nodes(course: ImportedCourse) -> Iterator[ImportedNode | ImportedBlock]:
    yield from course.sections
    yield from course.lessons()
    yield from course.pages()
    yield from course.blocks()


def _asset(entry: AssetEntry, archive: UnpackedArchive) -> ImportedAsset:
    try:
        asset_path(entry.path)
    except ValidationFailed as error:
        raise ArchiveRefused(
            RefusalReason.PATH_TRAVERSAL, "An asset has a path that leads elsewhere", entry=DOCUMENT
        ) from error
    file = archive.get(f"{ASSETS}/{entry.sha256}")
    if file is None or file.sha256 != entry.sha256 or file.size != entry.size:
        raise _inconsistent(f"the asset {entry.path} is missing or not what it should be")
    return ImportedAsset(
        path=entry.path, media_type=entry.media_type, size=file.size, sha256=file.sha256, open=file.open
    )


class _Cleaner:
    """Rebuilds a course with each text sanitised, and keeps the books."""

    def __init__(self, sanitiser: HtmlSanitiser, ledger: Ledger, progress: Progress) -> None:
        self._sanitiser = sanitiser
        self._ledger = ledger
        self._progress = progress

    def course(self, course: ImportedCourse) -> ImportedCourse:
        total = sum(1 for _ in course.pages())
        done = 0
        description = self._cleaned(course.description_html, "course", "course")
        sections = []
        for section in course.sections:
            self._ledger.imported("section", section.source)
            lessons = []
            for lesson in section.lessons:
                self._ledger.imported("lesson", lesson.source)
                pages = []
                for page in lesson.pages:
                    self._ledger.imported("page", page.source)
                    blocks = tuple(self._block(block) for block in page.blocks)
                    pages.append(page.model_copy(update={"blocks": blocks}))
                    done += 1
                    self._progress("reading", done, total)
                lessons.append(lesson.model_copy(update={"pages": tuple(pages)}))
            sections.append(section.model_copy(update={"lessons": tuple(lessons)}))
        return course.model_copy(update={"description_html": description, "sections": tuple(sections)})

    def _block(self, block: ImportedBlock) -> ImportedBlock:
        if block.kind != "rich_text":
            self._ledger.imported(block.kind, block.source)
            return block
        return block.model_copy(update={"html": self._cleaned(block.html, block.kind, block.source)})

    def _cleaned(self, html: str, kind: str, source: str) -> str:
        try:
            clean = self._sanitiser.clean(html)
        except ValidationFailed as error:
            raise _inconsistent(f"{source}: {error.detail}") from error
        removed = ", ".join(clean.removed)
        self._ledger.kept(kind, source, [f"removed {removed}"] if removed else [])
        return clean.html


def _inconsistent(fault: str) -> ArchiveRefused:
    return ArchiveRefused(RefusalReason.INCONSISTENT, f"The archive does not hold together: {fault[:500]}")
