"""Values that the whole domain shares: exact numbers, bounded texts, references to items."""

import re
from fractions import Fraction
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, StringConstraints

MAX_HTML = 200_000
"""Characters of one HTML text."""
MAX_LINE = 1_000
"""Characters of one line of plain text: an option of a dropdown, an accepted answer, a learner's short answer."""
MAX_TITLE = 255

_EXACT = re.compile(r"[+-]?(?:\d{1,9}(?:\.\d{1,6})?|\d{1,15}/(?P<denominator>\d{1,7}))")
_SUM = re.compile(r"\d{1,4000}(?:/(?P<denominator>\d{1,4000}))?")
"""Points come out of sums over many items, whose common denominator can be long."""


class Value(BaseModel):
    """Base of the domain's values: they never change and refuse fields that they do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("text may not hold a NUL character")
    return text


def _visible(text: str) -> str:
    if not text.strip():
        raise ValueError("text may not be blank")
    return text


MARKUP = "markup"
"""The mark on types whose text is HTML, see `markup.sanitised`."""
Html = Annotated[str, MARKUP, StringConstraints(max_length=MAX_HTML), AfterValidator(_storable)]
"""An HTML fragment that has passed a sanitiser before it came here."""
Line = Annotated[str, StringConstraints(max_length=MAX_LINE), AfterValidator(_storable)]
Title = Annotated[str, StringConstraints(max_length=MAX_TITLE), AfterValidator(_storable), AfterValidator(_visible)]


def exact(value: Any) -> Fraction:
    """A number such as `2`, `0.25` or `1/3`, without rounding. Raises `ValueError` for anything else.

    A float stands for the decimal number that it prints as, since that is what its author wrote.
    """
    match = _EXACT.fullmatch(str(value)) if isinstance(value, (str, int, float, Fraction)) else None
    if match is None or isinstance(value, bool):
        raise ValueError("must be a number such as 2, 0.25 or 1/3")
    return _fraction(match)


def _points(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    match = _SUM.fullmatch(str(value)) if isinstance(value, (str, int)) else None
    if match is None or isinstance(value, bool):
        raise ValueError("must be points such as 2 or 1/3")
    return _fraction(match)


def _fraction(match: re.Match[str]) -> Fraction:
    if match["denominator"] is not None and int(match["denominator"]) == 0:
        raise ValueError("may not divide by zero")
    return Fraction(match[0])


Exact = Annotated[
    Fraction,
    PlainValidator(exact, json_schema_input_type=int | float | str),
    PlainSerializer(str, return_type=str),
]
"""A number that an author sets; JSON has it as text such as `2` or `1/3`."""
Points = Annotated[
    Fraction,
    PlainValidator(_points, json_schema_input_type=int | str),
    PlainSerializer(str, return_type=str),
    Field(ge=0),
]
"""Points that were earned or could be: fractions, so that thirds add up; JSON has them as text such as `2` or `1/3`."""
Weight = Annotated[Exact, Field(gt=0, le=1000)]
"""What the right answer to an item is worth, in points."""
Credit = Annotated[Exact, Field(ge=0, le=1)]
"""The part of an item's weight that an answer earns."""


class ItemRef(Value):
    """One version of an item. What it refers to never changes."""

    item_id: UUID
    version: int = Field(ge=1)


class AuthoringError(Value):
    """What an author has to put right. `pointer` is a JSON pointer (RFC 6901) into what the author sent."""

    pointer: str
    detail: str
