"""Items: the questions, each type in a file of its own."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from lyceum.assessment.domain.items.base import BaseItem, Feedback
from lyceum.assessment.domain.items.credit_rules import AllOrNothing, EveryDecision, Halves, PerRightOption
from lyceum.assessment.domain.items.dropdown import Dropdown, TextOption
from lyceum.assessment.domain.items.multiple_choice import CombinationFeedback, MultipleChoice, TickedOption
from lyceum.assessment.domain.items.numeric import AcceptedRange, AcceptedValue, Numeric
from lyceum.assessment.domain.items.one_of_many import CreditedOption, OneOfMany
from lyceum.assessment.domain.items.responses import (
    ChoiceResponse,
    ChoicesResponse,
    NumberResponse,
    Response,
    TextResponse,
)
from lyceum.assessment.domain.items.short_text import AcceptedPattern, AcceptedText, ShortText
from lyceum.assessment.domain.items.single_choice import SingleChoice
from lyceum.assessment.domain.items.views import ItemView, OptionView, PartView, ReviewView, Show
from lyceum.assessment.domain.pointers import parsed, refuse

Item = Annotated[SingleChoice | MultipleChoice | Dropdown | Numeric | ShortText, Field(discriminator="type")]
"""Any item; `type` says which."""

ItemType = Literal["single_choice", "multiple_choice", "dropdown", "numeric", "short_text"]

ITEMS: TypeAdapter[Item] = TypeAdapter(Item)
"""Reads and writes items as JSON."""


def parse_item(data: object) -> Item:
    """The item that an author wrote. Raises `ValidationFailed` with a JSON pointer to everything that is wrong."""
    item = parsed(ITEMS, data, "The item is not valid")
    refuse("The item is not valid", item.authoring_errors())
    return item


__all__ = [
    "ITEMS",
    "AcceptedPattern",
    "AcceptedRange",
    "AcceptedText",
    "AcceptedValue",
    "AllOrNothing",
    "BaseItem",
    "ChoiceResponse",
    "ChoicesResponse",
    "CombinationFeedback",
    "CreditedOption",
    "Dropdown",
    "EveryDecision",
    "Feedback",
    "Halves",
    "Item",
    "ItemType",
    "ItemView",
    "MultipleChoice",
    "NumberResponse",
    "Numeric",
    "OneOfMany",
    "OptionView",
    "PartView",
    "PerRightOption",
    "Response",
    "ReviewView",
    "ShortText",
    "Show",
    "SingleChoice",
    "TextOption",
    "TextResponse",
    "TickedOption",
    "parse_item",
]
