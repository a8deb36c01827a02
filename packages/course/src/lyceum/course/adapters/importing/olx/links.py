"""What addresses in OLX texts mean."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from lyceum.course.adapters.importing.assets import AssetShelf
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.domain.importing import asset_reference, node_reference

STATIC = "static"
_STATIC = re.compile(r"(?:https?://[^/\s]+)?/?static/(?P<name>[^?#]+)")
_ASSET_KEY = re.compile(
    r"(?:https?://[^/\s]+)?/?(?:asset-v1:[^@\s]+@asset\+block[@/]|c4x/[^/]+/[^/]+/asset/)(?P<name>[^?#]+)"
)
_JUMP = re.compile(r"(?:\.\./)*/?(?:courses/[^?#]*/)?jump_to_id/(?P<name>[^/?#]+)")
_JUMP_TO_KEY = re.compile(r"(?:https?://[^/\s]+)?/(?:courses/[^?#]*/)?jump_to/[^?#]*(?:@|/)(?P<name>[^@/+?#]+)")
_OUTSIDE = re.compile(r"(?:https?:|mailto:|tel:|data:|//|#)", re.IGNORECASE)
_MENTION = re.compile(r"""(?:/static/|asset-v1:[^@\s"'<>]+@asset\+block[@/])[^\s"'<>\\)&?#]+""")
_UNSAFE = re.compile(r"[^\w.~-]")


class OlxLinks:
    """`Links` of one OLX archive. `pages` gives the section, lesson or page in which each url_name is found."""

    def __init__(self, shelf: AssetShelf, ledger: Ledger, asset_names: Mapping[str, str]) -> None:
        self._shelf = shelf
        self._ledger = ledger
        self._names = {_normal(path): path for path in asset_names.values()} | dict(asset_names)
        self.pages: dict[str, str] = {}

    def resolve(self, address: str, where: str) -> str | None:
        fragment = address.partition("#")[2]
        for form in (_STATIC, _ASSET_KEY):
            if found := form.fullmatch(address.partition("#")[0].partition("?")[0]):
                path = self.asset(found["name"], where)
                return None if path is None else asset_reference(path, fragment)
        for form in (_JUMP, _JUMP_TO_KEY):
            if found := form.match(address):
                return self._page(unquote(found["name"]), address, where)
        if _OUTSIDE.match(address):
            return address
        self._ledger.missing(address, where, "an address inside the platform that the course came from")
        return None

    def asset(self, name: str, where: str) -> str | None:
        """The path of the asset that `/static/<name>` means, or null, which the ledger knows then."""
        for candidate in (name, unquote(name)):
            for known in (f"{STATIC}/{candidate}", _normal(f"{STATIC}/{candidate}")):
                if known in self._names:
                    return self._shelf.use(self._names[known])
        self._ledger.missing(f"{STATIC}/{unquote(name)}", where, "the archive does not hold this file")
        return None

    def note_mentions(self, text: str, where: str) -> None:
        """Look up files that a text names anywhere, be it in a script or a style."""
        for mention in _MENTION.findall(text):
            self.resolve(mention, where)

    def _page(self, name: str, address: str, where: str) -> str | None:
        target = self.pages.get(name)
        if target is None:
            self._ledger.missing(address, where, "the course has no such place")
            return None
        return node_reference(target)


def _normal(path: str) -> str:
    """Open edX writes a file with the name that it was uploaded under and refers to it by a cleaned one."""
    return "/".join(_UNSAFE.sub("_", part) for part in path.split("/"))
