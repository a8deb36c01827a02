"""Foreign XML, read without entities, document types or network."""

from collections.abc import Iterator, MutableMapping
from copy import deepcopy
from html import escape
from typing import Protocol, Self, cast

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own

MAX_XML = 4_000_000
"""Characters of one problem or assessment."""


class Element(Protocol):
    """The part of an lxml element that importers use. Comments and processing instructions never come up."""

    tag: str
    text: str | None
    tail: str | None

    @property
    def attrib(self) -> MutableMapping[str, str]: ...
    def __iter__(self) -> Iterator[Self]: ...
    def __getitem__(self, index: int, /) -> Self: ...
    def find(self, name: str, /) -> Self | None: ...
    def get(self, name: str, /) -> str | None: ...
    def getparent(self) -> Self | None: ...
    def getprevious(self) -> Self | None: ...
    def index(self, child: Self, /) -> int: ...
    def iter(self, *names: str) -> Iterator[Self]: ...
    def iterancestors(self, *names: str) -> Iterator[Self]: ...
    def iterchildren(self, *names: str) -> Iterator[Self]: ...
    def itertext(self) -> Iterator[str]: ...
    def remove(self, child: Self, /) -> None: ...


class Unreadable(Exception):
    """The XML cannot be read; the message says why."""


def parse_xml(content: str) -> Element:
    """The root element, comments and processing instructions left out and names without their namespace.

    Raises `Unreadable`. A document type is refused whatever it says: none of the formats needs one, and attacks do.
    """
    if len(content) > MAX_XML:
        raise Unreadable(f"The XML has more than {MAX_XML} characters")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content.encode(), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise Unreadable(f"The XML is not well-formed: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("The XML declares a document type, which is not accepted")
    element: Element = cast(Element, root)
    for each in element.iter():
        each.tag = each.tag.rpartition("}")[2]
    return element


def inner_html(element: Element) -> str:
    """What is inside the element, as HTML."""
    return escape(element.text or "", quote=False) + "".join(map(outer_html, element))


def outer_html(element: Element) -> str:
    """The element and the text after it, as HTML."""
    return str(etree.tostring(element, method="html", encoding="unicode"))


def plain_text(element: Element, without: str | None = None) -> str:
    """The text in the element, white space made single, leaving out elements of that name."""
    copy = deepcopy(element)
    for part in list(find_all(copy, without)) if without else ():
        remove(part)
    return " ".join("".join(copy.itertext()).split())


def remove(element: Element) -> None:
    """Take the element out and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def find_all(element: Element, *names: str) -> Iterator[Element]:
    """The elements with these names at any depth below, in document order."""
    for each in element.iter(*names):
        if each is not element:
            yield each
