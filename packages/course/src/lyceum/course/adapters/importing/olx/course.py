"""Reading an OLX archive."""

from lyceum.course.adapters.importing.assets import AssetShelf
from lyceum.course.adapters.importing.languages import language_tag
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.olx.context import OlxContext
from lyceum.course.adapters.importing.olx.drafts import place_drafts
from lyceum.course.adapters.importing.olx.library import library_as_course
from lyceum.course.adapters.importing.olx.links import STATIC, OlxLinks
from lyceum.course.adapters.importing.olx.policies import Policy, read_policy, report_grading
from lyceum.course.adapters.importing.olx.settings import flag, moment, report_leftovers, title_of
from lyceum.course.adapters.importing.olx.structure import StructureBuilder, fill_gaps
from lyceum.course.adapters.importing.olx.surroundings import (
    read_about,
    read_tabs,
    report_asset_lists,
    report_beside_the_outline,
    report_course_information,
)
from lyceum.course.adapters.importing.olx.tree import OlxFiles, OlxNode, TreeLoader, definition_path
from lyceum.course.adapters.importing.texts import TextReader
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.adapters.importing.xml_documents import parse_xml
from lyceum.course.adapters.xml_elements import local_name
from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    HtmlSanitiser,
    ImportedCourse,
    Progress,
    ReadCourse,
    RefusalReason,
)

_ROOTS = ("course.xml", "library.xml")
_USED = frozenset(
    ["display_name", "language", "start", "end", "course_image", "self_paced", "org", "course", "library", "license"]
)


def olx_folder(archive: UnpackedArchive) -> str | None:
    """The folder in which the course lies (empty for the archive's root), or null where there is none."""
    candidates = [file.path for file in archive if file.path.count("/") <= 1 and file.path.rpartition("/")[2] in _ROOTS]
    return min(candidates, key=lambda path: (path.count("/"), path)).rpartition("/")[0] if candidates else None


def read_olx(
    archive: UnpackedArchive, *, sanitiser: HtmlSanitiser, limits: ArchiveLimits, progress: Progress
) -> ReadCourse:
    """The course in an OLX archive, or the content library in one, as a course of one section.

    Raises `ArchiveRefused` where chapters, sequentials or verticals cannot be read.
    """
    folder = olx_folder(archive)
    if folder is None:
        raise ArchiveRefused(RefusalReason.NOT_A_COURSE, "The archive holds neither course.xml nor library.xml")
    inner = archive.below(folder)
    ledger = Ledger()
    files = OlxFiles(inner, ledger)
    shelf = AssetShelf(file for file in inner if file.path.startswith(f"{STATIC}/"))
    links = OlxLinks(shelf, (file.path for file in inner if file.path.startswith(f"{STATIC}/")), ledger)
    context = OlxContext(files, ledger, links, TextReader(sanitiser, links), limits)

    root, run, policy, tabs = _load(context)
    node = library_as_course(root, ledger) if root.tag == "library" else root
    fill_gaps(node)
    course = _course(node, run, tabs, context, progress)
    _report_unused_policies(policy, run, root, ledger)
    report_grading(run, files, ledger, limits)
    report_course_information(context)
    report_asset_lists(context)
    assets = shelf.close(ledger)
    _report_rest(archive, folder, ledger)
    return ReadCourse(format=ArchiveFormat.OLX, course=course, assets=assets, report=ledger.report())


def _load(context: OlxContext) -> tuple[OlxNode, str, Policy, object]:
    path = next(name for name in _ROOTS if name in context.files.archive)
    data = context.files.read(path)
    element = parse_xml(data or b"", path, context.limits)
    if f"{local_name(element)}.xml" != path:
        raise ArchiveRefused(RefusalReason.NOT_A_COURSE, f"{path} does not hold a course", entry=path)
    run = element.get("url_name") or "course"
    policy, tabs = read_policy(run, context.files, context.ledger, context.limits)
    loader = TreeLoader(context.files, policy, context.ledger, context.limits)
    root = loader.load(element, run)
    if root is None or root.fault is not None:
        missing = definition_path(local_name(element), run)
        raise ArchiveRefused(RefusalReason.NOT_A_COURSE, f"{missing} is not in the archive", entry=missing)
    place_drafts(root, context.files, loader, context.ledger, context.limits)
    return root, run, policy, tabs


def _course(node: OlxNode, run: str, tabs: object, context: OlxContext, progress: Progress) -> ImportedCourse:
    pages = _places(node, context.links)
    done = 0

    def page_done() -> None:
        nonlocal done
        done += 1
        progress("reading", done, pages)

    progress("reading", 0, pages)
    builder = StructureBuilder(context, page_done)
    context.ledger.imported("course", node.source)
    report_leftovers(node, _USED, context.ledger)
    about = read_about(context)
    sections = [builder.section(child) for child in node.children if child.tag == "chapter"]
    report_beside_the_outline(node, context)
    more = read_tabs(run, tabs, context)
    image = node.attributes.get("course_image")
    return ImportedCourse(
        title=title_of(node, "Untitled course"),
        language=language_tag(node.attributes.get("language")),
        summary=about.summary,
        description_html=about.description_html,
        organisation=node.attributes.get("org") or None,
        code=node.attributes.get("course") or node.attributes.get("library") or None,
        run=run,
        licence=node.attributes.get("license") or None,
        image=context.links.asset(image, node.source) if image else None,
        self_paced=flag(node, "self_paced") if "self_paced" in node.attributes else None,
        starts_at=moment(node.attributes.get("start")),
        ends_at=moment(node.attributes.get("end")),
        sections=tuple(sections if more is None else [*sections, more]),
    )


def _places(course: OlxNode, links: OlxLinks) -> int:
    """Tell the links where everything is. Returns the number of pages."""
    pages = 0
    for section in course.children:
        for lesson in section.children if section.tag == "chapter" else ():
            for page in lesson.children if lesson.tag == "sequential" else ():
                pages += 1
                for inner in page.walk():
                    links.pages.setdefault(inner.url_name, page.source)
            links.pages.setdefault(lesson.url_name, lesson.source)
        links.pages.setdefault(section.url_name, section.source)
    return pages


def _report_unused_policies(policy: Policy, run: str, root: OlxNode, ledger: Ledger) -> None:
    known = {node.source for node in root.walk()}
    for source in policy:
        if source not in known:
            ledger.dropped("setting", f"policies/{run}/policy.json#{source}", "the course has no such element")


def _report_rest(archive: UnpackedArchive, folder: str, ledger: Ledger) -> None:
    prefix = f"{folder}/" if folder else ""
    for file in archive:
        if not file.path.startswith(prefix):
            ledger.dropped("document", file.path, "it lies outside the folder of the course")
        elif not ledger.is_accounted(file.path[len(prefix) :]):
            ledger.dropped("document", file.path[len(prefix) :], "nothing in the course leads to it")
