"""What Canvas puts into `course_settings/` of the cartridges that it writes."""

from dataclasses import dataclass, field

from lyceum.course.adapters.importing.common_cartridge.manifest import Item
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.adapters.importing.xml_documents import MalformedXml, parse_xml
from lyceum.course.adapters.xml_elements import Element, child, children, local_name, text_of

FOLDER = "course_settings"
_MODULES = f"{FOLDER}/module_meta.xml"
_COURSE = f"{FOLDER}/course_settings.xml"
_SYLLABUS = f"{FOLDER}/syllabus.html"
_UNPUBLISHED = "unpublished"
_USED_SETTINGS = frozenset(
    ["title", "course_code", "start_at", "conclude_at", "license", "locale", "image_identifier_ref"]
)
_USED_OF_MODULE = frozenset({"title", "workflow_state", "position", "items"})
_USED_OF_ITEM = frozenset(
    ["title", "workflow_state", "position", "content_type", "identifierref", "url", "indent", "new_tab"]
)
_REASONS = {
    "assignmentGroup": "there are no groups of assignments",
    "event": "there is no calendar",
    "externalFeed": "there are no feeds",
    "file": "names of files come from the files themselves",
    "folder": "files have no folders with settings of their own",
    "gradingStandard": "there are no grading schemes yet",
    "latePolicy": "there are no late policies",
    "learningOutcome": "there are no learning outcomes yet",
    "learningOutcomeGroup": "there are no learning outcomes yet",
    "media": "captions of media on Canvas's servers are not in the cartridge",
    "rubric": "there are no rubrics yet",
}


@dataclass(frozen=True, slots=True)
class CanvasSettings:
    """`values` are the settings of the course by name; `hidden` the identifiers of modules and items that were not
    published; `outline` the modules, for a cartridge whose organisation is empty; `urls` the addresses that items lead
    to, and `tools` which of these are LTI tools; `syllabus` the path of its text."""

    values: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    outline: tuple[Item, ...] = ()
    urls: dict[str, str] = field(default_factory=dict)
    tools: frozenset[str] = frozenset()
    syllabus: str | None = None


def read_canvas(archive: UnpackedArchive, ledger: Ledger, limits: ArchiveLimits) -> CanvasSettings:
    """All of `course_settings/`: what means something here, and a line for each thing that does not."""
    values: dict[str, str] = {}
    hidden: set[str] = set()
    tools: set[str] = set()
    modules: list[Item] = []
    for file in archive:
        if not file.path.startswith(f"{FOLDER}/") or file.path == _SYLLABUS:
            continue
        ledger.account_for(file.path)
        if not file.path.endswith(".xml"):
            ledger.dropped("document", file.path, "a mark of Canvas without meaning for a course")
            continue
        try:
            root = parse_xml(file.read(), file.path, limits)
        except MalformedXml as error:
            ledger.dropped("document", file.path, error.detail)
            continue
        if file.path == _COURSE:
            values = _course(root, ledger)
        elif file.path == _MODULES:
            modules = [_module(element, hidden, tools, ledger) for element in children(root, "module")]
            ledger.changed("document", file.path, "the outline comes from it; what else it says has lines of its own")
        else:
            _report_parts(file.path, root, ledger)
    return CanvasSettings(
        values=values,
        hidden=frozenset(hidden),
        outline=tuple(modules),
        urls={item.identifier: item.url for module in modules for item in module.children if item.url},
        tools=frozenset(tools),
        syllabus=_SYLLABUS if _SYLLABUS in archive else None,
    )


def is_unpublished(element: Element | None) -> bool:
    """Whether the `workflow_state` inside says that learners must not see it."""
    return text_of(child(element, "workflow_state")) == _UNPUBLISHED


def _course(root: Element, ledger: Ledger) -> dict[str, str]:
    ledger.changed("document", _COURSE, "each of its settings that means nothing here has a line of its own")
    values = {}
    for element in root:
        name, value = local_name(element), text_of(element)
        if name in _USED_SETTINGS:
            values[name] = value
        elif value or len(element):
            ledger.dropped("setting", f"{_COURSE}#{name}", "there is no such setting here")
    return values


def _module(element: Element, hidden: set[str], tools: set[str], ledger: Ledger) -> Item:
    identifier = element.get("identifier") or ""
    if is_unpublished(element):
        hidden.add(identifier)
    _report_settings(identifier, element, _USED_OF_MODULE, ledger)
    items = []
    holder = child(element, "items")
    for inner in children(holder, "item") if holder is not None else ():
        name = inner.get("identifier") or ""
        if is_unpublished(inner):
            hidden.add(name)
        if text_of(child(inner, "content_type")) == "ContextExternalTool":
            tools.add(name)
        _report_settings(name, inner, _USED_OF_ITEM, ledger)
        items.append(
            Item(
                identifier=name,
                title=text_of(child(inner, "title")),
                resource=text_of(child(inner, "identifierref")) or None,
                url=text_of(child(inner, "url")) or None,
            )
        )
    return Item(identifier=identifier, title=text_of(child(element, "title")), children=tuple(items))


def _report_settings(identifier: str, element: Element, used: frozenset[str], ledger: Ledger) -> None:
    for setting in element:
        name = local_name(setting)
        if name not in used and text_of(setting) not in ("", "false"):
            ledger.dropped("setting", f"item/{identifier}#{name}", "there is no such setting here")


def _report_parts(path: str, root: Element, ledger: Ledger) -> None:
    parts = [inner for holder in root for inner in (holder if local_name(holder) in ("files", "folders") else [holder])]
    for number, part in enumerate(parts, 1):
        name = local_name(part)
        reason = _REASONS.get(name, f"there is nothing like {name} here")
        ledger.dropped(name, f"{path}#{part.get('identifier') or number}", reason)
    ledger.dropped("document", path, "each of its parts has a line of its own" if parts else "it is empty")
