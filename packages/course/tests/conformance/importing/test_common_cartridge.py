"""Small cartridges, each with one thing worth looking at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lyceum.course.domain.importing import (
    ArchiveFormat,
    ArchiveRefused,
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ProblemBlock,
    ReadCourse,
    RichTextBlock,
    Visibility,
)

Fate = Callable[[ReadCourse, str, str], tuple[str, str]]
ImportCartridge = Callable[..., ReadCourse]

NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
TEXT = "<html><head><title>{0}</title></head><body><p>{0}</p></body></html>"


def manifest(
    items: str, resources: str, *, version: str = "1.3.0", metadata: str = "", namespace: str = NAMESPACE
) -> str:
    return (
        f'<manifest identifier="m" xmlns="{namespace}"><metadata><schema>IMS Common Cartridge</schema>'
        f"<schemaversion>{version}</schemaversion>{metadata}</metadata>"
        f'<organizations><organization identifier="o"><item identifier="root">{items}</item></organization>'
        f"</organizations><resources>{resources}</resources></manifest>"
    )


def resource(identifier: str, kind: str, href: str, *, inner: str = "") -> str:
    return f'<resource identifier="{identifier}" type="{kind}" href="{href}">{inner}<file href="{href}"/></resource>'


def item(identifier: str, title: str, ref: str = "", inner: str = "") -> str:
    reference = f' identifierref="{ref}"' if ref else ""
    return f'<item identifier="{identifier}"{reference}><title>{title}</title>{inner}</item>'


def web(*names: str) -> tuple[str, dict[str, str]]:
    """Resources `r-<name>` of one HTML page each."""
    resources = "".join(resource(f"r-{name}", "webcontent", f"pages/{name}.html") for name in names)
    return resources, {f"pages/{name}.html": TEXT.format(name) for name in names}


@pytest.fixture
def import_cartridge(zip_of: Callable[..., Path], import_archive: Callable[..., ReadCourse]) -> ImportCartridge:
    def run(manifest_text: str, files: dict[str, str | bytes] | None = None) -> ReadCourse:
        return import_archive(zip_of({"imsmanifest.xml": manifest_text, **(files or {})}))

    return run


def blocks(read: ReadCourse) -> list[ImportedBlock]:
    return list(read.course.blocks())


def outline(read: ReadCourse) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (section.title, [(lesson.title, [page.title for page in lesson.pages]) for lesson in section.lessons])
        for section in read.course.sections
    ]


def test_an_outline_of_any_depth_becomes_sections_lessons_and_pages(
    import_cartridge: ImportCartridge, fate: Fate
) -> None:
    resources, files = web("a", "b", "c", "d", "e", "f", "g")
    deep = item("deeper", "Deeper", inner=item("i-e", "E", "r-e") + item("h", "A heading"))
    items = item("i-a", "A", "r-a") + item(
        "m1",
        "Module 1",
        inner=item("i-b", "B", "r-b")
        + item("head", "Part two")
        + item("i-c", "C", "r-c")
        + item("folder", "Folder", inner=item("i-d", "D", "r-d") + deep)
        + item("i-f", "F", "r-f"),
    )
    read = import_cartridge(manifest(items, resources), files)
    assert read.format is ArchiveFormat.COMMON_CARTRIDGE
    assert outline(read) == [
        ("Untitled course", [("Untitled course", ["A"])]),
        ("Module 1", [("Module 1", ["B"]), ("Part two", ["C"]), ("Folder", ["D", "E"]), ("Module 1", ["F"])]),
        ("More content", [("More content", ["g"])]),
    ]
    assert fate(read, "folder", "item/deeper")[0] == "changed"
    assert fate(read, "heading", "item/h")[0] == "dropped"
    assert read.course.sections[-1].optional
    assert all(page.optional for page in read.course.sections[-1].lessons[0].pages)


def test_without_an_outline_all_pages_are_one_section(import_cartridge: ImportCartridge) -> None:
    resources, files = web("a", "b")
    metadata = (
        '<lom xmlns="l"><general><title><string>The title</string></title><description><string>About it</string>'
        "</description><language>en-US</language></general><lifeCycle/></lom>"
    )
    read = import_cartridge(manifest("", resources, metadata=metadata), files)
    assert outline(read) == [("The title", [("The title", ["a", "b"])])]
    assert not any(page.optional for page in read.course.pages())
    assert (read.course.title, read.course.summary, read.course.language) == ("The title", "About it", "en-US")


def test_modules_of_canvas_stand_in_for_an_empty_outline(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources, files = web("a", "b")
    modules = """<modules xmlns="c"><module identifier="m1"><title>Module</title>
      <workflow_state>unpublished</workflow_state><unlock_at>2030</unlock_at><items>
        <item identifier="i1"><content_type>WikiPage</content_type><title>A</title>
          <identifierref>r-a</identifierref></item>
        <item identifier="i2"><content_type>ContextModuleSubHeader</content_type><title>Then</title></item>
        <item identifier="i3"><content_type>ExternalUrl</content_type><title>Link</title>
          <url>https://example.org/</url></item>
        <item identifier="i4"><content_type>ContextExternalTool</content_type><title>Tool</title>
          <url>https://t.example</url></item>
      </items></module></modules>"""
    read = import_cartridge(manifest("", resources), {**files, "course_settings/module_meta.xml": modules})
    assert outline(read)[0] == ("Module", [("Module", ["A"]), ("Then", ["Link", "Tool"])])
    assert read.course.sections[0].visibility is Visibility.HIDDEN
    link, tool = (page.blocks[0] for page in read.course.sections[0].lessons[1].pages)
    assert isinstance(link, EmbedBlock)
    assert (link.url, link.hidden) == ("https://example.org/", False)
    assert isinstance(tool, EmbedBlock)
    assert tool.hidden
    assert fate(read, "lti", "item/i4#link")[0] == "changed"
    assert fate(read, "setting", "item/m1#unlock_at")[0] == "dropped"


def test_the_texts_of_a_cartridge_point_into_the_course(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources, files = web("a", "b")
    resources += resource("r-pic", "webcontent", "web_resources/my pic.png")
    body = (
        '<p><img src="$IMS-CC-FILEBASE$/my%20pic.png?canvas_download=1"><img src="%24IMS-CC-FILEBASE%24/gone.png">'
        '<img src="../web_resources/my pic.png"><a href="b.html">b</a><a href="$WIKI_REFERENCE$/pages/b">b</a>'
        '<a href="$CANVAS_OBJECT_REFERENCE$/pages/r-b">b</a>'
        '<a href="$CANVAS_COURSE_REFERENCE$/file_ref/r-pic/download">f</a>'
        '<a href="$CANVAS_OBJECT_REFERENCE$/modules/m1">m</a><a href="$CANVAS_OBJECT_REFERENCE$/quizzes/nope">q</a>'
        '<a href="/courses/1/files">x</a></p>'
    )
    files["pages/a.html"] = body
    read = import_cartridge(
        manifest(item("m1", "M", inner=item("i-a", "A", "r-a") + item("i-b", "B", "r-b")), resources),
        {**files, "web_resources/my pic.png": b"png"},
    )
    block = blocks(read)[0]
    assert isinstance(block, RichTextBlock)
    picture = "asset:web_resources/my%20pic.png"
    assert block.html.count(f'src="{picture}"') == 2
    assert block.html.count('href="node:item/i-b"') == 3
    assert block.html.count('href="node:item/m1"') == 1
    for missing in ("gone.png", "$CANVAS_OBJECT_REFERENCE$/quizzes/nope", "/courses/1/files"):
        assert "pages/a.html" in fate(read, "reference", missing)[1]
    assert fate(read, "asset", "web_resources/my pic.png") == ("imported", "")


QTI = """<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">
<assessment ident="q" title="Check yourself">
<qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>2</fieldentry></qtimetadatafield>
<qtimetadatafield><fieldlabel>qmd_timelimit</fieldlabel><fieldentry>30</fieldentry></qtimetadatafield></qtimetadata>
<section ident="s"><item ident="i"><presentation><material>
<mattext texttype="text/html">&lt;img src="$IMS-CC-FILEBASE$/p.png"&gt;
</mattext></material></presentation></item></section></assessment></questestinterop>"""


def test_an_assessment_is_handed_on_whole(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources = resource("r-q", "imsqti_xmlv1p2/imscc_xmlv1p3/assessment", "q/assessment_qti.xml")
    resources += resource("r-p", "webcontent", "web_resources/p.png")
    read = import_cartridge(
        manifest(item("m1", "M", inner=item("i-q", "Quiz", "r-q")), resources),
        {
            "q/assessment_qti.xml": QTI,
            "web_resources/p.png": b"p",
            "r-q/assessment_meta.xml": '<quiz xmlns="c"><title>T</title><allowed_attempts>3</allowed_attempts>'
            "<shuffle_answers>true</shuffle_answers></quiz>",
            "non_cc_assessments/r-q.xml.qti": QTI,
        },
    )
    (block,) = blocks(read)
    assert isinstance(block, ProblemBlock)
    assert block.problem.format == "qti-1.2"
    assert block.problem.title == "Check yourself"
    assert block.problem.settings == {"max_attempts": 3, "time_limit": 1800, "shuffle_answers": True}
    assert 'src="asset:web_resources/p.png"' in block.problem.content
    assert block.problem.content.startswith("<questestinterop")
    assert fate(read, "problem", "resource/r-q") == ("imported", "")
    assert fate(read, "document", "non_cc_assessments/r-q.xml.qti")[0] == "dropped"
    assert fate(read, "document", "r-q/assessment_meta.xml")[0] == "changed"


def test_a_question_bank_is_kept_out_of_sight(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources = resource("r-b", "imsqti_xmlv1p2/imscc_xmlv1p1/question-bank", "b.xml")
    bank = '<questestinterop><objectbank ident="b"><item ident="i"/></objectbank></questestinterop>'
    read = import_cartridge(manifest("", resources), {"b.xml": bank})
    (page,) = read.course.pages()
    assert page.visibility is Visibility.HIDDEN
    assert fate(read, "problem", "resource/r-b")[0] == "changed"


def test_each_kind_of_resource_becomes_its_block(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources = (
        resource("wl", "imswl_xmlv1p3", "wl.xml")
        + resource("dt", "imsdt_xmlv1p3", "dt.xml")
        + resource("lti", "imsbasiclti_xmlv1p3", "lti.xml")
        + resource("as", "assignment_xmlv1p0", "as.xml")
        + resource("pdf", "webcontent", "web_resources/doc.pdf")
        + resource("odd", "idpfepub_epub3p0", "book.epub")
    )
    items = "".join(item(f"i-{name}", name, name) for name in ("wl", "dt", "lti", "as", "pdf", "odd", "gone", "wl"))
    read = import_cartridge(
        manifest(item("m1", "M", inner=items), resources),
        {
            "wl.xml": '<webLink xmlns="w"><title>A link</title>'
            '<url href="https://example.org/x" target="_blank"/></webLink>',
            "dt.xml": '<topic xmlns="d"><title>Talk</title><text texttype="text/plain">a &lt; b\n\nc</text>'
            '<attachments><attachment href="web_resources/doc.pdf"/></attachments></topic>',
            "lti.xml": '<cartridge_basiclti_link xmlns:b="b"><b:title>Tool</b:title>'
            "<b:launch_url>https://tool.example/launch</b:launch_url></cartridge_basiclti_link>",
            "as.xml": '<assignment xmlns="a"><title>Do it</title>'
            '<text texttype="text/html">&lt;p&gt;Now&lt;/p&gt;</text>'
            '<gradable points_possible="5">true</gradable></assignment>',
            "web_resources/doc.pdf": b"pdf",
            "book.epub": b"epub",
        },
    )
    found = {block.source: block for block in blocks(read)}
    link, tool, task, talk = (found[f"resource/{name}"] for name in ("wl", "lti", "as", "dt"))
    assert isinstance(link, EmbedBlock)
    assert (link.url, link.title, link.presentation) == ("https://example.org/x", "A link", "link")
    assert isinstance(tool, EmbedBlock)
    assert tool.hidden
    assert isinstance(task, RichTextBlock)
    assert task.html == "<p>Now</p>"
    assert isinstance(talk, RichTextBlock)
    assert talk.html == "<p>a &lt; b</p><p>c</p>"
    for source in ("resource/dt#attachment-1", "resource/pdf", "resource/odd"):
        assert isinstance(found[source], FileBlock)
    assert fate(read, "discussion", "resource/dt")[0] == "changed"
    assert fate(read, "assignment", "resource/as")[0] == "changed"
    assert fate(read, "setting", "resource/as#gradable")[0] == "dropped"
    assert fate(read, "page", "item/i-gone")[0] == "dropped"
    assert fate(read, "page", "item/i-wl~")[0] == "dropped"
    hidden = [page.title for page in read.course.pages() if page.visibility is Visibility.HIDDEN]
    assert hidden == ["lti"]


def test_what_is_meant_for_instructors_is_hidden(import_cartridge: ImportCartridge) -> None:
    role = (
        '<metadata><lom xmlns="l"><educational><intendedEndUserRole><value>Instructor</value></intendedEndUserRole>'
        "</educational></lom></metadata>"
    )
    resources = resource("r", "webcontent", "a.html", inner=role)
    read = import_cartridge(manifest(item("m", "M", inner=item("i", "I", "r")), resources), {"a.html": "<p>key</p>"})
    assert [page.visibility for page in read.course.pages()] == [Visibility.HIDDEN]


def test_a_stand_in_is_left_out_where_the_real_thing_is_there(import_cartridge: ImportCartridge, fate: Fate) -> None:
    variant = '<variant xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_extensionv1p2" identifierref="as"/>'
    resources = resource("as", "assignment_xmlv1p0", "as.xml") + resource("fb", "webcontent", "fb.html", inner=variant)
    files: dict[str, str | bytes] = {"as.xml": "<assignment><text>Task</text></assignment>", "fb.html": "<p>Task</p>"}
    read = import_cartridge(manifest("", resources), files)
    assert [block.source for block in blocks(read)] == ["resource/as"]
    assert fate(read, "resource", "resource/fb")[0] == "dropped"


def test_a_broken_leaf_is_dropped_and_the_rest_stays(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources, files = web("a")
    resources += resource("bad", "imsdt_xmlv1p3", "bad.xml") + resource("gone", "imswl_xmlv1p3", "gone.xml")
    read = import_cartridge(manifest("", resources), {**files, "bad.xml": "<topic>"})
    assert [block.source for block in blocks(read)] == ["resource/r-a"]
    assert fate(read, "discussion", "resource/bad")[0] == "dropped"
    assert fate(read, "embed", "resource/gone")[0] == "dropped"
    assert fate(read, "reference", "gone.xml")[0] == "dropped"


def test_paths_of_the_manifest_that_lead_outside_are_nowhere(import_cartridge: ImportCartridge) -> None:
    resources = resource("r", "webcontent", "../../etc/passwd") + resource("s", "webcontent", "/etc/passwd")
    read = import_cartridge(manifest(item("m", "M", inner=item("i", "I", "r") + item("j", "J", "s")), resources))
    assert blocks(read) == []
    assert read.assets == ()


def test_two_dots_may_begin_the_name_of_a_file(import_cartridge: ImportCartridge) -> None:
    text = manifest(item("m", "M", inner=item("i", "I", "r")), resource("r", "webcontent", "..notes.txt"))
    read = import_cartridge(text, {"..notes.txt": "words"})
    assert [asset.path for asset in read.assets] == ["..notes.txt"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (manifest("", "", version="1.0.0"), "unsupported-version"),
        (manifest("", "", version="2.0"), "unsupported-version"),
        (manifest("", "").replace("IMS Common Cartridge", "ADL SCORM"), "unknown-format"),
        ("<manifest><metadata/></manifest>", "unknown-format"),
        ("<html/>", "unknown-format"),
        ("<manifest", "xml-malformed"),
        ('<!DOCTYPE m [<!ENTITY a "b">]>' + manifest("", ""), "xml-entities"),
    ],
)
def test_other_manifests_are_refused(text: str, reason: str, import_cartridge: ImportCartridge) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        import_cartridge(text)
    assert refusal.value.reason == reason


@pytest.mark.parametrize("version", ["1.1.0", "1.2.0", "1.3.0"])
def test_all_versions_from_1_1_to_1_3_are_read(version: str, import_cartridge: ImportCartridge) -> None:
    resources, files = web("a")
    namespace = NAMESPACE.replace("v1p3", f"v1p{version[2]}")
    read = import_cartridge(manifest("", resources, version=version, namespace=namespace), files)
    assert len(blocks(read)) == 1


def test_xml_that_is_content_is_kept_as_a_file(import_cartridge: ImportCartridge, fate: Fate) -> None:
    resources = resource("r-d", "webcontent", "data/table.xml") + resource("r-h", "hologram_xmlv9", "h/h.xml")
    items = item("i-d", "Data", "r-d") + item("i-h", "Hologram", "r-h")
    read = import_cartridge(
        manifest(item("m1", "M", inner=items), resources), {"data/table.xml": "<rows/>", "h/h.xml": "<h/>"}
    )
    assert [block.asset for block in blocks(read) if isinstance(block, FileBlock)] == ["data/table.xml", "h/h.xml"]
    assert fate(read, "file", "resource/r-d") == ("imported", "")
    assert fate(read, "file", "resource/r-h")[0] == "changed"
    assert [entry.kind for entry in read.report.items if entry.outcome == "dropped"] == []
