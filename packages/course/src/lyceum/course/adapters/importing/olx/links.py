"""What addresses in OLX texts mean."""

import re
from collections.abc import Iterable
from urllib.parse import unquote

from lyceum.course.adapters.importing.assets import AssetShelf
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.domain.importing import asset_reference, node_reference

STATIC = "static"
_STATIC = re.compile(r"/?static/(?P<name>[^?#]+)")
_ASSET_KEY = re.compile(r"/?(?:asset-v1:[^@\s/]+@asset\+block[@/]|c4x/[^/]+/[^/]+/asset/)(?P<name>[^?#]+)")
_JUMP = re.compile(r"(?:\.\./)*/?(?:courses/[^?#]*/)?jump_to_id/(?P<name>[^/?#]+)")
_JUMP_TO_KEY = re.compile(r"/(?:courses/[^?#]*/)?jump_to/[^?#]*(?:@|/)(?P<name>[^@/+?#]+)")
_HOST = re.compile(r"(?:https?:)?//[^/?#\s]+", re.IGNORECASE)
_OWN = re.compile(r"(?:asset|node):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)
_MENTION = re.compile(r"""(?<![\w.-])(?:/static/|/?asset-v1:[^@\s"'<>/]+@asset\+block[@/])[^\s"'<>\\)&?#]+""")
_UNSAFE = re.compile(r"[^\w.~-]")


class OlxLinks:
    """`Links` of one OLX archive. `pages` gives the section, lesson or page in which each url_name is found."""

    def __init__(self, shelf: AssetShelf, paths: Iterable[str], ledger: Ledger) -> None:
        self._shelf = shelf
        self._ledger = ledger
        self._paths = list(paths)
        self._names = {_normal(path): path for path in self._paths} | {path: path for path in self._paths}
        self.pages: dict[str, str] = {}

    def resolve(self, address: str, where: str) -> str | None:
        host = _HOST.match(address)
        if host is not None:
            return self._from_elsewhere(address, address[host.end() :])
        path, _, fragment = address.partition("#")
        for form in (_STATIC, _ASSET_KEY):
            if found := form.fullmatch(path.partition("?")[0]):
                asset = self.asset(found["name"], where)
                return None if asset is None else asset_reference(asset, fragment)
        for form in (_JUMP, _JUMP_TO_KEY):
            if found := form.match(address):
                return self._page(unquote(found["name"]), address, where)
        if _SCHEME.match(address) and not _OWN.match(address):
            return address
        self._ledger.missing(address[:400], where, "an address inside the platform that the course came from")
        return None

    def _from_elsewhere(self, address: str, path: str) -> str:
        """Addresses of another host stay, save those of what the archive itself holds."""
        if found := _ASSET_KEY.fullmatch(path.partition("#")[0].partition("?")[0]):
            known = self.find(found["name"])
            return address if known is None else asset_reference(self._shelf.use(known))
        for form in (_JUMP, _JUMP_TO_KEY):
            if (found := form.match(path)) and unquote(found["name"]) in self.pages:
                return node_reference(self.pages[unquote(found["name"])])
        return address

    def find(self, name: str) -> str | None:
        """The path of the file that `/static/<name>` means, or null."""
        for candidate in (name, unquote(name)):
            for known in (f"{STATIC}/{candidate}", _normal(f"{STATIC}/{candidate}")):
                if known in self._names:
                    return self._names[known]
        return None

    def asset(self, name: str, where: str) -> str | None:
        """The asset that `/static/<name>` means, or null, which the ledger knows then."""
        path = self.find(name)
        if path is not None:
            return self._shelf.use(path)
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
