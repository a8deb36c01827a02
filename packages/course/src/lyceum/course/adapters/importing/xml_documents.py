"""Parsing XML from strangers: no document type, no entities, no network, bounded size and depth."""

import re

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own

from lyceum.course.adapters.importing.limits import ArchiveLimits
from lyceum.course.adapters.xml_elements import Element
from lyceum.course.domain.importing import ArchiveRefused, ArchiveTooLarge, RefusalReason

_ENCODINGS = frozenset({"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_PROLOG = re.compile(
    r"""(?P<before>\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*)"""
    r"""(?P<doctype><!DOCTYPE(?:[^>\["']|"[^"]*"|'[^']*')*(?P<subset>\[)?>?)?""",
    re.DOTALL,
)


class MalformedXml(ArchiveRefused):
    """One document is not well-formed or not in the encoding it claims. Whoever can do without it catches this."""


def parse_xml(data: bytes, entry: str, limits: ArchiveLimits) -> Element:
    """The root element of a document.

    Raises `MalformedXml`, and `ArchiveRefused` for entities, which nobody may drop as if it were an accident.
    """
    text = xml_text(data, entry, limits)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in (error.msg or ""):
            raise ArchiveTooLarge(RefusalReason.XML_TOO_DEEP, f"{entry} nests too deeply", entry=entry) from error
        raise _malformed(entry, error.msg or "not well-formed", error.lineno) from error
    return root


def xml_text(data: bytes, entry: str, limits: ArchiveLimits) -> str:
    """The document as text, without its declaration and document type, each line where it was.

    Raises like `parse_xml`, save that well-formedness is not looked at.
    """
    if len(data) > limits.xml_bytes:
        raise ArchiveTooLarge(
            RefusalReason.XML_TOO_LARGE,
            f"{entry} has more than {limits.xml_bytes} bytes of XML",
            entry=entry,
            limit=limits.xml_bytes,
        )
    text = _decode(data, entry)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = _blank(declaration[0]) + text[declaration.end() :]
    prolog = _PROLOG.match(text)
    if prolog and prolog["doctype"]:
        if prolog["subset"]:
            raise ArchiveRefused(
                RefusalReason.XML_ENTITIES, f"{entry} declares entities or a document type of its own", entry=entry
            )
        text = prolog["before"] + _blank(prolog["doctype"]) + text[prolog.end() :]
    return text


def _decode(data: bytes, entry: str) -> str:
    declared = _DECLARED.match(data.lstrip()[:300])
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    encoding = next((marked for mark, marked in _BYTE_ORDER_MARKS if data.startswith(mark)), encoding)
    if encoding not in _ENCODINGS:
        raise _malformed(entry, f"the encoding {encoding} is not supported", 1)
    try:
        return data.decode("utf-8-sig" if encoding in ("utf-8", "utf8") else encoding)
    except UnicodeError as error:
        position = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise _malformed(entry, f"it is not valid {encoding}", data.count(b"\n", 0, position) + 1) from error


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


def _malformed(entry: str, fault: str, line: int | None) -> MalformedXml:
    return MalformedXml(
        RefusalReason.XML_MALFORMED, f"{entry} cannot be read as XML: {fault} (line {line})", entry=entry, line=line
    )
