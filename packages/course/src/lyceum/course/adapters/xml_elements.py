"""Walking XML and HTML trees, with types."""

from collections.abc import Iterator, MutableMapping
from typing import Protocol, Self

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own


class Element(Protocol):
    """The part of an lxml element that importers use. Comments and processing instructions never come up."""

    tag: str
    text: str | None
    tail: str | None

    @property
    def attrib(self) -> MutableMapping[str, str]: ...
    @property
    def sourceline(self) -> int | None: ...
    def __iter__(self) -> Iterator[Self]: ...
    def __len__(self) -> int: ...
    def get(self, name: str, default: str = ..., /) -> str | None: ...
    def set(self, name: str, value: str, /) -> None: ...
    def iter(self, *tags: str) -> Iterator[Self]: ...
    def itertext(self) -> Iterator[str]: ...
    def getparent(self) -> Self | None: ...
    def getprevious(self) -> Self | None: ...
    def remove(self, child: Self, /) -> None: ...
    def append(self, child: Self, /) -> None: ...


def local_name(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    """The child elements of this local name, whatever their namespace."""
    return (child for child in element if local_name(child) == name)


def child(element: Element | None, *path: str) -> Element | None:
    """The element at the end of a path of local names, taking the first child of each name; null where it ends."""
    for name in path:
        element = next(children(element, name), None) if element is not None else None
    return element


def text_of(element: Element | None) -> str:
    """All text inside, stripped; empty for null."""
    return "" if element is None else "".join(element.itertext()).strip()


def inner_markup(element: Element) -> str:
    """What stands between the element's tags, as XML."""
    parts = [_escaped(element.text or "")]
    parts += [etree.tostring(inner, encoding="unicode") for inner in element]
    return "".join(parts)


def markup(element: Element) -> str:
    """The element as XML."""
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
