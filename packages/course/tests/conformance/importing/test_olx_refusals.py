"""Open edX courses with something broken or without end: what is dropped, and what refuses the archive."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.domain.importing import (
    ArchiveRefused,
    ImportedBlock,
    ReadCourse,
)

Fate = Callable[[ReadCourse, str, str], tuple[str, str]]
ImportOlx = Callable[..., ReadCourse]
Build = Callable[..., dict[str, str]]
Blocks = Callable[[ReadCourse], list[ImportedBlock]]


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"html/t.xml": "<html filename='t'"}, "XML"),
        ({"html/t.html": b"\xff\xfe\xfa"}, "utf-16"),
        ({"html/t.html": b"caf\xe9"}, "UTF-8"),
        ({"html/t.xml": '<html filename="gone"/>'}, "gone.html is not in the archive"),
        ({"html/t.xml": "<problem/>"}, "holds a problem"),
        ({"html/t.html": "<div>" * 500 + "x"}, "nest"),
    ],
)
def test_a_broken_component_is_dropped_with_its_reason_and_the_rest_stays(
    files: dict[str, str | bytes], fault: str, import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, text_page: Build
) -> None:
    course = text_page("<p>x</p>")
    course["vertical/vert.xml"] = '<vertical><html url_name="t"/><html url_name="fine">fine</html></vertical>'
    read = import_olx({**course, **files})
    outcome, reason = fate(read, "rich_text", "html/t")
    assert outcome == "dropped"
    assert fault in reason or fault == "utf-16"
    assert [block.source for block in blocks_of(read)] == ["html/fine"]


@pytest.mark.parametrize("broken", ["course/run.xml", "chapter/ch.xml", "sequential/seq.xml", "vertical/vert.xml"])
def test_a_broken_outline_refuses_the_archive_with_file_and_line(broken: str, import_olx: ImportOlx) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx({broken: "<x>\n<y>"})
    assert refusal.value.reason == "xml-malformed"
    assert refusal.value.extensions["entry"] == broken
    assert refusal.value.extensions["line"] == 2


def test_entities_refuse_the_archive_wherever_they_are(import_olx: ImportOlx) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx({"problem/orphan.xml": '<!DOCTYPE a [<!ENTITY x "y">]><problem>&x;</problem>'})
    assert refusal.value.reason == "xml-entities"


def test_a_chain_of_pages_too_long_to_be_meant_is_refused(import_olx: ImportOlx) -> None:
    chain = {f"vertical/v{n}.xml": f'<vertical><vertical url_name="v{n + 1}"/></vertical>' for n in range(2000)}
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx({**chain, "vertical/vert.xml": '<vertical><vertical url_name="v0"/></vertical>'})
    assert refusal.value.reason == "too-deep"


def test_too_many_elements_are_refused(import_olx: ImportOlx, page_of: Build) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx(page_of("<html>x</html>" * 200), limits=ArchiveLimits(nodes=100))
    assert refusal.value.reason == "too-many-nodes"


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"course.xml": "<html/>"}, "not-a-course"),
        ({"course.xml": '<course url_name="gone"/>'}, "not-a-course"),
        ({"c/course.xml": "<course"}, "xml-malformed"),
    ],
)
def test_what_only_looks_like_a_course_is_refused(
    files: dict[str, str], reason: str, tar_of: Callable[..., Path], import_archive: Callable[..., ReadCourse]
) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_archive(tar_of(files))
    assert refusal.value.reason == reason


def test_progress_is_told_and_can_end_the_import(import_olx: ImportOlx) -> None:
    told: list[tuple[str, int, int]] = []
    import_olx({}, progress=lambda *steps: told.append(steps))
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == ["unpacking", "reading"]
    assert told[-1] == ("reading", 1, 1)

    def give_up(stage: str, _done: int, _total: int) -> None:
        if stage == "reading":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        import_olx({}, progress=give_up)


def test_no_line_of_the_report_holds_what_a_database_refuses(import_olx: ImportOlx, text_page: Build) -> None:
    read = import_olx(text_page("<img src='/static/a\x00b.png'><a href='x\x00y'>z</a>"))
    report = read.report.model_dump_json()
    assert "\\u0000" not in report
    assert "\N{REPLACEMENT CHARACTER}" in report


def test_a_report_without_end_is_refused(
    import_olx: ImportOlx, monkeypatch: pytest.MonkeyPatch, text_page: Build
) -> None:
    monkeypatch.setattr("lyceum.course.adapters.importing.ledger.MAX_LINES", 50)
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx(text_page("".join(f'<img src="/static/{number}.png">' for number in range(60))))
    assert refusal.value.reason == "too-many-nodes"
