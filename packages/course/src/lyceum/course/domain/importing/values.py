"""What all imported values share: they never change, know no surprise fields, and hold only text that can be stored."""

from datetime import UTC
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from lyceum.course.domain.values import MAX_HTML, MAX_SUMMARY, MAX_TITLE

MAX_SOURCE = 400
MAX_PROBLEM = 4_000_000
"""Characters of one foreign problem, which may be a whole assessment."""
MAX_URL = 4_000


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text may not hold a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("text may not hold halves of surrogate pairs") from None
    return text


Storable = Annotated[str, AfterValidator(_storable)]
Title = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_TITLE)]
Source = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_SOURCE)]
Requirements = Annotated[tuple[Source, ...], Field(max_length=20)]
Html = Annotated[Storable, StringConstraints(max_length=MAX_HTML)]
Summary = Annotated[Storable, StringConstraints(max_length=MAX_SUMMARY)]
Url = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_URL)]


def is_web_address(url: str) -> bool:
    """Whether this is an http(s) address with a host, short enough to keep."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= MAX_URL
    except ValueError:
        return False


def _web_address(url: str) -> str:
    if not is_web_address(url):
        raise ValueError("only http and https addresses are taken")
    return url


WebAddress = Annotated[Url, AfterValidator(_web_address)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
"""In UTC, so that the same moment has one writing."""


class ImportedValue(BaseModel):
    """Base of the values that describe an imported course."""

    model_config = ConfigDict(frozen=True, extra="forbid")
