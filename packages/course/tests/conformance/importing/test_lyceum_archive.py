"""Lyceum's own archive: what goes out comes in again, and nothing else does."""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lyceum.course.adapters.archive.writing import LyceumArchiveWriter
from lyceum.course.adapters.course_reader import ArchiveCourseReader
from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    Caption,
    EmbedBlock,
    FileBlock,
    ImportedAsset,
    ImportedBlock,
    ImportedCourse,
    ImportedLesson,
    ImportedPage,
    ImportedSection,
    ProblemBlock,
    ReadCourse,
    RichTextBlock,
    VideoBlock,
    VideoSource,
    Visibility,
    asset_reference,
    canonical_json,
    content_hash,
    node_reference,
)
from lyceum.course.ports.problem_intake import ForeignProblem

Import = Callable[..., ReadCourse]
SANITISER = Nh3Sanitiser()


def asset(path: str, content: bytes, media_type: str = "application/octet-stream") -> ImportedAsset:
    return ImportedAsset(
        path=path,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        open=lambda: io.BytesIO(content),
    )


def course(*blocks: ImportedBlock, **fields: Any) -> ImportedCourse:
    page = ImportedPage(source="p", title="Page", blocks=blocks)
    lesson = ImportedLesson(source="l", title="Lesson", pages=(page,))
    section = ImportedSection(source="s", title="Section", lessons=(lesson,))
    return ImportedCourse(**{"title": "Course", "sections": (section,), **fields})


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
TITLES = TEXTS
MOMENTS = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 bounds of a strategy are naive
PATHS = st.lists(
    st.text("abc é.-_", min_size=1, max_size=6).map(str.strip).filter(lambda part: part.strip(".")),
    min_size=1,
    max_size=3,
).map("/".join)
HTML = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "text", "<pre>\n\n", "</pre>", "<ul><li>", "</ul>", " ", "&amp;"])
    | PATHS.map(lambda path: f'<img src="{asset_reference(path)}">')
    | st.sampled_from(["s0", "l0", "p0", "nowhere"]).map(lambda source: f'<a href="{node_reference(source)}">to</a>'),
    max_size=8,
).map(lambda pieces: SANITISER.clean("".join(pieces)).html)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
NODES = {"title": TITLES, "optional": st.booleans(), "graded": st.booleans(), "starts_at": MOMENTS, "due_at": MOMENTS}


def block_values() -> st.SearchStrategy[dict[str, Any]]:
    shared = {"title": TITLES, "optional": st.booleans(), "hidden": st.booleans()}
    video = st.builds(VideoSource, kind=st.just("youtube"), value=TITLES)
    caption = st.builds(Caption, language=st.sampled_from(["en", "pt-BR"]), asset=PATHS)
    problem = st.fixed_dictionaries(
        {"title": TITLES, "content": HTML | JSON.map(json.dumps), "settings": st.dictionaries(TEXTS, JSON, max_size=2)}
    )
    return st.one_of(
        st.fixed_dictionaries({"kind": st.just("rich_text"), "html": HTML, **shared}),
        st.fixed_dictionaries({"kind": st.just("file"), "asset": PATHS, **shared}),
        st.fixed_dictionaries({"kind": st.just("embed"), "url": st.just("https://example.org/"), **shared}),
        st.fixed_dictionaries({"kind": st.just("problem"), "problem": problem, **shared}),
        st.fixed_dictionaries(
            {
                "kind": st.just("video"),
                "sources": st.lists(video, max_size=2),
                "captions": st.lists(caption, max_size=2),
                "duration_seconds": st.none() | st.floats(0, 1e6),
                **shared,
            }
        ),
    )


KINDS = {
    "rich_text": RichTextBlock,
    "file": FileBlock,
    "embed": EmbedBlock,
    "problem": ProblemBlock,
    "video": VideoBlock,
}


