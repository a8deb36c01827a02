"""What addresses in the texts of a cartridge mean."""

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote

from lyceum.course.adapters.importing.assets import AssetShelf
from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.domain.importing import asset_reference, node_reference

_TOKEN = re.compile(r"(?:\$|%24)([A-Z][A-Z_-]+)(?:\$|%24)/?(.*)", re.DOTALL)
_FILE_BASES = frozenset({"IMS-CC-FILEBASE", "IMS_CC_FILEBASE"})
_OWN = re.compile(r"(?:asset|node):", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_WEB_RESOURCES = "web_resources"


class CartridgeLinks:
    """`Links` of one cartridge; `where` is the path of the file that the text is in.

    `places` gives the node for each identifier and short name that links use, `pages` for each HTML file.
    """

    def __init__(self, shelf: AssetShelf, ledger: Ledger) -> None:
        self._shelf = shelf
        self._ledger = ledger
        self.places: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def resolve(self, address: str, where: str) -> str | None:
        token = _TOKEN.match(address)
        if token is not None:
            path, fragment = _path_and_fragment(token[2])
            if token[1] in _FILE_BASES:
                return self._file(path, fragment, where, address)
            return self._place(path, address, where)
        if _OWN.match(address) or (address.startswith("/") and not address.startswith("//")):
            self._ledger.missing(address[:400], where, "an address inside the platform that the course came from")
            return None
        if _SCHEME.match(address):
            return address
        path, fragment = _path_and_fragment(address)
        return self._file(path, fragment, where, address)

    def file(self, path: str, where: str) -> str | None:
        """The asset that a path means, as seen from the file `where`; null where there is none, which is noted."""
        path = _path_and_fragment(_without_token(path))[0]
        for candidate in _candidates(path, where):
            if candidate in self._shelf:
                return self._shelf.use(candidate)
        self._ledger.missing(path[:400], where, "the archive does not hold this file")
        return None

    def _file(self, path: str, fragment: str, where: str, address: str) -> str | None:
        for candidate in _candidates(path, where):
            if candidate in self.pages:
                return node_reference(self.pages[candidate])
            if candidate in self._shelf:
                return asset_reference(self._shelf.use(candidate), fragment)
        self._ledger.missing(path[:400] or address[:400], where, "the archive does not hold this file")
        return None

    def _place(self, path: str, address: str, where: str) -> str | None:
        """`pages/<short name>`, `modules/<identifier>`, `file_ref/<identifier>` and their like."""
        name = path.rstrip("/").rpartition("/")[2]
        if name in self.places:
            return node_reference(self.places[name])
        if name in self.files:
            return asset_reference(self._shelf.use(self.files[name]))
        self._ledger.missing(address[:400], where, "the cartridge has no such place")
        return None


_EMBEDDED = re.compile(r"""(?P<before>\b(?:src|href|data)\s*=\s*)(?P<quote>["'])(?P<address>[^"'<>]*)(?P=quote)""")


def settle_embedded(html: str, settle: Callable[[str], str | None]) -> str:
    """The HTML with each address in it settled; what leads nowhere is emptied. For HTML that somebody else cleans."""

    def settled(match: re.Match[str]) -> str:
        address = match["address"].replace("&amp;", "&").strip()
        new = settle(address) if address else ""
        return f"{match['before']}{match['quote']}{(new or '').replace('&', '&amp;')}{match['quote']}"

    return _EMBEDDED.sub(settled, html)


def _without_token(path: str) -> str:
    token = _TOKEN.match(path)
    return token[2] if token else path


def _path_and_fragment(address: str) -> tuple[str, str]:
    before, _, fragment = address.partition("#")
    return unquote(before.partition("?")[0]), fragment


def _candidates(path: str, where: str) -> list[str]:
    """Where the file may lie: beside the text, at the root, or where Canvas keeps all files."""
    paths = [path, path.removeprefix("files/")]
    folders = [posixpath.dirname(where), "", _WEB_RESOURCES]
    return [posixpath.normpath(posixpath.join(folder, each)) for each in paths for folder in folders]
