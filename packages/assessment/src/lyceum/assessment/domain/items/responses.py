"""What learners answer with, after it has been checked against the item. Null stands for a blank."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from lyceum.assessment.domain.items.numbers import MAX_NUMBER_TEXT
from lyceum.assessment.domain.values import Line, Value

MAX_OPTIONS = 200


class ChoiceResponse(Value):
    """The id of the chosen option; null or empty is a blank."""

    option: Line | None


class ChoicesResponse(Value):
    """The ids of the chosen options; none is a blank."""

    options: tuple[Line, ...] = Field(max_length=MAX_OPTIONS)


def _number_as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


class NumberResponse(Value):
    """A number as the learner wrote it, see `numbers.parse_number`; white space alone is a blank."""

    value: Annotated[str, BeforeValidator(_number_as_text), StringConstraints(max_length=MAX_NUMBER_TEXT)]


class TextResponse(Value):
    """A short text; white space alone is a blank."""

    text: Line


Response = ChoiceResponse | ChoicesResponse | NumberResponse | TextResponse
