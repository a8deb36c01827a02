"""Reading a Common Cartridge."""

from datetime import UTC, datetime

from lyceum.course.adapters.importing.assets import AssetShelf
from lyceum.course.adapters.importing.common_cartridge.canvas import FOLDER, CanvasSettings, read_canvas
from lyceum.course.adapters.importing.common_cartridge.context import CartridgeContext
from lyceum.course.adapters.importing.common_cartridge.links import CartridgeLinks
from lyceum.course.adapters.importing.common_cartridge.manifest import (
    MANIFEST,
    Manifest,
    ResourceKind,
    read_manifest,
)
from lyceum.course.adapters.importing.common_cartridge.outline import OutlinePlanner, SectionPlan
from lyceum.course.adapters.importing.common_cartridge.pages import HTML_SUFFIXES, build_page, unknown_type
from lyceum.course.adapters.importing.languages import language_tag
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.texts import TextReader, UnreadableText, decode_html
from lyceum.course.adapters.importing.titles import clip
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.domain.importing import (
    ArchiveFormat,
    HtmlSanitiser,
    ImportedCourse,
    ImportedLesson,
    ImportedSection,
    Progress,
    ReadCourse,
    Visibility,
)
from lyceum.course.domain.values import MAX_SUMMARY

_WITH_FILES = frozenset({ResourceKind.WEB_CONTENT, ResourceKind.LEARNING_APPLICATION, ResourceKind.UNKNOWN})
_DESCRIPTORS = (".xml", ".qti")
_PLAIN = frozenset({ResourceKind.WEB_CONTENT, ResourceKind.UNKNOWN})


def is_cartridge(archive: UnpackedArchive) -> bool:
    """Whether the archive has a manifest at its root; what kind of manifest, reading it tells."""
    return MANIFEST in archive


def read_cartridge(
    archive: UnpackedArchive, *, sanitiser: HtmlSanitiser, limits: ArchiveLimits, progress: Progress
) -> ReadCourse:
    """The course in a cartridge. Raises `ArchiveRefused` where the manifest is not that of a cartridge 1.1 to 1.3."""
    ledger = Ledger()
    manifest = read_manifest(archive, limits)
    ledger.account_for(MANIFEST)
    canvas = read_canvas(archive, ledger, limits)
    title = clip(manifest.title or canvas.values.get("title", ""), "Untitled course")
    ledger.imported("course", MANIFEST)
    for part in manifest.other_parts:
        if part == "lom/rights" and manifest.rights:
            ledger.imported("setting", f"{MANIFEST}#{part}", "it is the licence of the course")
        else:
            ledger.dropped("setting", f"{MANIFEST}#{part}", f"there is nothing like {part} here")

    stand_ins = _stand_ins(manifest)
    page_files = _page_files(archive, manifest, stand_ins)
    plain = {path for resource in manifest.resources if resource.kind in _PLAIN for path in resource.files}
    shelf = AssetShelf(
        file
        for file in archive
        if file.path not in page_files
        and file.path not in stand_ins
        and not file.path.startswith(f"{FOLDER}/")
        and (file.path in plain or not file.path.endswith(_DESCRIPTORS))
    )
    links = CartridgeLinks(shelf, ledger)
    context = CartridgeContext(archive, ledger, links, TextReader(sanitiser, links), limits)
    plans = OutlinePlanner(manifest, canvas, ledger).plan(title, page_files)
    _tell_places(plans, manifest, shelf, links)

    sections = _sections(plans, context, progress)
    course = _course(title, manifest, canvas, sections, context)
    _report_resources(manifest, plans, stand_ins, context)
    named = {path for resource in manifest.resources for path in resource.files}
    assets = shelf.close(ledger, kept=named)
    for file in archive:
        if not ledger.is_accounted(file.path):
            ledger.dropped("document", file.path, "nothing in the course leads to it")
    return ReadCourse(format=ArchiveFormat.COMMON_CARTRIDGE, course=course, assets=assets, report=ledger.report())


def _stand_ins(manifest: Manifest) -> frozenset[str]:
    """Files that are only there for platforms which do not know the better form of the same thing."""
    known = {resource.identifier for resource in manifest.resources}
    return frozenset(
        path for resource in manifest.resources if resource.stand_in_for in known for path in resource.files
    )


def _page_files(archive: UnpackedArchive, manifest: Manifest, stand_ins: frozenset[str]) -> frozenset[str]:
    """The HTML files that are the beginning of a resource."""
    return frozenset(
        resource.href
        for resource in manifest.resources
        if resource.kind in _WITH_FILES
        and resource.href is not None
        and resource.href in archive
        and resource.href.endswith(HTML_SUFFIXES)
        and resource.href not in stand_ins
        and not resource.href.startswith(f"{FOLDER}/")
    )


