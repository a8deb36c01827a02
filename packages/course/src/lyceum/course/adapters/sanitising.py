"""The sanitiser of course texts, on nh3 (the HTML standard's own parsing rules, allow-list only)."""

import re
from collections.abc import Iterable

import nh3

from lyceum.course.adapters.html_fragments import FragmentOutline, outline, parse_fragment, serialise_fragment
from lyceum.course.domain.importing import CleanHtml
from lyceum.course.domain.values import MAX_HTML
from lyceum.kernel.errors import ValidationFailed

MAX_DEPTH = 150
MAX_ATTRIBUTES = 100
"""Of one element. nh3's time grows with the square of depth and of attributes, which a stranger chooses."""

_MOST_PASSES = 6
"""Repaired HTML may be read differently the next time; after a few rounds nothing changes any more."""
_ID_PREFIX = "text-"
"""Keeps the ids of texts apart from those of the page around them."""

_SCHEMES = {"http", "https", "mailto", "tel", "asset", "node"}
_MEDIA_SCHEMES = {"http", "https", "asset"}
_SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang", "title", "id", "aria-label", "aria-hidden"},
    "a": {"href"},
    "audio": {"src", "controls", "loop", "preload"},
    "blockquote": {"cite"},
    "code": {"class"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "type", "reversed"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "poster", "controls", "loop", "preload", "width", "height"},
}
_TAGS = {
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
}
_WITH_CONTENT = {
    "embed",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "script",
    "style",
    "svg",
    "template",
    "title",
}
"""Elements whose text is not meant for readers."""

_REPLACED = {"rel", "target"}
"""Attributes that carry nothing of the text and that the platform sets itself."""
_SCAFFOLD = {"html", "head", "body"}
_OPENING_LINE_BREAK = re.compile(r"""(<pre(?:\s[^\s=>"]+="[^"]*")*>)\n""")
"""Parsers swallow the first line break in a `pre`, so that one which matters has to be written twice."""
_LANGUAGE_CLASS = re.compile(r"language-[A-Za-z0-9+#_-]{1,40}")
_ADDRESSES = {"href": _SCHEMES, "src": _MEDIA_SCHEMES, "poster": _MEDIA_SCHEMES, "cite": {"http", "https"}}


class Nh3Sanitiser:
    """An `HtmlSanitiser`. Safe to share between threads."""

    def __init__(self) -> None:
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            clean_content_tags=_WITH_CONTENT,
            attributes=_ATTRIBUTES,
            attribute_filter=_filtered,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer",
        )

    def clean(self, html: str) -> CleanHtml:
        seen = outline(html)
        _refuse_monsters(html, seen)
        cleaned = html.strip()
        for _ in range(_MOST_PASSES):
            before = cleaned
            cleaned = self._pass(before)
            if cleaned == before:
                break
        left = outline(cleaned)
        _refuse_monsters(cleaned, left)
        return CleanHtml(html=cleaned, removed=tuple(sorted(_removed(seen, left))))

    def _pass(self, html: str) -> str:
        # Through a tree first: misnested tags, which the standard repairs by copying, could multiply the text.
        nested = serialise_fragment(parse_fragment(html))
        return _OPENING_LINE_BREAK.sub(r"\1\n\n", self._cleaner.clean(nested).strip())


def _refuse_monsters(html: str, seen: FragmentOutline) -> None:
    if len(html) > MAX_HTML:
        raise _refusal(f"The text has more than {MAX_HTML} characters")
    if seen.depth > MAX_DEPTH:
        raise _refusal(f"The text nests elements deeper than {MAX_DEPTH}")
    if seen.most_attributes > MAX_ATTRIBUTES:
        raise _refusal(f"An element of the text has more than {MAX_ATTRIBUTES} attributes")


def _refusal(fault: str) -> ValidationFailed:
    return ValidationFailed(fault, errors=[{"pointer": "/html", "detail": fault}])


def _removed(seen: FragmentOutline, left: FragmentOutline) -> Iterable[str]:
    names = seen.tags - left.tags - _SCAFFOLD
    for tag, attribute, value in seen.attributes:
        if tag not in _TAGS or attribute in _REPLACED:
            continue
        if attribute not in _ATTRIBUTES["*"] and attribute not in _ATTRIBUTES.get(tag, ()):
            names.add(f"@{attribute}")
        elif _filtered(tag, attribute, value) is None:
            names.add(f"{tag}@{attribute}")
    return names


def _filtered(_tag: str, attribute: str, value: str) -> str | None:
    """The attribute's value as it may stay, or null."""
    if attribute in _ADDRESSES:
        scheme = _SCHEME.match(value)
        if scheme is None:
            return _prefixed_fragment(value) if attribute == "href" else value
        return value if scheme[1].lower() in _ADDRESSES[attribute] else None
    if attribute == "id":
        return _prefixed(value)
    if attribute == "headers":
        return " ".join(map(_prefixed, value.split()))
    if attribute == "class":
        return value if _LANGUAGE_CLASS.fullmatch(value) else None
    return value


def _prefixed_fragment(value: str) -> str:
    return f"#{_prefixed(value[1:])}" if value.startswith("#") and len(value) > 1 else value


def _prefixed(identifier: str) -> str:
    return identifier if identifier.startswith(_ID_PREFIX) else _ID_PREFIX + identifier
