"""What all imported values share: they never change, know no surprise fields, and hold only text that can be stored."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from lyceum.course.domain.values import MAX_HTML, MAX_SUMMARY, MAX_TITLE

MAX_SOURCE = 400
MAX_PROBLEM = 4_000_000
"""Characters of one foreign problem, which may be a whole assessment."""
MAX_URL = 4_000


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text may not hold a NUL character")
    return text


Storable = Annotated[str, AfterValidator(_storable)]
Title = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_TITLE)]
Source = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_SOURCE)]
Html = Annotated[Storable, StringConstraints(max_length=MAX_HTML)]
Summary = Annotated[Storable, StringConstraints(max_length=MAX_SUMMARY)]
Url = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_URL)]


class ImportedValue(BaseModel):
    """Base of the values that describe an imported course."""

    model_config = ConfigDict(frozen=True, extra="forbid")
