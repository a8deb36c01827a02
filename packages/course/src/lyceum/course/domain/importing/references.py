"""References inside a course's own texts.

`asset:<path>` names a file of the course and `node:<source>` a section, lesson, page or block, both percent-encoded
(RFC 3986), either with a `#fragment`. They are stored as they are and become addresses only when a page is served.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

_REFERENCE = re.compile(r"\b(asset|node):([A-Za-z0-9%/._~!$&()*+,;=@:-]+)(#[A-Za-z0-9%/._~!$&()*+,;=@:?-]*)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """One parsed reference. `fragment` comes without its `#`."""

    kind: Literal["asset", "node"]
    target: str
    fragment: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{quote(self.target, safe='/@+')}" + (f"#{self.fragment}" if self.fragment else "")


def asset_reference(path: str, fragment: str = "") -> str:
    """The reference to a file of the course."""
    return str(Reference("asset", path, fragment))


def node_reference(source: str, fragment: str = "") -> str:
    """The reference to a node of the course."""
    return str(Reference("node", source, fragment))


def parse_reference(text: str) -> Reference | None:
    """The reference that the whole of `text` is, or null."""
    match = _REFERENCE.fullmatch(text.strip())
    return _reference(match) if match else None


def rewrite_references(html: str, rewrite: Callable[[Reference], str]) -> str:
    """The HTML with each reference that stands in an attribute replaced by what `rewrite` makes of it.

    `rewrite` returns text that is safe inside a quoted attribute; text outside attributes is left alone.
    """
    return _IN_ATTRIBUTE.sub(lambda match: match[1] + _rewritten(match[2], rewrite) + match[3], html)


# The optional backslash: HTML inside JSON text has its quotes escaped.
_IN_ATTRIBUTE = re.compile(r"""(\s(?:href|src|poster)=\\?["'])((?:asset|node):[^"'<>\\]*)(\\?["'])""", re.IGNORECASE)


def _rewritten(text: str, rewrite: Callable[[Reference], str]) -> str:
    reference = parse_reference(text)
    return text if reference is None else rewrite(reference)


def _reference(match: re.Match[str]) -> Reference:
    kind: Literal["asset", "node"] = "asset" if match[1] == "asset" else "node"
    return Reference(kind, unquote(match[2]), (match[3] or "")[1:])
