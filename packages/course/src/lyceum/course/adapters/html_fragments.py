"""Fragments of HTML as trees, through lxml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own
from lxml import html as lxml_html

from lyceum.course.adapters.xml_elements import Element

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_DOCUMENT_TAGS = re.compile(r"</?(?:html|head|body)(?:\s[^<>]*)?>|<!doctype[^<>]*>", re.IGNORECASE)
"""They have no place in a fragment, and a closing one would end it early."""


@dataclass(slots=True)
class FragmentOutline:
    """What a text is made of, as its start tags say: nothing is repaired, left out or cut off."""

    tags: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str, str]] = field(default_factory=set)
    depth: int = 0
    most_attributes: int = 0


class _Observer:
    """The target of an event-driven parse (the method names are lxml's)."""

    def __init__(self) -> None:
        self.seen = FragmentOutline()
        self._open = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.seen.tags.add(tag)
        self.seen.attributes.update((tag, name, value) for name, value in attributes.items())
        self.seen.most_attributes = max(self.seen.most_attributes, len(attributes))
        if tag not in _VOID:
            self._open += 1
            self.seen.depth = max(self.seen.depth, self._open)

    def end(self, tag: str) -> None:
        if tag not in _VOID:
            self._open -= 1

    def data(self, text: str) -> None:
        """Text does not matter here."""

    def close(self) -> FragmentOutline:
        return self.seen


def outline(html: str) -> FragmentOutline:
    """The elements and attributes of a text, in time proportional to its length."""
    if not html.strip():
        return FragmentOutline()
    parser = etree.HTMLParser(target=_Observer(), encoding="utf-8", huge_tree=True)
    seen: FragmentOutline = etree.fromstring(_bytes(html), parser)
    return seen


def parse_fragment(html: str) -> Element:
    """The text as a tree below a `div` that is not part of it. Of a whole document, what its head and body hold."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    document = lxml_html.document_fromstring(
        _bytes(f"<html><body>{_DOCUMENT_TAGS.sub('', html)}</body></html>"), parser=parser
    )
    root: Element = document.find("body")
    root.tag = "div"
    return root


def serialise_fragment(root: Element) -> str:
    """What stands inside the root, as HTML. The opposite of `parse_fragment`."""
    whole = str(lxml_html.tostring(root, encoding="unicode", with_tail=False))
    return whole[whole.index(">") + 1 : whole.rindex("</")]


def _bytes(html: str) -> bytes:
    return html.replace("\x00", "").encode("utf-8", "replace")
