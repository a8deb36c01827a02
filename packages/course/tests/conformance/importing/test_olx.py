"""Small Open edX courses, each with one thing worth looking at."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ProblemBlock,
    ReadCourse,
    RichTextBlock,
    VideoBlock,
    Visibility,
)

Fate = Callable[[ReadCourse, str, str], tuple[str, str]]
ImportOlx = Callable[..., ReadCourse]


def blocks(read: ReadCourse) -> list[ImportedBlock]:
    return list(read.course.blocks())


def page(*components: str) -> dict[str, str]:
    return {"vertical/vert.xml": f'<vertical display_name="Page">{"".join(components)}</vertical>'}


def text(html: str, **more: str) -> dict[str, str]:
    return {
        **page('<html url_name="t"/>'),
        "html/t.xml": '<html filename="t" display_name="Text"/>',
        "html/t.html": html,
        **more,
    }


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


def test_components_written_inside_their_page_are_read_like_those_in_files(import_olx: ImportOlx) -> None:
    read = import_olx(
        page('<html url_name="a" display_name="In"><p>inline &amp; well</p></html>', "<problem><p/></problem>")
    )
    first, second = blocks(read)
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


def test_what_learners_did_not_all_see_is_hidden(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(
        page(
            '<html url_name="staff" visible_to_staff_only="true">for staff</html>',
            '<html url_name="group" group_access="{&quot;1&quot;: [2]}">for some</html>',
            '<html url_name="garbled" group_access="{">for whom?</html>',
            '<html url_name="all" group_access="{}">for all</html>',
        )
    )
    assert [block.hidden for block in blocks(read)] == [True, True, True, False]
    assert fate(read, "rich_text", "html/group")[0] == "changed"
    assert fate(read, "rich_text", "html/all") == ("imported", "")


def test_links_and_pictures_point_into_the_course(import_olx: ImportOlx, fate: Fate) -> None:
    html = (
        '<img src="/static/My_picture.png"><img src="/static/gone.png" alt="gone">'
        '<a href="/jump_to_id/other#part">o</a><a href="/jump_to_id/nowhere">n</a>'
        '<a href="/asset-v1:Org+C1+run+type@asset+block@My_picture.png">a</a>'
        '<a href="https://example.org/static/x.png">outside</a>'
        '<a href="/courses/course-v1:Org+C1+run/jump_to/block-v1:Org+C1+run+type@vertical+block@vert">j</a>'
    )
    read = import_olx(
        {
            **text(html),
            "static/My picture.png": b"png",
            "static/orphan.pdf": b"pdf",
            "sequential/seq.xml": '<sequential><vertical url_name="vert"/><vertical url_name="v2"/></sequential>',
            "vertical/v2.xml": '<vertical display_name="Other"><html url_name="other">x</html></vertical>',
        }
    )
    block = blocks(read)[0]
    assert isinstance(block, RichTextBlock)
    assert block.html == (
        '<img src="asset:static/My%20picture.png"><img alt="gone">'
        '<a href="node:vertical/v2" rel="noopener noreferrer">o</a><a rel="noopener noreferrer">n</a>'
        '<a href="asset:static/My%20picture.png" rel="noopener noreferrer">a</a>'
        '<a href="https://example.org/static/x.png" rel="noopener noreferrer">outside</a>'
        '<a href="node:vertical/vert" rel="noopener noreferrer">j</a>'
    )
    assert "html/t" in fate(read, "reference", "static/gone.png")[1]
    assert "html/t" in fate(read, "reference", "/jump_to_id/nowhere")[1]
    assert fate(read, "asset", "static/orphan.pdf") == ("imported", "nothing in the course refers to it")
    assert fate(read, "asset", "static/My picture.png") == ("imported", "")
    picture = next(asset for asset in read.assets if asset.path == "static/My picture.png")
    with picture.open() as stream:
        assert stream.read() == b"png"


def test_files_that_only_scripts_and_styles_name_are_missed_too(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(
        text("<p>x</p><script>load('/static/a.js')</script><p style=\"background: url(/static/b.png)\">y</p>")
    )
    assert fate(read, "reference", "static/a.js")[0] == "dropped"
    assert fate(read, "reference", "static/b.png")[0] == "dropped"
    outcome, reason = fate(read, "rich_text", "html/t")
    assert outcome == "changed"
    assert "script" in reason
    assert "@style" in reason


def test_a_text_that_is_one_frame_becomes_an_embed(import_olx: ImportOlx) -> None:
    frame = '<div><iframe src="https://example.org/embed?a=1&amp;b=2" title="Sim">no frames</iframe></div>'
    read = import_olx(text(frame))
    block = blocks(read)[0]
    assert isinstance(block, EmbedBlock)
    assert block.url == "https://example.org/embed?a=1&b=2"


def test_a_frame_among_text_becomes_a_link(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(text('<p>See</p><iframe src="https://example.org/a" title="The thing"></iframe>'))
    block = blocks(read)[0]
    assert isinstance(block, RichTextBlock)
    assert '<a href="https://example.org/a" rel="noopener noreferrer">The thing</a>' in block.html
    assert "iframe became a link" in fate(read, "rich_text", "html/t")[1]


def test_a_text_with_nothing_left_to_see_is_dropped_and_one_that_was_empty_is_not(
    import_olx: ImportOlx, fate: Fate
) -> None:
    assert fate(import_olx(text("<script>x()</script> &nbsp; <div></div>")), "rich_text", "html/t")[0] == "dropped"
    read = import_olx(text(" "))
    assert fate(read, "rich_text", "html/t")[0] == "changed"
    assert len(blocks(read)) == 1


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
    files: dict[str, str | bytes], fault: str, import_olx: ImportOlx, fate: Fate
) -> None:
    course = text("<p>x</p>")
    course["vertical/vert.xml"] = '<vertical><html url_name="t"/><html url_name="fine">fine</html></vertical>'
    read = import_olx({**course, **files})
    outcome, reason = fate(read, "rich_text", "html/t")
    assert outcome == "dropped"
    assert fault in reason or fault == "utf-16"
    assert [block.source for block in blocks(read)] == ["html/fine"]


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


def test_a_page_whose_file_is_not_there_stays_as_an_empty_page(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx({"sequential/seq.xml": '<sequential><vertical url_name="gone"/></sequential>'})
    assert fate(read, "page", "vertical/gone")[0] == "changed"
    assert fate(read, "document", "vertical/vert.xml")[0] == "dropped"


def test_a_node_that_stands_twice_is_kept_once(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(page('<html url_name="a">x</html>', '<html url_name="a">x</html>'))
    assert len(blocks(read)) == 1
    assert {item.outcome for item in read.report.items if item.source == "html/a"} == {"imported", "dropped"}


def test_pages_that_contain_each_other_come_to_an_end(import_olx: ImportOlx) -> None:
    read = import_olx(
        {
            "vertical/vert.xml": '<vertical><vertical url_name="b"/></vertical>',
            "vertical/b.xml": '<vertical><vertical url_name="vert"/><html url_name="h">x</html></vertical>',
        }
    )
    assert [block.source for block in blocks(read)] == ["html/h"]


def test_a_chain_of_pages_too_long_to_be_meant_is_refused(import_olx: ImportOlx) -> None:
    chain = {f"vertical/v{n}.xml": f'<vertical><vertical url_name="v{n + 1}"/></vertical>' for n in range(2000)}
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx({**chain, "vertical/vert.xml": '<vertical><vertical url_name="v0"/></vertical>'})
    assert refusal.value.reason == "too-deep"


def test_too_many_elements_are_refused(import_olx: ImportOlx) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx(page("<html>x</html>" * 200), limits=ArchiveLimits(nodes=100))
    assert refusal.value.reason == "too-many-nodes"


def test_a_problem_is_handed_on_with_what_bears_on_scores(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(
        {
            **page('<problem url_name="p"/>'),
            "sequential/seq.xml": '<sequential graded="true"><vertical url_name="vert"/></sequential>',
            "problem/p.xml": '<problem display_name="Q" max_attempts="3" weight="2.5" showanswer="never" markdown="x">'
            '<p>See <img src="/static/a.png" alt="a"/><img src="/static/b.png"/></p></problem>',
            "static/a.png": b"a",
        }
    )
    block = blocks(read)[0]
    assert isinstance(block, ProblemBlock)
    assert block.problem.settings == {"max_attempts": 3, "weight": 2.5, "graded": True}
    assert block.problem.content == '<problem><p>See <img src="asset:static/a.png" alt="a"/><img/></p></problem>'
    assert (block.problem.format, block.problem.title, block.problem.source) == ("olx", "Q", block.source)
    assert fate(read, "setting", "problem/p#showanswer")[0] == "dropped"
    assert fate(read, "problem", "problem/p")[0] == "changed"


def test_a_video_keeps_sources_captions_and_files(import_olx: ImportOlx, fate: Fate) -> None:
    video = (
        '<video url_name="v" display_name="V" youtube="0.75:x,1.00:abc" start_time="00:00:10" sub="old"'
        ' html5_sources="[&quot;https://example.org/v.mp4&quot;, &quot;/static/v.mp4&quot;]"'
        ' transcripts="{&quot;de&quot;: &quot;de.srt&quot;, &quot;zh-hans&quot;: &quot;zh.srt&quot;}"'
        ' track="/static/t.pdf" handout="/static/h.pdf">'
        '<source src="https://example.org/v.mp4"/><transcript language="fr" src="gone.srt"/>'
        '<video_asset duration="12.5"/></video>'
    )
    files = {f"static/{name}": b"x" for name in ("v.mp4", "de.srt", "zh.srt", "t.pdf", "h.pdf", "subs_old.srt.sjson")}
    read = import_olx({**page(video), **files})
    block, handout = blocks(read)
    assert isinstance(block, VideoBlock)
    assert [(source.kind, source.value) for source in block.sources] == [
        ("youtube", "abc"),
        ("url", "https://example.org/v.mp4"),
        ("asset", "static/v.mp4"),
    ]
    assert [(caption.language, caption.asset) for caption in block.captions] == [
        ("de", "static/de.srt"),
        ("zh-Hans", "static/zh.srt"),
        ("en", "static/subs_old.srt.sjson"),
    ]
    assert (block.transcript, block.duration_seconds) == ("static/t.pdf", 12.5)
    assert isinstance(handout, FileBlock)
    assert handout.asset == "static/h.pdf"
    assert fate(read, "caption", "video/v#fr")[0] == "dropped"
    assert "only a part" in fate(read, "video", "video/v")[1]


def test_a_video_that_is_nowhere_is_dropped(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(page('<video url_name="v" html5_sources="[&quot;ftp://x/y&quot;, 3]"/>'))
    assert blocks(read) == []
    assert fate(read, "video", "video/v")[0] == "dropped"


def test_a_random_selection_becomes_all_of_its_pool(import_olx: ImportOlx, fate: Fate) -> None:
    pool = '<library_content url_name="l" max_count="1">'
    pool += '<problem url_name="a"><p/></problem><problem url_name="b"><p/></problem></library_content>'
    read = import_olx(page(pool))
    assert [block.source for block in blocks(read)] == ["problem/a", "problem/b"]
    outcome, reason = fate(read, "library_content", "library_content/l")
    assert outcome == "changed"
    assert "1 of them" in reason


def test_tools_of_their_own_become_text_or_are_dropped(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(
        page(
            '<poll url_name="p" question="Which?"'
            ' answers="[[&quot;a&quot;, {&quot;label&quot;: &quot;This &lt;b&gt;&quot;}]]"/>',
            '<annotatable url_name="a"><p>A <annotation title="T" body="B">word</annotation>.</p></annotatable>',
            '<openassessment url_name="o" prompts_type="text"><title>Essay</title>'
            "<prompts><prompt><description>Write &lt;much&gt;.</description></prompt></prompts>"
            "<rubric/></openassessment>",
            '<lti url_name="l" launch_url="https://example.org/launch" lti_id="x"/>',
            '<drag-and-drop-v2 url_name="d" data="{&quot;targetImg&quot;: &quot;/static/t.png&quot;}"/>',
            '<word_cloud url_name="w" instructions="&lt;p&gt;Words!&lt;/p&gt;"/>',
            '<unheard_of url_name="u"/>',
        )
    )
    found = {block.source: block for block in blocks(read)}
    texts = {source: block.html for source, block in found.items() if isinstance(block, RichTextBlock)}
    assert texts["poll/p"] == "<p>Which?</p><ul><li>This &lt;b&gt;</li></ul>"
    assert texts["annotatable/a"] == "<p>A <span>word</span> (T: B).</p>"
    assert texts["openassessment/o"] == "<h3>Essay</h3><p>Write &lt;much&gt;.</p>"
    assert texts["word_cloud/w"] == "<p>Words!</p>"
    link = found["lti/l"]
    assert isinstance(link, EmbedBlock)
    assert (link.url, link.hidden, link.presentation) == ("https://example.org/launch", True, "link")
    for kind, source in (("drag-and-drop-v2", "drag-and-drop-v2/d"), ("unheard_of", "unheard_of/u")):
        assert fate(read, kind, source)[0] == "dropped"
    assert fate(read, "rubric", "openassessment/o#rubric")[0] == "dropped"
    assert fate(read, "reference", "static/t.png")[0] == "dropped"


def test_what_stands_outside_of_the_levels_gets_them_made(import_olx: ImportOlx, fate: Fate) -> None:
    read = import_olx(
        {
            "course/run.xml": '<course><sequential url_name="seq"/><wiki slug="w"/></course>',
            "sequential/seq.xml": '<sequential display_name="Lonely"><html url_name="h">x</html></sequential>',
        }
    )
    section = read.course.sections[0]
    assert (section.title, section.lessons[0].title) == ("Lonely", "Lonely")
    assert [block.source for block in blocks(read)] == ["html/h"]
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


def test_files_that_nothing_leads_to_are_named(import_olx: ImportOlx, fate: Fate, tar_of: Callable[..., Path]) -> None:
    read = import_olx({"html/orphan.html": "x", "chapter/orphan.xml": "<chapter/>"})
    assert fate(read, "document", "html/orphan.html")[0] == "dropped"
    assert fate(read, "document", "chapter/orphan.xml")[0] == "dropped"


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


def test_no_line_of_the_report_holds_what_a_database_refuses(import_olx: ImportOlx) -> None:
    read = import_olx(text("<img src='/static/a\x00b.png'><a href='x\x00y'>z</a>"))
    report = read.report.model_dump_json()
    assert "\\u0000" not in report
    assert "\N{REPLACEMENT CHARACTER}" in report


def test_a_report_without_end_is_refused(import_olx: ImportOlx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lyceum.course.adapters.importing.ledger.MAX_LINES", 50)
    with pytest.raises(ArchiveRefused) as refusal:
        import_olx(text("".join(f'<img src="/static/{number}.png">' for number in range(60))))
    assert refusal.value.reason == "too-many-nodes"


@pytest.mark.parametrize("value", ["\\u0000", "\\ud800"])
def test_settings_in_json_cannot_bring_in_text_that_nobody_can_store(value: str, import_olx: ImportOlx) -> None:
    listed = json.dumps([f"https://example.org/{value}"]).replace("\\\\", "\\").replace('"', "&quot;")
    read = import_olx(page(f'<video url_name="v" youtube="1.00:abc" html5_sources="{listed}"/>'))
    (video,) = blocks(read)
    assert isinstance(video, VideoBlock)
    assert [source.value for source in video.sources] == ["abc"]
