"""Texts of small Open edX courses: what they point to, and what is left of them."""

from collections.abc import Callable
from pathlib import Path

from lyceum.course.domain.importing import (
    EmbedBlock,
    ImportedBlock,
    ReadCourse,
    RichTextBlock,
)

Fate = Callable[[ReadCourse, str, str], tuple[str, str]]
ImportOlx = Callable[..., ReadCourse]
Build = Callable[..., dict[str, str]]
Blocks = Callable[[ReadCourse], list[ImportedBlock]]


def test_links_and_pictures_point_into_the_course(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, text_page: Build
) -> None:
    html = (
        '<img src="/static/My_picture.png"><img src="/static/gone.png" alt="gone">'
        '<a href="/jump_to_id/other#part">o</a><a href="/jump_to_id/nowhere">n</a>'
        '<a href="/asset-v1:Org+C1+run+type@asset+block@My_picture.png">a</a>'
        '<a href="https://example.org/static/x.png">outside</a>'
        '<a href="/courses/course-v1:Org+C1+run/jump_to/block-v1:Org+C1+run+type@vertical+block@vert">j</a>'
    )
    read = import_olx(
        {
            **text_page(html),
            "static/My picture.png": b"png",
            "static/orphan.pdf": b"pdf",
            "sequential/seq.xml": '<sequential><vertical url_name="vert"/><vertical url_name="v2"/></sequential>',
            "vertical/v2.xml": '<vertical display_name="Other"><html url_name="other">x</html></vertical>',
        }
    )
    block = blocks_of(read)[0]
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


def test_files_that_only_scripts_and_styles_name_are_missed_too(
    import_olx: ImportOlx, fate: Fate, text_page: Build
) -> None:
    read = import_olx(
        text_page("<p>x</p><script>load('/static/a.js')</script><p style=\"background: url(/static/b.png)\">y</p>")
    )
    assert fate(read, "reference", "static/a.js")[0] == "dropped"
    assert fate(read, "reference", "static/b.png")[0] == "dropped"
    outcome, reason = fate(read, "rich_text", "html/t")
    assert outcome == "changed"
    assert "script" in reason
    assert "@style" in reason


def test_a_text_that_is_one_frame_becomes_an_embed(import_olx: ImportOlx, blocks_of: Blocks, text_page: Build) -> None:
    frame = '<div><iframe src="https://example.org/embed?a=1&amp;b=2" title="Sim">no frames</iframe></div>'
    read = import_olx(text_page(frame))
    block = blocks_of(read)[0]
    assert isinstance(block, EmbedBlock)
    assert block.url == "https://example.org/embed?a=1&b=2"


def test_a_frame_among_text_becomes_a_link(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, text_page: Build
) -> None:
    read = import_olx(text_page('<p>See</p><iframe src="https://example.org/a" title="The thing"></iframe>'))
    block = blocks_of(read)[0]
    assert isinstance(block, RichTextBlock)
    assert '<a href="https://example.org/a" rel="noopener noreferrer">The thing</a>' in block.html
    assert "iframe became a link" in fate(read, "rich_text", "html/t")[1]


def test_a_text_with_nothing_left_to_see_is_dropped_and_one_that_was_empty_is_not(
    import_olx: ImportOlx, fate: Fate, blocks_of: Blocks, text_page: Build
) -> None:
    assert fate(import_olx(text_page("<script>x()</script> &nbsp; <div></div>")), "rich_text", "html/t")[0] == "dropped"
    read = import_olx(text_page(" "))
    assert fate(read, "rich_text", "html/t")[0] == "changed"
    assert len(blocks_of(read)) == 1


def test_files_that_nothing_leads_to_are_named(import_olx: ImportOlx, fate: Fate, tar_of: Callable[..., Path]) -> None:
    read = import_olx({"html/orphan.html": "x", "chapter/orphan.xml": "<chapter/>"})
    assert fate(read, "document", "html/orphan.html")[0] == "dropped"
    assert fate(read, "document", "chapter/orphan.xml")[0] == "dropped"
