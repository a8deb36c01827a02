"""XML from strangers."""

import pytest

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.importing.xml_documents import MalformedXml, parse_xml
from lyceum.course.adapters.xml_elements import child, inner_markup, markup, text_of
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge

LIMITS = ArchiveLimits(xml_bytes=100_000)

BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>
<course display_name="&lol2;">&lol2;</course>"""


@pytest.mark.parametrize(
    "document",
    [
        BILLION_LAUGHS.encode(),
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!-- before --><?pi x?><!DOCTYPE a SYSTEM "b>" [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]><a/>',
        BILLION_LAUGHS.replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16"),
        b"<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>",
    ],
)
def test_a_document_type_of_its_own_is_refused_and_nobody_may_shrug_it_off(document: bytes) -> None:
    with pytest.raises(ArchiveRefused) as refusal:
        parse_xml(document, "course.xml", LIMITS)
    assert refusal.value.reason == "xml-entities"
    assert not isinstance(refusal.value, MalformedXml)


def test_a_document_type_that_only_points_elsewhere_is_passed_over() -> None:
    document = b'<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "http://example.org/a.dtd">\n<a>text</a>'
    assert text_of(parse_xml(document, "a.xml", LIMITS)) == "text"


@pytest.mark.parametrize(
    ("document", "line"),
    [
        (b"<a>\n<b>\n</a>", 3),
        (b"", 1),
        (b"<a>\n\n&nbsp;</a>", 3),
        (b"<a>\n\xff\xfe\xfa</a>", 2),
        ('<?xml version="1.0" encoding="utf-8"?>\n<a>é</a>'.encode("latin-1"), 2),
        (b'<?xml version="1.0" encoding="utf-7"?><a>+ADw-b/+AD4-</a>', 1),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', 1),
        (b"\xff\xfe<\x00a\x00", 1),
        (b"<a>\x00</a>", 1),
    ],
)
def test_what_cannot_be_read_is_named_with_file_and_line(document: bytes, line: int) -> None:
    with pytest.raises(MalformedXml) as refusal:
        parse_xml(document, "html/a.xml", LIMITS)
    assert refusal.value.reason == "xml-malformed"
    assert refusal.value.extensions["entry"] == "html/a.xml"
    assert refusal.value.extensions["line"] == line


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_the_usual_encodings_are_understood(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    document = f'<?xml version="1.0" encoding="{declared}"?><a>é</a>'.encode(encoding)
    assert text_of(parse_xml(document, "a.xml", LIMITS)) == "é"


def test_depth_and_size_are_bounded() -> None:
    with pytest.raises(ArchiveTooLarge) as deep:
        parse_xml(b"<a>" * 5000 + b"</a>" * 5000, "a.xml", LIMITS)
    assert deep.value.reason == "xml-too-deep"
    with pytest.raises(ArchiveTooLarge) as large:
        parse_xml(b"<a>" + b"x" * LIMITS.xml_bytes + b"</a>", "a.xml", LIMITS)
    assert large.value.reason == "xml-too-large"


def test_markup_comes_out_as_it_went_in_without_comments() -> None:
    root = parse_xml(b"<a>1 &lt; 2<!-- hidden --><b c='d'>x</b> tail</a>", "a.xml", LIMITS)
    assert inner_markup(root) == '1 &lt; 2<b c="d">x</b> tail'
    assert markup(root) == '<a>1 &lt; 2<b c="d">x</b> tail</a>'
    assert text_of(child(root, "b")) == "x"
    assert child(root, "b", "missing") is None
