"""What stands on the pages of small Open edX courses beside text."""

from collections.abc import Callable

from lyceum.course.domain.importing import (
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ProblemBlock,
    ReadCourse,
    RichTextBlock,
    VideoBlock,
)

Fate = Callable[[ReadCourse, str, str], tuple[str, str]]
ImportOlx = Callable[..., ReadCourse]
Build = Callable[..., dict[str, str]]
Blocks = Callable[[ReadCourse], list[ImportedBlock]]


def test_a_problem_is_handed_on_with_what_bears_on_scores(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    read = import_olx(
        {
            **page_of('<problem url_name="p"/>'),
            "sequential/seq.xml": '<sequential graded="true"><vertical url_name="vert"/></sequential>',
            "problem/p.xml": '<problem display_name="Q" max_attempts="3" weight="2.5" showanswer="never" markdown="x">'
            '<p>See <img src="/static/a.png" alt="a"/><img src="/static/b.png"/></p></problem>',
            "static/a.png": b"a",
        }
    )
    block = blocks_of(read)[0]
    assert isinstance(block, ProblemBlock)
    assert block.problem.settings == {"max_attempts": 3, "weight": 2.5, "graded": True}
    assert block.problem.content == '<problem><p>See <img src="asset:static/a.png" alt="a"/><img/></p></problem>'
    assert (block.problem.format, block.problem.title, block.problem.source) == ("olx", "Q", block.source)
    assert fate(read, "setting", "problem/p#showanswer")[0] == "dropped"
    assert fate(read, "problem", "problem/p")[0] == "changed"


def test_a_video_keeps_sources_captions_and_files(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    video = (
        '<video url_name="v" display_name="V" youtube="0.75:x,1.00:abc" start_time="00:00:10" sub="old"'
        ' html5_sources="[&quot;https://example.org/v.mp4&quot;, &quot;/static/v.mp4&quot;]"'
        ' transcripts="{&quot;de&quot;: &quot;de.srt&quot;, &quot;zh-hans&quot;: &quot;zh.srt&quot;}"'
        ' track="/static/t.pdf" handout="/static/h.pdf">'
        '<source src="https://example.org/v.mp4"/><transcript language="fr" src="gone.srt"/>'
        '<video_asset duration="12.5"/></video>'
    )
    files = {f"static/{name}": b"x" for name in ("v.mp4", "de.srt", "zh.srt", "t.pdf", "h.pdf", "subs_old.srt.sjson")}
    read = import_olx({**page_of(video), **files})
    block, handout = blocks_of(read)
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


def test_a_video_that_is_nowhere_is_dropped(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    read = import_olx(page_of('<video url_name="v" html5_sources="[&quot;ftp://x/y&quot;, 3]"/>'))
    assert blocks_of(read) == []
    assert fate(read, "video", "video/v")[0] == "dropped"


def test_a_random_selection_becomes_all_of_its_pool(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    pool = '<library_content url_name="l" max_count="1">'
    pool += '<problem url_name="a"><p/></problem><problem url_name="b"><p/></problem></library_content>'
    read = import_olx(page_of(pool))
    assert [block.source for block in blocks_of(read)] == ["problem/a", "problem/b"]
    outcome, reason = fate(read, "library_content", "library_content/l")
    assert outcome == "changed"
    assert "1 of them" in reason


def test_tools_of_their_own_become_text_or_are_dropped(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, page_of: Build
) -> None:
    read = import_olx(
        page_of(
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
    found = {block.source: block for block in blocks_of(read)}
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
