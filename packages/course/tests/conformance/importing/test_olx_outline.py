"""How the outline of a small Open edX course is read, and its settings."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lyceum.course.domain.importing import (
    ArchiveFormat,
    ImportedBlock,
    ProblemBlock,
    ReadCourse,
    RichTextBlock,
    VideoBlock,
    Visibility,
)

Fate = Callable[[ReadCourse, str, str], tuple[str, str]]
ImportOlx = Callable[..., ReadCourse]
Build = Callable[..., dict[str, str]]
Blocks = Callable[[ReadCourse], list[ImportedBlock]]


def test_the_outline_keeps_order_titles_and_settings(import_olx: ImportOlx) -> None:
    read = import_olx(
        {
            "course/run.xml": '<course display_name="A" language="pt_br" start="2024-01-02T03:04:05Z">'
            '<chapter url_name="two"/><chapter url_name="ch"/></course>',
            "chapter/two.xml": '<chapter display_name="Second&#10;thoughts" visible_to_staff_only="true"'
            ' start="2030-01-01T00:00:00Z"/>',
            "sequential/seq.xml": '<sequential display_name="L" graded="true" format="Homework"'
            ' due="2025-05-05T00:00:00+02:00"><vertical url_name="vert"/></sequential>',
        }
    )
    assert read.format is ArchiveFormat.OLX
    assert (read.course.language, read.course.code, read.course.organisation) == ("pt-BR", "C1", "Org")
    assert read.course.starts_at is not None
    assert read.course.starts_at.isoformat() == "2024-01-02T03:04:05+00:00"
    hidden, shown = read.course.sections
    assert (hidden.title, hidden.visibility, hidden.starts_at) == ("Second thoughts", Visibility.HIDDEN, None)
    lesson = shown.lessons[0]
    assert (lesson.graded, lesson.grading_label) == (True, "Homework")
    assert lesson.due_at is not None
    assert lesson.due_at.isoformat() == "2025-05-04T22:00:00+00:00"


def test_components_written_inside_their_page_are_read_like_those_in_files(
    import_olx: ImportOlx, blocks_of: Blocks, page_of: Build
) -> None:
    read = import_olx(
        page_of('<html url_name="a" display_name="In"><p>inline &amp; well</p></html>', "<problem><p/></problem>")
    )
    first, second = blocks_of(read)
    assert isinstance(first, RichTextBlock)
    assert first.html == "<p>inline &amp; well</p>"
    assert isinstance(second, ProblemBlock)
    assert second.source == "problem/vert-problem-1"


def test_a_policy_goes_before_the_attributes(import_olx: ImportOlx, fate: Fate) -> None:
    policy = {
        "course/run": {
            "display_name": "From the policy",
            "tabs": [{"type": "wiki", "name": "Wiki"}],
            "secret": "s3cret",
        },
        "sequential/seq": {"graded": True, "format": "Quiz"},
        "vertical/nowhere": {"display_name": "x"},
    }
    read = import_olx({"policies/run/policy.json": json.dumps(policy)})
    assert read.course.title == "From the policy"
    assert next(read.course.lessons()).grading_label == "Quiz"
    assert fate(read, "tab", "policies/run/policy.json#tabs/Wiki")[0] == "dropped"
    assert fate(read, "setting", "policies/run/policy.json#vertical/nowhere")[0] == "dropped"
    assert fate(read, "setting", "course/run#secret")[0] == "dropped"
    assert "s3cret" not in read.report.model_dump_json()


def test_what_learners_did_not_all_see_is_hidden(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    read = import_olx(
        page_of(
            '<html url_name="staff" visible_to_staff_only="true">for staff</html>',
            '<html url_name="group" group_access="{&quot;1&quot;: [2]}">for some</html>',
            '<html url_name="garbled" group_access="{">for whom?</html>',
            '<html url_name="all" group_access="{}">for all</html>',
        )
    )
    assert [block.hidden for block in blocks_of(read)] == [True, True, True, False]
    assert fate(read, "rich_text", "html/group")[0] == "changed"
    assert fate(read, "rich_text", "html/all") == ("imported", "")


def test_a_page_whose_file_is_not_there_stays_as_an_empty_page(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx({"sequential/seq.xml": '<sequential><vertical url_name="gone"/></sequential>'})
    assert fate(read, "page", "vertical/gone")[0] == "changed"
    assert fate(read, "document", "vertical/vert.xml")[0] == "dropped"


def test_a_node_that_stands_twice_is_kept_once(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    read = import_olx(page_of('<html url_name="a">x</html>', '<html url_name="a">x</html>'))
    assert len(blocks_of(read)) == 1
    assert {item.outcome for item in read.report.items if item.source == "html/a"} == {"imported", "dropped"}


def test_pages_that_contain_each_other_come_to_an_end(import_olx: ImportOlx, blocks_of: Blocks) -> None:
    read = import_olx(
        {
            "vertical/vert.xml": '<vertical><vertical url_name="b"/></vertical>',
            "vertical/b.xml": '<vertical><vertical url_name="vert"/><html url_name="h">x</html></vertical>',
        }
    )
    assert [block.source for block in blocks_of(read)] == ["html/h"]


def test_what_stands_outside_of_the_levels_gets_them_made(import_olx: ImportOlx, fate: Fate, blocks_of: Blocks) -> None:
    read = import_olx(
        {
            "course/run.xml": '<course><sequential url_name="seq"/><wiki slug="w"/></course>',
            "sequential/seq.xml": '<sequential display_name="Lonely"><html url_name="h">x</html></sequential>',
        }
    )
    section = read.course.sections[0]
    assert (section.title, section.lessons[0].title) == ("Lonely", "Lonely")
    assert [block.source for block in blocks_of(read)] == ["html/h"]
    assert fate(read, "section", section.source)[0] == "changed"
    assert fate(read, "wiki", "wiki/w")[0] == "dropped"


def test_drafts_take_the_place_that_they_name(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(
        {
            "drafts/vertical/d.xml": '<vertical display_name="Draft"'
            ' parent_url="block-v1:O+C+r+type@sequential+block@seq"'
            ' index_in_children_list="0"><html url_name="h"/></vertical>',
            "drafts/html/h.xml": '<html filename="h"/>',
            "drafts/html/h.html": "<p>not yet</p>",
            "drafts/vertical/vert.xml": "<vertical/>",
            "drafts/vertical/lost.xml": '<vertical parent_url="block@nowhere"/>',
        }
    )
    first, second = read.course.pages()
    assert (first.title, first.visibility) == ("Draft", Visibility.DRAFT)
    assert isinstance(first.blocks[0], RichTextBlock)
    assert first.blocks[0].html == "<p>not yet</p>"
    assert second.source == "vertical/vert"
    assert fate(read, "draft", "drafts/vertical/vert.xml")[0] == "dropped"
    assert fate(read, "draft", "drafts/vertical/lost.xml")[0] == "dropped"


def test_about_pages_and_tabs_find_their_place(import_olx: ImportOlx, fate: Fate) -> None:
    tabs = {"course/run": {"tabs": [{"type": "static_tab", "url_slug": "faq", "name": "Questions"}]}}
    read = import_olx(
        {
            "about/overview.html": "<h2>About</h2><script>x</script>",
            "about/short_description.html": "Short &amp; <b>sweet</b>",
            "about/effort.html": "3 hours",
            "info/updates.items.json": json.dumps([{"id": 7, "content": '<img src="/static/u.png">'}]),
            "policies/run/policy.json": json.dumps(tabs),
            "tabs/faq.html": "<p>Why?</p>",
        }
    )
    assert read.course.description_html == "<h2>About</h2>"
    assert read.course.summary == "Short & sweet"
    assert fate(read, "about", "about/effort.html")[0] == "dropped"
    assert fate(read, "update", "info/updates.items.json#7")[0] == "dropped"
    assert fate(read, "reference", "static/u.png")[0] == "dropped"
    more = read.course.sections[-1]
    assert more.optional
    assert more.lessons[0].pages[0].title == "Questions"


@pytest.mark.parametrize("content", ["{", "[]", '{"course/run": 3}', '{"course/run": {"a": "\\u0000"}}', "[" * 100_000])
def test_settings_that_cannot_be_read_do_not_stop_the_course(content: str, import_olx: ImportOlx) -> None:
    read = import_olx({"policies/run/policy.json": content})
    assert read.course.title == "A course"
    assert any("policies/run/policy.json" in item.source for item in read.report.items)


def test_a_library_becomes_a_section_with_a_page_for_each_problem(
    tar_of: Callable[..., Path], import_archive: Callable[..., ReadCourse], fate: Fate
) -> None:
    archive = tar_of(
        {
            "library/library.xml": '<library display_name="Pool" url_name="lib" org="O">'
            '<problem url_name="a"/><problem url_name="b"/></library>',
            "library/problem/a.xml": '<problem display_name="First"><p/></problem>',
            "library/problem/b.xml": "<problem><p/></problem>",
        }
    )
    read = import_archive(archive)
    assert read.course.title == "Pool"
    assert [section.title for section in read.course.sections] == ["Library"]
    assert [page.title for page in read.course.pages()] == ["First", "Problem 2"]
    assert fate(read, "library", "library/lib")[0] == "changed"


@pytest.mark.parametrize("value", ["\\u0000", "\\ud800"])
def test_settings_in_json_cannot_bring_in_text_that_nobody_can_store(
    value: str, import_olx: ImportOlx, blocks_of: Blocks, page_of: Build
) -> None:
    listed = json.dumps([f"https://example.org/{value}"]).replace("\\\\", "\\").replace('"', "&quot;")
    read = import_olx(page_of(f'<video url_name="v" youtube="1.00:abc" html5_sources="{listed}"/>'))
    (video,) = blocks_of(read)
    assert isinstance(video, VideoBlock)
    assert [source.value for source in video.sources] == ["abc"]