@st.composite
def courses(draw: st.DrawFn) -> ImportedCourse:
    """Courses of up to two sections, lessons, pages and blocks, their sources named by kind and number."""
    numbers = dict.fromkeys("slpb", -1)

    def source(kind: str) -> str:
        numbers[kind] += 1
        return f"{kind}{numbers[kind]}"

    def node(kind: str, **more: Any) -> dict[str, Any]:
        fields = {name: draw(strategy) for name, strategy in NODES.items()}
        return {**fields, "source": source(kind), "visibility": draw(st.sampled_from(Visibility)), **more}

    def block() -> ImportedBlock:
        values = dict(draw(block_values()))
        name = source("b")
        if "problem" in values:
            values["problem"] = ForeignProblem(source=name, format="lyceum-quiz", **values["problem"])
        made: ImportedBlock = KINDS[values["kind"]](source=name, **values)
        return made

    def several(make: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(make() for _ in range(draw(st.integers(0, 2))))

    def page() -> ImportedPage:
        return ImportedPage(**node("p", blocks=several(block)))

    def lesson() -> ImportedLesson:
        return ImportedLesson(**node("l", grading_label=draw(st.none() | TEXTS), pages=several(page)))

    return ImportedCourse(
        title=draw(TITLES),
        language=draw(st.sampled_from([None, "en", "pt-BR"])),
        summary=draw(TEXTS),
        description_html=draw(HTML),
        run=draw(st.none() | TEXTS),
        self_paced=draw(st.sampled_from([None, True, False])),
        starts_at=draw(MOMENTS),
        sections=several(lambda: ImportedSection(**node("s", lessons=several(lesson)))),
    )


ASSETS = st.dictionaries(PATHS, st.binary(max_size=50), max_size=4).map(
    lambda files: [asset(path, content) for path, content in files.items()]
)


@given(courses(), ASSETS)
@example(course(), [asset("..notes", b"two dots begin a name like any other")])
@settings(max_examples=25, deadline=None)
def test_export_and_import_give_the_same_course(original: ImportedCourse, assets: list[ImportedAsset]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "a.zip"), Path(folder, "b.zip")
        digest = LyceumArchiveWriter().write(original, assets, first)
        read = ArchiveCourseReader(SANITISER).read(first, folder=Path(folder))
        assert read.format is ArchiveFormat.LYCEUM
        assert read.course == original
        assert sorted(read.assets, key=lambda a: a.path) == sorted(assets, key=lambda a: a.path)
        assert {item.outcome for item in read.report.items} == {"imported"}
        assert digest == content_hash(original, assets) == content_hash(read.course, read.assets)
        LyceumArchiveWriter().write(read.course, reversed(read.assets), second)
        assert first.read_bytes() == second.read_bytes()


@given(courses())
@settings(max_examples=25, deadline=None)
def test_new_sources_do_not_change_the_hash(original: ImportedCourse) -> None:
    text = original.model_dump_json()
    for node in (*original.sections, *original.lessons(), *original.pages(), *original.blocks()):
        text = text.replace(f'"source":"{node.source}"', f'"source":"new-{node.source}"')
        text = text.replace(f'node:{node.source}\\"', f'node:new-{node.source}\\"')
    assert content_hash(ImportedCourse.model_validate_json(text), []) == content_hash(original, [])


def test_another_order_changes_the_hash() -> None:
    blocks = [FileBlock(source=name, title=name, asset="a") for name in "xy"]
    assert content_hash(course(*blocks), []) != content_hash(course(*reversed(blocks)), [])


@pytest.mark.parametrize(
    "other",
    [
        course(RichTextBlock(source="b", title="T", html="<p>b</p>")),
        course(RichTextBlock(source="b", title="U", html="<p>a</p>")),
        course(RichTextBlock(source="b", title="T", html="<p>a</p>", optional=True)),
        course(RichTextBlock(source="b", title="T", html="<p>a</p>"), title="Another"),
        course(RichTextBlock(source="b", title="T", html='<p><a href="node:p">a</a></p>')),
    ],
)
def test_any_difference_changes_the_hash(other: ImportedCourse) -> None:
    one = course(RichTextBlock(source="b", title="T", html="<p>a</p>"))
    assert content_hash(one, []) != content_hash(other, [])
    assert content_hash(one, [asset("a", b"1")]) != content_hash(one, [asset("a", b"2")])
    assert content_hash(one, [asset("a", b"1")]) != content_hash(one, [asset("b", b"1")])
    assert content_hash(one, [asset("a", b"1")]) != content_hash(one, [asset("a", b"1", "text/plain")])


def test_the_archive_is_canonical_json_and_files_by_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    assets = [asset("b.txt", b"same"), asset("a.txt", b"same"), asset("c.txt", b"other")]
    digest = LyceumArchiveWriter().write(course(), assets, path)
    with zipfile.ZipFile(path) as archive:
        document = archive.read("course.json")
        names = archive.namelist()
    parsed = json.loads(document)
    assert document == canonical_json(parsed)
    assert (parsed["format"], parsed["content_hash"]) == ("lyceum-course/1", digest)
    assert [entry["path"] for entry in parsed["assets"]] == ["a.txt", "b.txt", "c.txt"]
    hashes = sorted({entry["sha256"] for entry in parsed["assets"]})
    assert names == ["course.json", *(f"assets/{sha256}" for sha256 in hashes)]


def test_assets_that_cannot_be_right_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "c.zip"
    writer = LyceumArchiveWriter()
    with pytest.raises(ValueError, match="share a path"):
        writer.write(course(), [asset("a", b"1"), asset("a", b"2")], path)
    honest = asset("a", b"1")
    lying = ImportedAsset(
        path="a", media_type="text/plain", size=1, sha256=honest.sha256, open=lambda: io.BytesIO(b"2")
    )
    with pytest.raises(ValueError, match="not those that it declares"):
        writer.write(course(), [lying], path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """An archive whose document was changed by hand; `rehash` also corrects its hash, as a stranger could."""

    def alter(
        change: Callable[[dict[str, Any]], object], *, rehash: bool = True, drop_assets: bool = False, extra: str = ""
    ) -> Path:
        path = tmp_path / "whole.zip"
        block = RichTextBlock(source="b", title="T", html="<p>a</p>")
        LyceumArchiveWriter().write(course(block), [asset("a.txt", b"bytes")], path)
        with zipfile.ZipFile(path) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        document = json.loads(entries["course.json"])
        change(document)
        if rehash:
            files = [asset(entry["path"], b"bytes", entry["media_type"]) for entry in document["assets"]]
            document["content_hash"] = content_hash(ImportedCourse.model_validate(document["course"]), files)
        entries["course.json"] = canonical_json(document)
        if drop_assets:
            entries = {"course.json": entries["course.json"]}
        if extra:
            entries[extra] = b"x"
        changed = tmp_path / "changed.zip"
        with zipfile.ZipFile(changed, "w") as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        return changed

    return alter


def first_block(document: dict[str, Any]) -> dict[str, Any]:
    block: dict[str, Any] = document["course"]["sections"][0]["lessons"][0]["pages"][0]["blocks"][0]
    return block


def test_html_from_a_strangers_archive_is_sanitised(altered: Callable[..., Path], import_archive: Import) -> None:
    html = '<p onclick="x()">a</p><script>alert(1)</script>'
    read = import_archive(altered(lambda document: first_block(document).update(html=html)))
    (block,) = read.course.blocks()
    assert isinstance(block, RichTextBlock)
    assert block.html == "<p>a</p>"
    assert [(i.outcome, i.reason) for i in read.report.items if i.source == "b"] == [
        ("changed", "removed @onclick, script")
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.update(format="lyceum-course/2"), "unsupported-version"),
        (lambda d: d.update(format="something-else"), "unknown-format"),
        (lambda d: d.pop("format"), "unknown-format"),
        (lambda d: d["course"].update(title="Changed"), "inconsistent"),
        (lambda d: d["course"].update(surprise=1), "inconsistent"),
        (lambda d: d["course"].update(title="a\x00b"), "inconsistent"),
        (lambda d: d["course"].update(title=""), "inconsistent"),
        (lambda d: first_block(d).update(kind="applet"), "inconsistent"),
        (lambda d: first_block(d).update(html=3), "inconsistent"),
        (lambda d: d["assets"][0].update(size=4), "inconsistent"),
        (lambda d: d["assets"][0].update(sha256="0" * 64), "inconsistent"),
        (lambda d: d["assets"][0].update(path="a" * 500), "inconsistent"),
        (lambda d: d["assets"][0].update(media_type="text/html; charset=x"), "inconsistent"),
    ],
)
def test_a_document_that_breaks_the_rules_is_refused(
    change: Callable[[dict[str, Any]], object], reason: str, altered: Callable[..., Path], import_archive: Import
) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_archive(altered(change, rehash=False))
    assert refusal.value.reason == reason


