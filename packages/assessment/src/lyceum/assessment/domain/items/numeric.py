"""Numeric items: values with a tolerance, and ranges."""

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, TypeAdapter

from lyceum.assessment.domain.items.base import BaseItem
from lyceum.assessment.domain.items.numbers import Number, number_text, parse_number
from lyceum.assessment.domain.items.responses import NumberResponse, Response
from lyceum.assessment.domain.pointers import parsed
from lyceum.assessment.domain.scoring import Score
from lyceum.assessment.domain.values import AuthoringError, Credit, Html, Value
from lyceum.kernel.errors import ValidationFailed

_RESPONSE = TypeAdapter(NumberResponse)
_UNSEEN = Fraction(1, 100)
"""Percent up to which a tolerance only makes up for rounding and need not be shown."""


class AcceptedValue(Value):
    """A number and how far an answer may be from it, ends included.

    `tolerance` is in the unit of the value, or in percent of the value where `percent` is set.
    """

    kind: Literal["value"] = "value"
    value: Number
    tolerance: Annotated[Number, Field(ge=0)] = Fraction(0)
    percent: bool = False
    credit: Credit = Fraction(1)
    feedback: Html = ""

    def accepts(self, number: Fraction) -> bool:
        margin = abs(self.value) * self.tolerance / 100 if self.percent else self.tolerance
        return abs(number - self.value) <= margin

    def example(self) -> Fraction:
        return self.value

    def __str__(self) -> str:
        if not self.tolerance or (self.percent and self.tolerance <= _UNSEEN):
            return number_text(self.value)
        return f"{number_text(self.value)} ± {number_text(self.tolerance)}{' %' if self.percent else ''}"


class AcceptedRange(Value):
    """All numbers between two ends, each of which belongs to the range (`closed`) or does not."""

    kind: Literal["range"] = "range"
    low: Number
    high: Number
    low_closed: bool = True
    high_closed: bool = True
    credit: Credit = Fraction(1)
    feedback: Html = ""

    def accepts(self, number: Fraction) -> bool:
        return self.low < number < self.high or (
            (number == self.low and self.low_closed) or (number == self.high and self.high_closed)
        )

    def example(self) -> Fraction:
        if self.low_closed:
            return self.low
        return self.high if self.high_closed else (self.low + self.high) / 2

    def __str__(self) -> str:
        left, right = "[" if self.low_closed else "(", "]" if self.high_closed else ")"
        return f"{left}{number_text(self.low)}, {number_text(self.high)}{right}"


AcceptedNumber = Annotated[AcceptedValue | AcceptedRange, Field(discriminator="kind")]


class Numeric(BaseItem):
    """A number. The accepted answer with the most credit counts; one with credit 0 is there for its feedback."""

    kind: ClassVar[str] = "numeric"
    type: Literal["numeric"] = "numeric"
    accepted: tuple[AcceptedNumber, ...] = Field(max_length=100)

    def _key_errors(self) -> list[AuthoringError]:
        errors = []
        if not any(answer.credit == 1 for answer in self.accepted):
            errors.append(AuthoringError(pointer="/accepted", detail="One answer at least must earn full credit"))
        for index, answer in enumerate(self.accepted):
            if isinstance(answer, AcceptedRange) and not (
                answer.low < answer.high or (answer.low == answer.high and answer.low_closed and answer.high_closed)
            ):
                errors.append(AuthoringError(pointer=f"/accepted/{index}", detail="The range holds no number"))
        return errors

    def parse_response(self, payload: object) -> Response | None:
        if payload is None:
            return None
        response = parsed(_RESPONSE, payload, 'The answer must look like {"value": "3.5"}')
        if not response.value.strip():
            return None
        try:
            parse_number(response.value)
        except ValueError as error:
            errors = [{"pointer": "/value", "detail": str(error)}]
            raise ValidationFailed("The answer is not a number", errors=errors) from error
        return response

    def score(self, response: Response | None) -> Score:
        if not isinstance(response, NumberResponse):
            return self._blank()
        number = parse_number(response.value)
        matches = [answer for answer in self.accepted if answer.accepts(number)]
        if not matches:
            return self._score(Fraction(0))
        best = max(matches, key=lambda answer: answer.credit)
        return self._score(best.credit, own_feedback=best.feedback)

    def right_response(self) -> Response | None:
        right = next((answer for answer in self.accepted if answer.credit == 1), None)
        return NumberResponse(value=number_text(right.example())) if right else None

    def key(self) -> tuple[str, ...]:
        return tuple(str(answer) for answer in self.accepted if answer.credit == 1)
