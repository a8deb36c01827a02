"""The tree of an OLX course: each element, with its definition fetched from the file that it points to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.adapters.importing.xml_documents import MalformedXml, parse_xml
from lyceum.course.adapters.xml_elements import Element, local_name
from lyceum.course.domain.importing import ArchiveTooLarge, RefusalReason

STRUCTURE = {"course": "course", "chapter": "section", "sequential": "lesson", "vertical": "page"}
"""OLX's words for the levels, and Lyceum's."""
CONTAINERS = frozenset(
    ["library", "library_content", "itembank", "randomize", "split_test", "conditional", "wrapper", "group", "unit"]
)
"""Elements inside a page that hold further components."""
_MAX_DEPTH = 30
"""Far more levels than a course has; it also ends chains of pointers that some hand has made long."""
_POINTER_ATTRIBUTES = frozenset({"url_name", "slug", "org", "course", "filename"})


class OlxFiles:
    """The files of an OLX archive; what was never published lies below `drafts/` and comes first for draft nodes."""

    def __init__(self, archive: UnpackedArchive, ledger: Ledger) -> None:
        self.archive = archive
        self._ledger = ledger

    def read(self, path: str, *, draft: bool = False) -> bytes | None:
        """The bytes of a file, which is accounted for then; null where there is none."""
        file = (self.archive.get(f"drafts/{path}") if draft else None) or self.archive.get(path)
        if file is None:
            return None
        self._ledger.account_for(file.path)
        return file.read()


@dataclass(slots=True)
class OlxNode:
    """One element. `attributes` are those of the pointer, the definition and the policy, the later winning; `fault`
    says why there is no definition."""

    tag: str
    url_name: str
    element: Element
    attributes: dict[str, str]
    children: list["OlxNode"] = field(default_factory=list)
    fault: str | None = None
    draft: bool = False

    @property
    def source(self) -> str:
        return f"{self.tag}/{self.url_name}"

    def walk(self) -> Iterator["OlxNode"]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class TreeLoader:
    """Loads each element once: what stands in a course twice is kept at its first place."""

    def __init__(
        self, files: OlxFiles, policies: Mapping[str, Mapping[str, str]], ledger: Ledger, limits: ArchiveLimits
    ) -> None:
        self._files = files
        self._policies = policies
        self._ledger = ledger
        self._limits = limits
        self._seen: set[str] = set()

    def load(self, element: Element, fallback_name: str, *, draft: bool = False, depth: int = 1) -> OlxNode | None:
        """The node of an element and all below it; null for what stands in the course already.

        Raises `MalformedXml` for a broken chapter, sequential or vertical: without them there is no course.
        """
        tag = local_name(element)
        url_name = (element.get("url_name") or element.get("slug") or fallback_name)[:200]
        source = f"{tag}/{url_name}"
        if source in self._seen:
            self._ledger.dropped(kind_of(tag), source, "stands in the course more than once; kept at its first place")
            return None
        self._count(source, depth)
        definition, fault = self._definition(element, tag, url_name, draft)
        attributes = {**element.attrib, **definition.attrib, **self._policies.get(source, {})}
        node = OlxNode(tag, url_name, definition, attributes, fault=fault, draft=draft)
        if tag in STRUCTURE or tag in CONTAINERS:
            for position, inner in enumerate(definition):
                name = f"{url_name}-{local_name(inner)}-{position}"
                child = self.load(inner, name, draft=draft, depth=depth + 1)
                if child is not None:
                    node.children.append(child)
        return node

    def _count(self, source: str, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise ArchiveTooLarge(RefusalReason.TOO_DEEP, f"{source} nests too deeply", entry=source, limit=_MAX_DEPTH)
        self._seen.add(source)
        if len(self._seen) > self._limits.nodes:
            limit = self._limits.nodes
            raise ArchiveTooLarge(
                RefusalReason.TOO_MANY_NODES, f"The course has more than {limit} elements", limit=limit
            )

    def _definition(self, element: Element, tag: str, url_name: str, draft: bool) -> tuple[Element, str | None]:
        if not _is_pointer(element):
            return element, None
        path = definition_path(tag, url_name)
        data = self._files.read(path, draft=draft)
        filename = element.get("filename")
        if data is None and filename is not None:
            path = definition_path(tag, filename)
            data = self._files.read(path, draft=draft)
        if data is None:
            return element, f"{path} is not in the archive"
        try:
            root = parse_xml(data, path, self._limits)
        except MalformedXml as error:
            if tag in STRUCTURE:
                raise
            return element, error.detail
        if local_name(root) != tag:
            return element, f"{path} holds a {local_name(root)}, not a {tag}"
        return root, None


def definition_path(tag: str, name: str) -> str:
    """Where the definition of an element lies. A colon in a name stands for a folder."""
    return f"{tag}/{name.replace(':', '/')}.xml"


def kind_of(tag: str) -> str:
    """The kind of an element in the loss report."""
    return STRUCTURE.get(tag) or ("rich_text" if tag == "html" else tag)


def _is_pointer(element: Element) -> bool:
    bare = len(element) == 0 and not (element.text or "").strip()
    return bare and element.get("url_name") is not None and set(element.attrib) <= _POINTER_ATTRIBUTES