@pytest.mark.parametrize("path", ["../a", "/a", "a/../b", "a//b", "a\\b", ".", "a/./b", "a\u202eb"])
def test_an_asset_that_leads_elsewhere_is_refused(
    path: str, altered: Callable[..., Path], import_archive: Import
) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_archive(altered(lambda document: document["assets"][0].update(path=path)))
    assert refusal.value.reason == "path-traversal"


def test_what_does_not_hold_together_is_refused(altered: Callable[..., Path], import_archive: Import) -> None:
    def twice(document: dict[str, Any]) -> None:
        document["course"]["sections"] *= 2

    def shared(document: dict[str, Any]) -> None:
        document["assets"] *= 2

    for archive in (altered(twice), altered(shared), altered(lambda _: None, drop_assets=True)):
        with pytest.raises(ArchiveRefused) as refusal:
            import_archive(archive)
        assert refusal.value.reason == "inconsistent"


def test_files_that_the_course_does_not_name_are_reported(altered: Callable[..., Path], import_archive: Import) -> None:
    read = import_archive(altered(lambda _: None, extra="assets/surplus.exe"))
    assert [(i.kind, i.outcome) for i in read.report.items if i.source == "assets/surplus.exe"] == [
        ("document", "dropped")
    ]
    assert len(read.assets) == 1


