"""The Open edX demo course: nothing of it may get lost without a line, checked without the importer's own code."""

import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lyceum.course.adapters.course_reader import ArchiveCourseReader
from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.domain.importing import LossItem, ProblemBlock, ReadCourse, RichTextBlock, VideoBlock, content_hash

COMPONENT_FOLDERS = ("html", "problem", "video", "lti", "annotatable", "library_content")
CONSUMED_ATTRIBUTES = {
    "url_name", "display_name", "format", "graded", "filename", "editor", "markdown", "org", "course", "slug", "weight",
    "xblock-family", "language", "start", "course_image", "self_paced", "group_access", "max_count", "youtube", "sub",
    "transcripts", "edx_video_id", "html5_sources", "youtube_id_1_0", "start_time", "end_time", "handout", "track",
    "source_library_id", "source_library_version", "launch_url", "question", "questions", "answers", "block_name",
    "instructions", "prompts_type",
}  # fmt: skip


@dataclass(frozen=True)
class Demo:
    files: dict[str, bytes]
    read: ReadCourse
    items: dict[str, list[LossItem]]

    def documents(self) -> Iterator[tuple[str, ElementTree.Element]]:
        for path, data in self.files.items():
            if path.endswith(".xml"):
                yield path, ElementTree.fromstring(data)  # noqa: S314 the archive is known

    def problem(self, source: str) -> ProblemBlock:
        return next(b for b in self.read.course.blocks() if isinstance(b, ProblemBlock) and b.source == source)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    archive = Path(__file__).resolve().parents[5].parent / "shared" / "data" / "olx" / "demo-course.tar.gz"
    if not archive.is_file():
        pytest.skip(f"the real course material is not there: {archive}")
    with tarfile.open(archive) as opened:
        files = {
            entry.name.removeprefix("course/"): content.read()
            for entry in opened
            if (content := opened.extractfile(entry)) is not None
        }
    read = ArchiveCourseReader(Nh3Sanitiser()).read(archive, folder=tmp_path_factory.mktemp("work"))
    items: dict[str, list[LossItem]] = {}
    for item in read.report.items:
        items.setdefault(item.source, []).append(item)
    return Demo(files, read, items)


def test_the_outline_is_whole(demo: Demo) -> None:
    counts = demo.read.report.counts
    assert [counts[kind].total for kind in ("section", "lesson", "page")] == [6, 17, 58]
    assert [counts[kind].imported for kind in ("section", "lesson", "page")] == [6, 17, 58]
    course = demo.read.course
    assert len(course.sections) == 6
    assert len(list(course.lessons())) == 17
    assert len(list(course.pages())) == 58
    assert (counts["problem"].total, counts["video"].total) == (29, 11)


def test_every_file_is_accounted_for(demo: Demo) -> None:
    assert len(demo.files) == 762
    lost = [path for path in demo.files if not is_accounted(path, demo)]
    assert lost == []


def is_accounted(path: str, demo: Demo) -> bool:
    stem = path.rpartition(".")[0]
    if path in ("course.xml", "course/DemoCourse.xml"):
        return "course/DemoCourse" in demo.items
    return path in demo.items or (stem in demo.items and stem.split("/")[0] in (*COMPONENT_FOLDERS, *LEVELS))


LEVELS = {"chapter": "section", "sequential": "lesson", "vertical": "page"}


def test_every_element_is_accounted_for(demo: Demo) -> None:
    seen = Counter[str]()
    for path, root in demo.documents():
        if path == "assets/assets.xml":
            continue
        for element, owner in owners(path, root):
            seen[element.tag] += 1
            assert owner in demo.items, f"{element.tag} in {path}"
    assert seen["vertical"] == 116
    assert seen["problem"] == 58


def owners(path: str, root: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, str]]:
    """Each element with the source of the item that answers for it: its own, or that of the component around it."""
    name = path.rpartition(".")[0]
    own = f"{root.tag}/{root.get('url_name')}" if path == "course.xml" else name

    def visit(element: ElementTree.Element, owner: str) -> Iterator[tuple[ElementTree.Element, str]]:
        yield element, owner
        for child in element:
            child_name = child.get("url_name") or (child.get("slug") if child.tag == "wiki" else None)
            yield from visit(child, f"{child.tag}/{child_name}" if child_name else owner)

    yield from visit(root, own)


def test_every_part_of_a_problem_is_handed_on(demo: Demo) -> None:
    problems = [(path, root) for path, root in demo.documents() if path.startswith("problem/")]
    assert len(problems) == 29
    for path, root in problems:
        block = demo.problem(path.removesuffix(".xml"))
        handed_on = ElementTree.fromstring(block.problem.content)  # noqa: S314 our own writing
        assert Counter(element.tag for element in handed_on.iter()) == Counter(element.tag for element in root.iter())
        assert "".join(handed_on.itertext()) == "".join(root.itertext())


def test_every_part_of_a_video_is_kept_or_has_its_line(demo: Demo) -> None:
    videos = {block.source: block for block in demo.read.course.blocks() if isinstance(block, VideoBlock)}
    for path, root in demo.documents():
        if not path.startswith("video/"):
            continue
        source = path.removesuffix(".xml")
        block = videos[source]
        for part in root:
            address = (part.get("src") or "").rpartition("/")[2]
            if part.tag == "transcript":
                assert f"static/{address}" in [caption.asset for caption in block.captions]
                assert f"{source}#{part.get('language')}" in demo.items
            elif part.tag == "source":
                assert part.get("src") in [known.value for known in block.sources]
            elif part.tag == "track":
                assert (block.transcript or "").replace(" ", "_") == f"static/{address}"
            else:
                assert f"{source}#{part.tag}" in demo.items
        if root.get("youtube"):
            assert root.get("youtube", "").removeprefix("1.00:") in [known.value for known in block.sources]


