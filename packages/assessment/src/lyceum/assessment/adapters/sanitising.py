"""The sanitiser of item texts, on nh3 (allow-list only)."""

from html.parser import HTMLParser

import nh3

from lyceum.kernel.errors import ValidationFailed

MAX_DEPTH = 150
MAX_ATTRIBUTES = 100
"""Of one element. nh3's time grows with the square of depth and of attributes, which a stranger chooses."""

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS - {"area", "map"},
    attributes={
        "*": {"dir", "lang", "title"},
        "a": {"href"},
        "img": {"alt", "height", "src", "width"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    url_schemes={"asset", "http", "https", "mailto", "node"},
    link_rel="noopener noreferrer",
)


def sanitise_html(html: str) -> str:
    """The part of the HTML that only shows something. `asset:` and `node:` references stay.

    Raises `ValidationFailed` for elements nested deeper than `MAX_DEPTH` or with more than `MAX_ATTRIBUTES`.
    """
    outline = _Outline()
    outline.feed(html)
    outline.close()
    if outline.deepest > MAX_DEPTH or outline.most_attributes > MAX_ATTRIBUTES:
        detail = "Its elements nest too deeply or have too many attributes"
        raise ValidationFailed("The text is too complicated", errors=[{"pointer": "", "detail": detail}])
    return _CLEANER.clean(html).strip()


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.deepest = self.most_attributes = self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.most_attributes = max(self.most_attributes, len(attrs))
        if tag not in _VOID:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - 1)
