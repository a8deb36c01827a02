"""What all imported values share: they never change, know no surprise fields, and hold only text that can be stored."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

MAX_TITLE = 255
MAX_SOURCE = 400
MAX_TEXT = 4_000_000
"""Characters of one HTML text or one foreign problem; an order of magnitude above the longest seen in the wild."""
MAX_URL = 4_000


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text may not hold a NUL character")
    return text


Storable = Annotated[str, AfterValidator(_storable)]
Title = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_TITLE)]
Source = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_SOURCE)]
Text = Annotated[Storable, StringConstraints(max_length=MAX_TEXT)]
Url = Annotated[Storable, StringConstraints(min_length=1, max_length=MAX_URL)]


class ImportedValue(BaseModel):
    """Base of the values that describe an imported course."""

    model_config = ConfigDict(frozen=True, extra="forbid")
