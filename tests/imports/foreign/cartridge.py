"""Common Cartridges, walked without the importer's code."""

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring


@dataclass(frozen=True)
class Resource:
    identifier: str
    type: str
    files: tuple[str, ...]


class Cartridge:
    """What the manifest names, and the files that are there."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.files = {each.filename: archive.read(each) for each in archive.infolist() if not each.is_dir()}
        self._manifest = fromstring(self.files["imsmanifest.xml"])
        self.items = [element.get("identifier") for element in self._all("item") if self._is_content(element)]
        self.resources = [
            Resource(
                element.get("identifier"),
                element.get("type"),
                tuple(
                    dict.fromkeys(
                        posixpath.normpath(unquote(each.get("href")))
                        for each in (*element, element)
                        if each.get("href") and _name(each) in ("file", "resource")
                    )
                ),
            )
            for element in self._all("resource")
        ]

    def lost_items(self, sources: set[str]) -> list[str]:
        return [item for item in self.items if f"item/{item}" not in sources]

    def lost_resources(self, sources: set[str]) -> list[str]:
        """Resources that have no line, and of which some file has none either."""
        return [
            each.identifier
            for each in self.resources
            if f"resource/{each.identifier}" not in sources and not (each.files and set(each.files) <= sources)
        ]

    def lost_files(self, sources: set[str]) -> list[str]:
        """Files that have no line of their own and belong to nothing that has one; absent ones are among them."""
        owned = {"imsmanifest.xml"}
        named = {path for each in self.resources for path in each.files}
        for each in self.resources:
            if f"resource/{each.identifier}" in sources:
                owned.update(each.files)
        return sorted((set(self.files) | named) - owned - sources)

    def questions(self) -> list[tuple[str, Element]]:
        """The QTI documents by the resource that they belong to."""
        return [
            (each.identifier, fromstring(self.files[path]))
            for each in self.resources
            if each.type.startswith("imsqti")
            for path in each.files
            if path.endswith(".xml") and b"<questestinterop" in self.files.get(path, b"")
        ]

    def _all(self, name: str) -> list[Element]:
        return [element for element in self._manifest.iter() if _name(element) == name]

    def _is_content(self, item: Element) -> bool:
        """Whether it is more than the frame that the standard puts around the outline."""
        organisations = [each for each in self._manifest.iter() if _name(each) == "organization"]
        return not any(item in list(each) for each in organisations)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
