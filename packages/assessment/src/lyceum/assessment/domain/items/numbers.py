"""Numbers as people type them, read exactly.

Authors' numbers are bounded (`Number`) more tightly than learners' (`parse_number`), so that whatever follows from a
key, such as the middle of a range, can be written as an answer.
"""

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

MAX_NUMBER_TEXT = 420
MAX_EXPONENT = 150
_MAX_AUTHOR_DIGITS = 50
_MAX_AUTHOR_FRACTION = 10**30

_DECIMAL = re.compile(r"([+-]?)(\d*)(?:([.,])(\d*))?(?:[eE]([+-]?\d{1,4}))?")
_FRACTION = re.compile(r"([+-]?\d{1,200})/(\d{1,200})")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_SAME = str.maketrans({"−": "-", "–": "-", "⁄": "/", "÷": "/"})
_SPACES = re.compile(r"\s+")


def parse_number(text: str) -> Fraction:
    """The exact value of `12`, `-3.5`, `3,5`, `.5`, `6.02e23`, `1/3`.

    Raises `ValueError`, saying what to write instead. White space and the different minus signs do not matter. A comma
    is a decimal comma; `1,000` could mean two numbers a thousand times apart, so it is refused rather than guessed.
    """
    if len(text) > MAX_NUMBER_TEXT:
        raise ValueError("the number is too long")
    plain = _SPACES.sub("", text).translate(_SAME)
    if _THOUSANDS.fullmatch(plain):
        raise ValueError("write the number without a separator for thousands, or with a decimal point")
    if fraction := _FRACTION.fullmatch(plain):
        if int(fraction[2]) == 0:
            raise ValueError("a fraction may not divide by zero")
        return Fraction(int(fraction[1]), int(fraction[2]))
    number = _DECIMAL.fullmatch(plain)
    if number is None or not (number[2] or number[4]):
        raise ValueError("must be a number such as 12, -3.5, 6.02e23 or 1/3")
    exponent = int(number[5] or 0)
    if abs(exponent) > MAX_EXPONENT:
        raise ValueError(f"the exponent must be between -{MAX_EXPONENT} and {MAX_EXPONENT}")
    digits, decimals = number[2] or "", number[4] or ""
    value = Fraction(int(digits + decimals)) * Fraction(10) ** (exponent - len(decimals))
    return -value if number[1] == "-" else value


def number_text(value: Fraction) -> str:
    """The shortest exact way to write the number that `parse_number` reads back: decimal, scientific or a fraction."""
    scaled = _decimal(value)
    if scaled is None or len(str(abs(scaled[0]))) > _MAX_AUTHOR_DIGITS:
        return str(value)
    digits, exponent = scaled
    if exponent > 6 or exponent < -12:
        return f"{digits}e{exponent}"
    if exponent >= 0:
        return str(digits * 10**exponent)
    text = str(abs(digits)).rjust(1 - exponent, "0")
    return f"{'-' if digits < 0 else ''}{text[:exponent]}.{text[exponent:]}"


def author_number(value: Any) -> Fraction:
    """A number of a key. Raises `ValueError` for what is no number or has more digits than can be kept."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Fraction)):
        raise ValueError("must be a number")
    number = value if isinstance(value, Fraction) else parse_number(str(value))
    scaled = _decimal(number)
    if max(abs(number.numerator), number.denominator) < _MAX_AUTHOR_FRACTION:
        return number
    if scaled is None or len(str(abs(scaled[0]))) > _MAX_AUTHOR_DIGITS or abs(scaled[1]) > MAX_EXPONENT:
        raise ValueError("the number has too many digits")
    return number


def _decimal(value: Fraction) -> tuple[int, int] | None:
    """The number as `digits × 10^exponent` with the fewest digits; null where its decimals never end."""
    denominator, twos, fives = value.denominator, 0, 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    if denominator != 1:
        return None
    exponent = -max(twos, fives)
    digits = int(value * 10**-exponent)
    while digits and digits % 10 == 0:
        digits, exponent = digits // 10, exponent + 1
    return (digits, exponent) if digits else (0, 0)


Number = Annotated[
    Fraction,
    PlainValidator(author_number, json_schema_input_type=int | float | str),
    PlainSerializer(number_text, return_type=str),
]
"""A number of a key, exact; JSON has it as text."""