def _tell_places(plans: list[SectionPlan], manifest: Manifest, shelf: AssetShelf, links: CartridgeLinks) -> None:
    for section in plans:
        links.places.setdefault(section.source.removeprefix("item/"), section.source)
        for page in section.pages():
            links.places.setdefault(page.source.removeprefix("item/"), page.source)
            if page.resource is None:
                continue
            links.places.setdefault(page.resource.identifier, page.source)
            if page.resource.href:
                links.pages.setdefault(page.resource.href, page.source)
                name = page.resource.href.rpartition("/")[2].rpartition(".")[0]
                links.places.setdefault(name, page.source)
    for resource in manifest.resources:
        if resource.href and resource.href in shelf:
            links.files.setdefault(resource.identifier, resource.href)


def _sections(plans: list[SectionPlan], context: CartridgeContext, progress: Progress) -> tuple[ImportedSection, ...]:
    total = sum(1 for plan in plans for _ in plan.pages())
    done = 0
    progress("reading", done, total)
    sections = []
    for plan in plans:
        context.ledger.kept("section", plan.source, [plan.change] if plan.change else [])
        lessons = []
        for lesson in plan.lessons:
            context.ledger.kept("lesson", lesson.source, [lesson.change] if lesson.change else [])
            pages = []
            for page in lesson.pages:
                pages.append(build_page(page, context))
                done += 1
                progress("reading", done, total)
            title = clip(lesson.title, "Lesson")
            lessons.append(
                ImportedLesson(source=lesson.source, title=title, optional=lesson.optional, pages=tuple(pages))
            )
        sections.append(
            ImportedSection(
                source=plan.source,
                title=clip(plan.title, "Section"),
                visibility=Visibility.HIDDEN if plan.hidden else Visibility.VISIBLE,
                optional=plan.optional,
                lessons=tuple(lessons),
            )
        )
    return tuple(sections)


def _course(
    title: str,
    manifest: Manifest,
    canvas: CanvasSettings,
    sections: tuple[ImportedSection, ...],
    context: CartridgeContext,
) -> ImportedCourse:
    image = context.links.files.get(canvas.values.get("image_identifier_ref", ""))
    return ImportedCourse(
        title=title,
        language=language_tag(manifest.language or canvas.values.get("locale")),
        summary=_summary(manifest, context),
        description_html=_syllabus(canvas, context),
        code=canvas.values.get("course_code") or None,
        licence=manifest.rights or canvas.values.get("license") or None,
        image=context.links.file(image, MANIFEST) if image else None,
        starts_at=_moment(canvas.values.get("start_at")),
        ends_at=_moment(canvas.values.get("conclude_at")),
        sections=sections,
    )


def _summary(manifest: Manifest, context: CartridgeContext) -> str:
    if len(manifest.description) > MAX_SUMMARY:
        context.ledger.changed("setting", f"{MANIFEST}#description", f"cut to {MAX_SUMMARY} characters")
    return manifest.description[:MAX_SUMMARY]


def _syllabus(canvas: CanvasSettings, context: CartridgeContext) -> str:
    data = context.bytes_of(canvas.syllabus)
    if canvas.syllabus is None or data is None:
        return ""
    try:
        text = context.texts.read(decode_html(data), canvas.syllabus)
    except UnreadableText as error:
        context.ledger.dropped("syllabus", canvas.syllabus, str(error))
        return ""
    context.ledger.changed(
        "syllabus", canvas.syllabus, "; ".join(["it is the description of the course", *text.changes])
    )
    return text.html


def _report_resources(
    manifest: Manifest, plans: list[SectionPlan], stand_ins: frozenset[str], context: CartridgeContext
) -> None:
    """A line for each resource that is neither a page nor only files, and for each file that is not there."""
    placed = {page.resource.identifier for plan in plans for page in plan.pages() if page.resource is not None}
    for resource in manifest.resources:
        for path in resource.files:
            if path not in context.archive:
                context.ledger.missing(path, MANIFEST, "the archive does not hold this file")
        if resource.has_metadata:
            context.ledger.dropped("setting", f"{resource.source}#metadata", "only the course has metadata")
        if resource.identifier in placed:
            continue
        if stand_ins.intersection(resource.files):
            for path in resource.files:
                context.ledger.account_for(path)
            reason = f"it only stands in for {resource.stand_in_for}, which was taken"
            context.ledger.dropped("resource", resource.source, reason)
        elif resource.kind is ResourceKind.UNKNOWN:
            context.ledger.changed("resource", resource.source, unknown_type(resource))
        elif resource.kind is not ResourceKind.WEB_CONTENT:
            context.ledger.changed("resource", resource.source, "its files have lines of their own")


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
