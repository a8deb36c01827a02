"""The files of an archive that become assets of the course."""

import mimetypes
from collections.abc import Iterable

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
    """All files that become assets, and which of them something refers to."""

    def __init__(self, files: Iterable[UnpackedFile]) -> None:
        self._files = {file.path: file for file in files}
        self._used: set[str] = set()

    def __contains__(self, path: str) -> bool:
        return path in self._files

    def use(self, path: str) -> str:
        """Note that the course refers to this asset. Returns the path."""
        self._used.add(path)
        return path

    def close(self, ledger: Ledger) -> tuple[ImportedAsset, ...]:
        """All assets, each with its item."""
        assets = []
        for file in self._files.values():
            ledger.account_for(file.path)
            asset = ImportedAsset(
                path=file.path,
                media_type=media_type(file.path),
                size=file.size,
                sha256=file.sha256,
                open=file.open,
            )
            assets.append(asset)
            if asset.media_type in _ACTIVE:
                ledger.changed("asset", file.path, "kept as a file to download; pages, scripts and styles do not run")
            else:
                unused = "" if file.path in self._used else "nothing in the course refers to it"
                ledger.imported("asset", file.path, unused)
        return tuple(assets)


def media_type(path: str) -> str:
    """The media type that the name suggests."""
    return _TYPES.guess_type(path)[0] or "application/octet-stream"
