"""From the items of a cartridge to the sections, lessons and pages that will be, before any text is read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lyceum.course.adapters.importing.common_cartridge.canvas import CanvasSettings
from lyceum.course.adapters.importing.common_cartridge.manifest import Item, Manifest, Resource, ResourceKind
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.domain.importing.values import is_web_address

_MORE = "more-content"
_PAGES_OF_THEIR_OWN = frozenset(
    [
        ResourceKind.DISCUSSION,
        ResourceKind.WEB_LINK,
        ResourceKind.ASSESSMENT,
        ResourceKind.QUESTION_BANK,
        ResourceKind.LTI_LINK,
        ResourceKind.ASSIGNMENT,
    ]
)


@dataclass(slots=True)
class PagePlan:
    """A page to be made of a resource or of an address, which may be that of an LTI tool. `change` says why it is not
    as it was; empty where it is."""

    source: str
    title: str
    resource: Resource | None = None
    url: str | None = None
    is_tool: bool = False
    hidden: bool = False
    optional: bool = False
    change: str = ""


@dataclass(slots=True)
class LessonPlan:
    source: str
    title: str
    pages: list[PagePlan] = field(default_factory=list)
    optional: bool = False
    change: str = ""


@dataclass(slots=True)
class SectionPlan:
    source: str
    title: str
    lessons: list[LessonPlan] = field(default_factory=list)
    hidden: bool = False
    optional: bool = False
    change: str = ""

    def pages(self) -> Iterator[PagePlan]:
        for lesson in self.lessons:
            yield from lesson.pages


class OutlinePlanner:
    """Plans each resource once: an item that names one a second time is dropped."""

    def __init__(self, manifest: Manifest, canvas: CanvasSettings, ledger: Ledger) -> None:
        self._manifest = manifest
        self._canvas = canvas
        self._ledger = ledger
        self._resources: Mapping[str, Resource] = {resource.identifier: resource for resource in manifest.resources}
        self._placed: set[str] = set()
        self._sources: set[str] = set()

    def plan(self, course_title: str, page_files: frozenset[str]) -> list[SectionPlan]:
        """All sections. `page_files` are the HTML files that can be pages."""
        items = _modules(self._manifest.items, self._ledger)
        if not any(item.children or item.resource for item in items):
            items = self._canvas.outline
        sections = list(self._sections(items, course_title))
        more = self._more(course_title, page_files, has_outline=bool(sections))
        return [*sections, more] if more.lessons else sections

    def _sections(self, items: Iterable[Item], course_title: str) -> Iterator[SectionPlan]:
        loose: list[Item] = []
        for item in items:
            if item.children:
                if loose:
                    yield self._loose_section(loose, course_title)
                    loose = []
                yield self._section(item)
            else:
                loose.append(item)
        if loose:
            yield self._loose_section(loose, course_title)

    def _loose_section(self, items: list[Item], title: str) -> SectionPlan:
        source = self._unique(f"section-of/{items[0].identifier}")
        section = SectionPlan(source, title, change="made for items that stand in no module")
        section.lessons = self._lessons(Item(source, title, children=tuple(items)))
        return section

    def _section(self, item: Item) -> SectionPlan:
        section = SectionPlan(self._unique(f"item/{item.identifier}"), item.title or "Section")
        section.lessons = self._lessons(item)
        if item.identifier in self._canvas.hidden:
            section.hidden = True
            section.change = "it was not published at its origin, so it is hidden"
        return section

    def _lessons(self, item: Item) -> list[LessonPlan]:
        lessons: list[LessonPlan] = []
        current: LessonPlan | None = None

        def direct() -> LessonPlan:
            nonlocal current
            if current is None:
                source = self._unique(f"item/{item.identifier}#lesson")
                current = LessonPlan(source, item.title or "Lesson", change="made for items directly in the module")
                lessons.append(current)
            return current

        if item.resource:
            self._add_page(item, direct().pages)
        for inner in item.children:
            if inner.children:
                lesson = LessonPlan(self._unique(f"item/{inner.identifier}"), inner.title or "Lesson")
                lessons.append(lesson)
                self._flatten(inner, lesson.pages)
                current = None
            elif inner.resource or self._address(inner)[0]:
                self._add_page(inner, direct().pages)
            else:
                current = LessonPlan(self._unique(f"item/{inner.identifier}"), inner.title or "Lesson")
                lessons.append(current)
        return lessons

    def _flatten(self, folder: Item, pages: list[PagePlan]) -> None:
        if folder.resource:
            self._add_page(folder, pages)
        for inner in folder.children:
            if inner.children:
                self._ledger.changed(
                    "folder", self._unique(f"item/{inner.identifier}"), "its items stand in the lesson around it"
                )
                self._flatten(inner, pages)
            elif inner.resource or self._address(inner)[0]:
                self._add_page(inner, pages)
            else:
                self._ledger.dropped(
                    "heading", self._unique(f"item/{inner.identifier}"), "a heading inside a lesson has no page"
                )

    def _add_page(self, item: Item, pages: list[PagePlan]) -> None:
        suffix = "#page" if item.children else ""
        source = self._unique(f"item/{item.identifier}{suffix}")
        url, is_tool = self._address(item)
        hidden = item.identifier in self._canvas.hidden
        resource = self._resources.get(item.resource or "")
        if resource is None:
            if url is None or not is_web_address(url):
                self._ledger.dropped("page", source, f"the manifest has no resource {(item.resource or '')[:200]}")
                return
        elif resource.identifier in self._placed:
            self._ledger.dropped("page", source, "what it shows stands in the course already, at its first place")
            return
        else:
            self._placed.add(resource.identifier)
        change = "it was not published at its origin, so it is hidden" if hidden else ""
        pages.append(PagePlan(source, item.title, resource, url, is_tool, hidden=hidden, change=change))

    def _address(self, item: Item) -> tuple[str | None, bool]:
        """The address that an item leads to, and whether it is that of a tool. Canvas's manifest names the item of its
        own outline where other platforms name a resource."""
        for name in (item.identifier, item.resource or ""):
            if name in self._canvas.urls:
                return self._canvas.urls[name], name in self._canvas.tools
        return item.url, False

    def _more(self, course_title: str, page_files: frozenset[str], *, has_outline: bool) -> SectionPlan:
        change = "made for what stands in no module" if has_outline else "the cartridge has no outline"
        title = "More content" if has_outline else course_title
        section = SectionPlan(_MORE, title, optional=has_outline, change=change)
        lesson = LessonPlan(f"{_MORE}#lesson", title, optional=has_outline, change=change)
        for resource in self._manifest.resources:
            if resource.identifier in self._placed or resource.stand_in_for in self._resources:
                continue
            if resource.kind in _PAGES_OF_THEIR_OWN or resource.href in page_files:
                source = f"page/{resource.identifier}"
                lesson.pages.append(
                    PagePlan(source, "", resource, optional=has_outline, change="it stands in no module")
                )
        if lesson.pages:
            section.lessons.append(lesson)
        return section

    def _unique(self, source: str) -> str:
        source = source[:380]
        while source in self._sources:
            source += "~"
        self._sources.add(source)
        return source


def _modules(items: tuple[Item, ...], ledger: Ledger) -> tuple[Item, ...]:
    """Cartridges have one item without a title at the root of the organisation, which holds the modules."""
    if len(items) == 1 and not items[0].title and not items[0].resource:
        ledger.imported("organization", f"item/{items[0].identifier}", "the root of the outline")
        return items[0].children
    return items
