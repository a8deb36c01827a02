"""The real cartridges: each element of the manifest and each file must be accounted for."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lyceum.course.domain.importing import ReadCourse

# Sections, lessons and pages of each.
CARTRIDGES = {
    "allyworkshop": (5, 5, 18),
    "assignment-rubrics": (1, 1, 1),
    "canvas_cc_gem_course": (1, 1, 3),
    "latex": (1, 1, 2),
    "multiple-pages": (1, 1, 3),
    "rich-content-cc-file": (1, 1, 1),
    "single-discussion": (1, 1, 1),
    "single-page": (1, 1, 1),
}


@pytest.mark.parametrize("name", CARTRIDGES)
def test_a_real_cartridge_comes_in_with_everything_accounted_for(
    name: str, shared_data: Path, import_archive: Callable[..., ReadCourse]
) -> None:
    path = shared_data / "common-cartridge" / f"{name}.imscc"
    read = import_archive(path)
    course = read.course
    assert (len(course.sections), len(list(course.lessons())), len(list(course.pages()))) == CARTRIDGES[name]
    assert all(page.blocks for page in course.pages())

    sources = {item.source for item in read.report.items}
    reasons = " ".join(item.reason for item in read.report.items)
    with zipfile.ZipFile(path) as archive:
        files = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
        root = ElementTree.fromstring(archive.read("imsmanifest.xml"))  # noqa: S314 the archive is known
    owners = {
        file.get("href"): resource.get("identifier")
        for resource in root.iter()
        if resource.tag.endswith("}resource")
        for file in (resource, *resource)
        if file.get("href")
    }
    for file in files:
        owner = owners.get(file) or file.removesuffix(".xml")
        assert file in sources or f"resource/{owner}" in sources, file
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "resource":
            held = [file.get("href") in sources for file in element if file.tag.endswith("}file")]
            assert f"resource/{element.get('identifier')}" in sources or (held and all(held))
        elif tag == "item":
            assert f"item/{element.get('identifier')}" in sources
        elif tag == "file" and element.get("href") not in files:
            assert element.get("href") in sources
        elif tag in ("lifeCycle", "rights") and "manifest" in element.tag:
            assert f"imsmanifest.xml#lom/{tag}" in sources
        elif tag == "variant":
            assert str(element.get("identifierref")) in reasons


def test_the_files_and_links_of_a_real_cartridge_hold_together(
    shared_data: Path, import_archive: Callable[..., ReadCourse]
) -> None:
    read = import_archive(shared_data / "common-cartridge" / "allyworkshop.imscc")
    text = "".join(block.html for block in read.course.blocks() if block.kind == "rich_text")
    assert "FILEBASE" not in text.replace("data-api-endpoint", "")
    assert "WIKI_REFERENCE" not in text
    assert 'src="asset:web_resources/Course%20Files/Images/Hamburger_Icon.png"' in text
    assert 'href="node:page/i37faaf589b2269390f5a82d83327ce29"' in text
    assert read.course.image == "web_resources/course_image/Ally Logo Image Card.png"
    assert len(read.assets) == 26