@pytest.mark.parametrize("document", [b"{", b"\xff", b"[" * 100_000, b"[]", b'"lyceum-course/1"'])
def test_a_document_that_is_no_course_is_refused(
    document: bytes, zip_of: Callable[..., Path], import_archive: Import
) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_archive(zip_of({"course.json": document}))
    assert refusal.value.reason in ("json-malformed", "unknown-format")


def test_the_format_can_be_demanded(zip_of: Callable[..., Path], import_archive: Import) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_archive(zip_of({"course.json": "{}"}), format=ArchiveFormat.OLX)
    assert refusal.value.reason == "not-a-course"


def test_a_course_with_too_many_nodes_is_refused(altered: Callable[..., Path], import_archive: Import) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_archive(altered(lambda _: None), ArchiveLimits(nodes=3))
    assert refusal.value.reason == "too-many-nodes"


def test_real_courses_survive_export_and_import(shared_data: Path, tmp_path: Path) -> None:
    reader = ArchiveCourseReader(SANITISER)
    for archive in (
        shared_data / "olx" / "demo-course.tar.gz",
        shared_data / "common-cartridge" / "allyworkshop.imscc",
    ):
        original = reader.read(archive, folder=tmp_path)
        path = tmp_path / "exported.zip"
        digest = LyceumArchiveWriter().write(original.course, original.assets, path)
        again = reader.read(path, folder=tmp_path)
        assert again.course == original.course
        assert content_hash(again.course, again.assets) == digest
        assert {item.outcome for item in again.report.items} == {"imported"}