def test_the_parts_of_tools_are_kept_as_text_or_have_their_line(demo: Demo) -> None:
    texts = {b.source: b.html for b in demo.read.course.blocks() if isinstance(b, RichTextBlock)}
    parts = 0
    for path, root in demo.documents():
        for tool in root.iter("openassessment") if path.startswith("vertical/") else ():
            source = f"openassessment/{tool.get('url_name')}"
            for part in tool:
                parts += 1
                if part.tag in ("title", "prompts"):
                    words = unescape(re.sub(r"<[^>]*>", " ", "".join(part.itertext()))).split()
                    shown = unescape(re.sub(r"<[^>]*>", " ", texts[source])).split()
                    assert set(words) <= set(shown)
                else:
                    assert f"{source}#{part.tag}" in demo.items
    assert parts == 8


def test_every_attribute_means_something_or_has_its_line(demo: Demo) -> None:
    checked = 0
    for path, root in demo.documents():
        for element, owner in owners(path, root):
            if owner != f"{element.tag}/{element.get('url_name')}" and element is not root:
                continue
            kept_or_dropped_whole = owner.startswith("problem/") and element is not root
            whole = [
                item for item in demo.items.get(owner, []) if item.kind == element.tag and item.outcome == "dropped"
            ]
            for name, value in element.attrib.items():
                if name in CONSUMED_ATTRIBUTES or kept_or_dropped_whole or whole or value in ("", "[]", "{}", "null"):
                    continue
                checked += 1
                assert f"{owner}#{name}" in demo.items, f"{name} of {owner}"
    assert checked > 50


def test_every_file_that_is_named_and_missing_is_reported_with_its_places(demo: Demo) -> None:
    held = {re.sub(r"[^\w.-]", "_", path.removeprefix("static/")) for path in demo.files if path.startswith("static/")}
    found = Counter[str]()
    for path, data in demo.files.items():
        folder = path.split("/")[0]
        if folder not in ("html", "problem", "video", "about", "info"):
            continue
        for name in re.findall(rb"/static/([\w.-]+)", data):
            missing = name.decode().rstrip("\\")
            if missing not in held:
                found[missing] += 1
                place = path.rpartition(".")[0] if folder in COMPONENT_FOLDERS else path
                (item,) = demo.items[f"static/{missing}"]
                assert (item.kind, item.outcome) == ("reference", "dropped")
                assert place in item.reason
    assert found["feedback.js"] == 58
    assert set(found) >= {"demox_js.js", "ohms_law.html", "Learning_Goals.pdf", "Periodic-Table.css", "hx.js"}


@pytest.mark.parametrize("tag", ["script", "style", "button", "iframe", "object", "link"])
def test_every_text_that_lost_an_element_says_which(tag: str, demo: Demo) -> None:
    affected = 0
    for path, data in demo.files.items():
        if path.startswith("html/") and path.endswith(".html") and re.search(rf"<{tag}\b".encode(), data):
            affected += 1
            (item,) = demo.items[path.removesuffix(".html")]
            assert item.outcome in ("changed", "dropped")
            assert tag in item.reason
    assert affected > 0


def test_policies_tabs_and_grading_have_lines(demo: Demo) -> None:
    for source in (
        "policies/DemoCourse/policy.json#tabs/Progress",
        "policies/DemoCourse/grading_policy.json#Basic Assessment Tools",
        "policies/DemoCourse/grading_policy.json#GRADE_CUTOFFS",
        "course/DemoCourse#discussion_topics",
        "course/DemoCourse#lti_passports",
        "wiki/OpenedX.DemoX.DemoCourse",
        "info/updates.items.json#1",
        "about/duration.html",
    ):
        assert {item.outcome for item in demo.items[source]} == {"dropped"}


def test_no_secret_of_the_course_is_in_the_report(demo: Demo) -> None:
    assert "codeboard_secret_1234" not in demo.read.report.model_dump_json()


def test_every_reference_that_is_kept_leads_somewhere(demo: Demo) -> None:
    assets = {asset.path for asset in demo.read.assets}
    nodes = {page.source for page in demo.read.course.pages()}
    count = 0
    for block in demo.read.course.blocks():
        text = block.html if isinstance(block, RichTextBlock) else ""
        text = block.problem.content if isinstance(block, ProblemBlock) else text
        tags = " ".join(re.findall(r"<[^>]*>", text))  # code that a text shows is not a link
        assert not re.search(r"""(?:src|href)=["']/?(?:static|jump_to)""", tags)
        for kind, target in re.findall(r"""(?:src|href)=["'](asset|node):([^"'#]+)""", text):
            count += 1
            assert unescape(target).replace("%20", " ") in (assets if kind == "asset" else nodes)
    assert count > 80


def test_reading_it_again_gives_the_same_course(demo: Demo, tmp_path: Path, shared_data: Path) -> None:
    again = ArchiveCourseReader(Nh3Sanitiser()).read(shared_data / "olx" / "demo-course.tar.gz", folder=tmp_path)
    assert again.course == demo.read.course
    assert content_hash(again.course, again.assets) == content_hash(demo.read.course, demo.read.assets)


def test_the_content_library_comes_in_as_pages_of_problems(
    shared_data: Path, import_archive: Callable[..., ReadCourse]
) -> None:
    read = import_archive(shared_data / "olx" / "demo-content-library.tar.gz")
    assert read.course.title == "Respiratory System Question Bank 1"
    assert len(list(read.course.pages())) == 6
    assert read.report.counts["problem"].imported == 6
