"""The manifest of a cartridge: its metadata (LOM), its outline, and its resources."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.unpacking import UnpackedArchive
from lyceum.course.adapters.importing.xml_documents import parse_xml
from lyceum.course.adapters.xml_elements import Element, child, children, local_name, text_of
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, RefusalReason

MANIFEST = "imsmanifest.xml"
_VERSION = re.compile(r"1\.[123](\.\d+)*")
_NAMESPACE = re.compile(r"/imsccv1p([0-9])/")
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


class ResourceKind(Enum):
    """What a resource is, by its type as the cartridge profiles define it."""

    WEB_CONTENT = auto()
    DISCUSSION = auto()
    WEB_LINK = auto()
    ASSESSMENT = auto()
    QUESTION_BANK = auto()
    LTI_LINK = auto()
    ASSIGNMENT = auto()
    LEARNING_APPLICATION = auto()
    UNKNOWN = auto()


_KINDS = (
    (re.compile(r"webcontent"), ResourceKind.WEB_CONTENT),
    (re.compile(r"imsdt_.*"), ResourceKind.DISCUSSION),
    (re.compile(r"imswl_.*"), ResourceKind.WEB_LINK),
    (re.compile(r"imsqti_.*/assessment"), ResourceKind.ASSESSMENT),
    (re.compile(r"imsqti_.*/question-bank"), ResourceKind.QUESTION_BANK),
    (re.compile(r"imsbasiclti_.*"), ResourceKind.LTI_LINK),
    (re.compile(r"assignment_xml.*"), ResourceKind.ASSIGNMENT),
    (re.compile(r"associatedcontent/.*"), ResourceKind.LEARNING_APPLICATION),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the outline. `url` is an address outside the cartridge, which only Canvas has."""

    identifier: str
    title: str
    resource: str | None = None
    children: tuple["Item", ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """`files` are paths in the archive; `href`, one of them or null, is where to begin. `stand_in_for` names the
    resource for which this one is only a substitute."""

    identifier: str
    type: str
    kind: ResourceKind
    href: str | None
    files: tuple[str, ...]
    dependencies: tuple[str, ...]
    stand_in_for: str | None
    for_instructors: bool
    has_metadata: bool

    @property
    def source(self) -> str:
        return f"resource/{self.identifier}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`title`, `description`, `language` and `rights` are empty where the metadata does not say. `other_parts` names
    what else the manifest holds."""

    title: str
    description: str
    language: str
    rights: str
    items: tuple[Item, ...]
    resources: tuple[Resource, ...]
    other_parts: tuple[str, ...]


def read_manifest(archive: UnpackedArchive, limits: ArchiveLimits) -> Manifest:
    """The manifest at the root of the archive.

    Raises `ArchiveRefused` where there is none, where it is broken, or where it is no Common Cartridge 1.1 to 1.3.
    """
    file = archive.get(MANIFEST)
    if file is None:
        raise ArchiveRefused(RefusalReason.NOT_A_COURSE, f"The archive holds no {MANIFEST}")
    root = parse_xml(file.read(), MANIFEST, limits)
    _check_version(root)
    count = sum(1 for _ in root.iter())
    if count > limits.nodes * 4:
        raise ArchiveTooLarge(
            RefusalReason.TOO_MANY_NODES, "The manifest has too many elements", entry=MANIFEST, limit=limits.nodes * 4
        )
    lom = child(root, "metadata", "lom")
    general = child(lom, "general")
    known = {"metadata", "organizations", "resources"}
    return Manifest(
        title=_string(child(general, "title")),
        description=_string(child(general, "description")),
        language=text_of(child(general, "language")),
        rights=_string(child(lom, "rights", "description")),
        items=tuple(_items(child(root, "organizations", "organization"))),
        resources=tuple(_resources(root)),
        other_parts=(
            *(local_name(part) for part in root if local_name(part) not in known),
            *(f"lom/{local_name(part)}" for part in (lom if lom is not None else ()) if local_name(part) != "general"),
        ),
    )


def _check_version(root: Element) -> None:
    schema = text_of(child(root, "metadata", "schema"))
    version = text_of(child(root, "metadata", "schemaversion"))
    namespace = _NAMESPACE.search(root.tag)
    if "scorm" in schema.lower():
        raise ArchiveRefused(
            RefusalReason.UNKNOWN_FORMAT, "This is a SCORM package, which cannot be imported as a course"
        )
    if local_name(root) != "manifest" or not (namespace or "common cartridge" in schema.lower()):
        raise ArchiveRefused(RefusalReason.UNKNOWN_FORMAT, f"{MANIFEST} is not that of a Common Cartridge")
    if not _VERSION.fullmatch(version or (f"1.{namespace[1]}" if namespace else "")):
        raise ArchiveRefused(
            RefusalReason.UNSUPPORTED_VERSION,
            f"Common Cartridge {version[:20] or 'of an unknown version'} cannot be imported, only 1.1 to 1.3",
        )


def _string(element: Element | None) -> str:
    """The first `string` of a LOM text, which may come in several languages."""
    found = child(element, "string")
    return text_of(found if found is not None else element)


def _items(holder: Element | None) -> Iterator[Item]:
    for number, element in enumerate(children(holder, "item") if holder is not None else (), 1):
        yield Item(
            identifier=element.get("identifier")
            or f"{holder.get('identifier') if holder is not None else ''}.{number}",
            title=text_of(child(element, "title")),
            resource=element.get("identifierref"),
            children=tuple(_items(element)),
        )


def _resources(root: Element) -> Iterator[Resource]:
    holder = child(root, "resources")
    if holder is None:
        return
    outer = posixpath.join(root.get(_XML_BASE) or "", holder.get(_XML_BASE) or "")
    seen: set[str] = set()
    for number, element in enumerate(children(holder, "resource"), 1):
        identifier = (element.get("identifier") or f"resource-{number}")[:200]
        while identifier in seen:
            identifier += "~"
        seen.add(identifier)
        yield _resource(element, identifier, posixpath.join(outer, element.get(_XML_BASE) or ""))


def _resource(element: Element, identifier: str, base: str) -> Resource:
    kind = element.get("type") or ""
    href = element.get("href")
    files = dict.fromkeys(_path(base, file.get("href") or "") for file in children(element, "file"))
    begin = _path(base, href) if href else None
    if begin:
        files.setdefault(begin)
    variant = child(element, "variant")
    roles = [text_of(role).lower() for role in element.iter() if local_name(role) == "intendedEndUserRole"]
    return Resource(
        identifier=identifier,
        type=kind,
        kind=next((known for form, known in _KINDS if form.fullmatch(kind)), ResourceKind.UNKNOWN),
        href=begin,
        files=tuple(file for file in files if file),
        dependencies=tuple(found.get("identifierref") or "" for found in children(element, "dependency")),
        stand_in_for=variant.get("identifierref") if variant is not None else None,
        has_metadata=child(element, "metadata", "lom") is not None,
        for_instructors=bool(roles) and not any("learner" in role or "student" in role for role in roles),
    )


def _path(base: str, href: str) -> str:
    """The path in the archive that a reference of the manifest means; empty where it leads out of it."""
    path = posixpath.normpath(posixpath.join(base, unquote(href.partition("?")[0])))
    return "" if path == "." or path.partition("/")[0] in ("", "..") else path
