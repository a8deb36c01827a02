"""What a quiz asks: sections with fixed items and random draws."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from lyceum.assessment.domain.values import MAX_TITLE, AuthoringError, Html, Line, Value

MAX_ITEMS = 500
"""Items in one attempt."""
MAX_SECTIONS = 50


class FixedItem(Value):
    """Always this item, in its latest version when an attempt starts."""

    kind: Literal["item"] = "item"
    item_id: UUID


class RandomDraw(Value):
    """`count` items out of a bank, others for every attempt; none that the attempt has already."""

    kind: Literal["draw"] = "draw"
    bank_id: UUID
    count: int = Field(ge=1, le=MAX_ITEMS)


Entry = Annotated[FixedItem | RandomDraw, Field(discriminator="kind")]


class Section(Value):
    """A part of a quiz. `introduction` is what its items share: a text to read, a table to fill in.

    `shuffle_options` lets items shuffle their options; an item can still refuse.
    """

    title: Line = Field(default="", max_length=MAX_TITLE)
    introduction: Html = ""
    entries: tuple[Entry, ...] = Field(default=(), max_length=MAX_ITEMS)
    shuffle_items: bool = False
    shuffle_options: bool = True


def section_errors(sections: tuple[Section, ...]) -> list[AuthoringError]:
    """An item that comes twice, and more items than an attempt can hold."""
    errors = []
    seen: set[UUID] = set()
    count = 0
    for s, section in enumerate(sections):
        for e, entry in enumerate(section.entries):
            count += entry.count if isinstance(entry, RandomDraw) else 1
            if isinstance(entry, FixedItem) and entry.item_id in seen:
                pointer = f"/sections/{s}/entries/{e}/item_id"
                errors.append(AuthoringError(pointer=pointer, detail="The quiz has this item already"))
            elif isinstance(entry, FixedItem):
                seen.add(entry.item_id)
    if count > MAX_ITEMS:
        errors.append(AuthoringError(pointer="/sections", detail=f"An attempt can hold {MAX_ITEMS} items at most"))
    return errors
