"""Taking HTML texts over: references are settled, frames become links, and the sanitiser has the last word."""

import re
from dataclasses import dataclass
from typing import Protocol

from lyceum.course.adapters.html_fragments import outline, parse_fragment, serialise_fragment
from lyceum.course.adapters.sanitising import MAX_DEPTH
from lyceum.course.adapters.xml_elements import Element, text_of
from lyceum.course.domain.importing import HtmlSanitiser
from lyceum.course.domain.importing.values import is_web_address
from lyceum.course.domain.values import MAX_HTML
from lyceum.kernel.errors import ValidationFailed

_WRAPPERS = frozenset({"div", "p", "span", "center", "section", "figure", "br"})
_FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
_ADDRESSES = ("href", "src", "poster", "data")
_MEANINGFUL = re.compile(r"<(?:img|audio|video|hr)\b")
_TAG = re.compile(r"<[^>]*>")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)


class UnreadableText(Exception):
    """The text cannot be taken over; the message says why."""


class Links(Protocol):
    """Knows what addresses inside the archive mean."""

    def resolve(self, address: str, where: str) -> str | None:
        """The address to use instead, or null where it leads nowhere, which the ledger knows then."""
        ...


@dataclass(frozen=True, slots=True)
class ImportedText:
    """`changes` completes "The text was changed: …"; `frame` is the http(s) address of the frame that was all there
    was; `is_empty` says that nothing is left to see."""

    html: str
    changes: tuple[str, ...]
    frame: str | None
    is_empty: bool


class TextReader:
    """Takes texts over with one sanitiser and one notion of links."""

    def __init__(self, sanitiser: HtmlSanitiser, links: Links) -> None:
        self._sanitiser = sanitiser
        self._links = links

    def read(self, html: str, where: str) -> ImportedText:
        """The text of the node or file `where`. Raises `UnreadableText`."""
        if len(html) > MAX_HTML:
            raise UnreadableText(f"it has more than {MAX_HTML} characters")
        if outline(html).depth > MAX_DEPTH:
            raise UnreadableText(f"its elements nest deeper than {MAX_DEPTH}")
        root = parse_fragment(html)
        changes = self._settle_addresses(root, where)
        frame = _sole_frame(root)
        changes += _frames_to_links(root)
        try:
            clean = self._sanitiser.clean(serialise_fragment(root))
        except ValidationFailed as error:
            raise UnreadableText(error.detail) from error
        if clean.removed:
            changes.append(f"removed {', '.join(clean.removed)}")
        return ImportedText(clean.html, tuple(changes), frame, _is_empty(clean.html))

    def _settle_addresses(self, root: Element, where: str) -> list[str]:
        changes: list[str] = []
        for element in root.iter():
            for name in _ADDRESSES:
                address = element.get(name)
                if address is None or not address.strip():
                    continue
                settled = self._links.resolve(address.strip(), where)
                if settled is None:
                    del element.attrib[name]
                    changes.append(f"a link to {_short(address)}, which is not there, was taken off")
                elif settled != address:
                    element.set(name, settled)
        return changes


def decode_html(data: bytes) -> str:
    """The text of an HTML file: by byte order mark, as UTF-8, or as it declares. Raises `UnreadableText`."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeError:
        declared = _CHARSET.search(data[:2048])
    try:
        if declared:
            return data.decode(declared[1].decode("ascii"))
    except (UnicodeError, LookupError):
        pass
    raise UnreadableText("it is neither UTF-8 nor in an encoding that it declares")


def _sole_frame(root: Element) -> str | None:
    frames = [element for element in root.iter() if element.tag == "iframe"]
    if len(frames) != 1:
        return None
    frame = frames[0]
    others = (element for element in root.iter() if element is not frame and element.getparent() is not None)
    if any(element.tag not in _WRAPPERS for element in others if element is not root):
        return None
    if text_of(root) != text_of(frame):
        return None
    address = _framed(frame.get("src") or "")
    return address if is_web_address(address) else None


def _frames_to_links(root: Element) -> list[str]:
    changes = []
    for element in list(root.iter(*_FRAMES)):
        address = _framed(element.get(_FRAMES[element.tag]) or "")
        changes.append(f"{element.tag} became a link" if address else f"{element.tag} was taken out")
        title = element.get("title") or address
        tail = element.tail
        for name in list(element.attrib):
            del element.attrib[name]
        for inner in list(element):
            element.remove(inner)
        element.tag = "a" if address else "span"
        element.text = title if address else None
        element.tail = tail
        if address:
            element.set("href", address)
    return changes


def _framed(address: str) -> str:
    return f"https:{address}" if address.startswith("//") else address


def _is_empty(html: str) -> bool:
    return not _MEANINGFUL.search(html) and not _TAG.sub("", html).replace("&nbsp;", " ").strip()


def _short(address: str) -> str:
    return address if len(address) <= 200 else address[:197] + "..."
