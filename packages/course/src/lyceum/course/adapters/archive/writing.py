"""Writing Lyceum's own archive."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lyceum.course.adapters.archive.document import ASSETS, DOCUMENT, AssetEntry, CourseDocument
from lyceum.course.domain.importing import (
    ImportedAsset,
    ImportedCourse,
    Progress,
    canonical_json,
    content_hash,
    no_progress,
)

_CHUNK = 1024 * 1024
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3


class LyceumArchiveWriter:
    """A `CourseWriter`."""

    def write(
        self,
        course: ImportedCourse,
        assets: Iterable[ImportedAsset],
        destination: Path,
        *,
        progress: Progress = no_progress,
    ) -> str:
        ordered = sorted(assets, key=lambda asset: asset.path)
        if len({asset.path for asset in ordered}) != len(ordered):
            raise ValueError("two assets share a path")
        digest = content_hash(course, ordered)
        document = CourseDocument(
            content_hash=digest,
            course=course,
            assets=tuple(
                AssetEntry(path=asset.path, media_type=asset.media_type, size=asset.size, sha256=asset.sha256)
                for asset in ordered
            ),
        )
        handle, unfinished = tempfile.mkstemp(prefix=f".{destination.name}-", dir=destination.parent)
        try:
            with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(_entry(DOCUMENT), canonical_json(document.model_dump(mode="json")))
                _write_assets(archive, {asset.sha256: asset for asset in ordered}, progress)
            Path(unfinished).replace(destination)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        return digest


def _write_assets(archive: zipfile.ZipFile, assets: dict[str, ImportedAsset], progress: Progress) -> None:
    for done, (sha256, asset) in enumerate(sorted(assets.items())):
        progress("writing", done, len(assets))
        entry = _entry(f"{ASSETS}/{sha256}")
        entry.file_size = asset.size
        digest = hashlib.sha256()
        with asset.open() as source, archive.open(entry, "w") as target:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
        if digest.hexdigest() != sha256:
            raise ValueError(f"the bytes of {asset.path} are not those that it declares")
    progress("writing", len(assets), len(assets))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.create_system = _UNIX
    entry.external_attr = _PLAIN_FILE
    return entry
