"""The files of an archive that become assets of the course."""

import mimetypes
from collections.abc import Container, Iterable

from lyceum.course.adapters.importing.ledger import Ledger
from lyceum.course.adapters.importing.unpacking import UnpackedFile
from lyceum.course.domain.importing import ImportedAsset

_TYPES = mimetypes.MimeTypes()
"""Python's own table, not the machine's, so that the same archive gives the same course everywhere."""
for _suffix, _type in (
    (".srt", "application/x-subrip"),
    (".sjson", "application/json"),
    (".vtt", "text/vtt"),
    (".webp", "image/webp"),
    (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (".epub", "application/epub+zip"),
    (".md", "text/markdown"),
):
    _TYPES.add_type(_type, _suffix)

_ACTIVE = frozenset({"text/html", "application/xhtml+xml", "text/javascript", "application/javascript", "text/css"})


class AssetShelf:
    """All files that become assets, and which of them something refers to. Paths are those of the archive."""

    def __init__(self, files: Iterable[UnpackedFile]) -> None:
        self._files = {file.path: file for file in files}
        self._used: set[str] = set()

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def use(self, path: str) -> str:
        """Note that the course refers to this file. Returns the path that it has as an asset."""
        self._used.add(path)
        return self._asset_path(path)

    def close(self, ledger: Ledger, kept: Container[str] | None = None) -> tuple[ImportedAsset, ...]:
        """All assets, each with its item. What nothing refers to stays if it is in `kept`, or if that is null."""
        assets = []
        for file in self._files.values():
            if file.path in self._used or kept is None or file.path in kept:
                assets.append(self._shelved(file, ledger))
            else:
                ledger.account_for(file.path)
                ledger.dropped("asset", file.path, "neither the manifest nor anything in the course names it")
        return tuple(assets)

    def _shelved(self, file: UnpackedFile, ledger: Ledger) -> ImportedAsset:
        ledger.account_for(file.path)
        asset = ImportedAsset(
            path=self._asset_path(file.path),
            media_type=media_type(file.path),
            size=file.size,
            sha256=file.sha256,
            open=file.open,
        )
        changes = []
        if asset.path != file.path:
            changes.append(f"its name is {asset.path} now")
        if asset.media_type in _ACTIVE:
            changes.append("kept as a file to download; pages, scripts and styles do not run")
        if changes:
            ledger.changed("asset", file.path, "; ".join(changes))
        else:
            ledger.imported("asset", file.path, "" if file.path in self._used else "nothing in the course refers to it")
        return asset

    def _asset_path(self, path: str) -> str:
        """Names of assets hold nothing that cannot be seen; the hash keeps apart what would look the same then."""
        if path.isprintable():
            return path
        folder, slash, name = "".join(c if c.isprintable() else "_" for c in path).rpartition("/")
        return f"{folder}{slash}{self._files[path].sha256[:8]}-{name}"


def media_type(path: str) -> str:
    """The media type that the name suggests."""
    return _TYPES.guess_type(path)[0] or "application/octet-stream"
