"""Numbers of OLX keys, which may be little sums: `2*pi`, `sqrt(2)/3`, `1.5e3`."""

import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import NoReturn

from lyceum.assessment.adapters.importing.collecting import Unsupported
from lyceum.assessment.domain.items.numbers import author_number, number_text

_TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z]\w*)|(\*\*|[-+*/^()]))")
_CONSTANTS = {"pi": math.pi, "e": math.e}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "abs": abs,
}
_MAX_LENGTH = 200
_MAX_DEPTH = 20
_MAX_POWER = 1000


def evaluate(expression: str) -> Fraction:
    """The value, exact as long as it stays rational, else to the precision of a double. Raises `Unsupported`."""
    try:
        value = _Sum(expression).value()
        try:
            return author_number(value)
        except ValueError:
            # More digits than a key may have, as 1/3 * 1e-40 has: a double is more than any tolerance asks for.
            return author_number(Fraction(repr(float(value))))
    except (ArithmeticError, ValueError) as error:
        raise Unsupported(f"The answer “{expression[:80]}” is not a number that can be worked out: {error}") from error


def as_number(expression: str) -> str:
    """The value of an expression as a number of a key. Raises `Unsupported`."""
    return number_text(evaluate(expression))


class _Sum:
    """A recursive descent over `+ -`, `* /`, signs and powers, loosest first."""

    def __init__(self, text: str) -> None:
        if len(text) > _MAX_LENGTH:
            raise ValueError("it is too long")
        self._tokens = self._split(text)
        self._depth = 0

    @staticmethod
    def _split(text: str) -> list[str]:
        tokens, end = [], 0
        rest = text.rstrip()
        while end < len(rest):
            match = _TOKEN.match(rest, end)
            if match is None:
                raise ValueError(f"“{rest[end]}” is not understood")
            tokens.append(match[0].strip())
            end = match.end()
        return tokens[::-1]

    def value(self) -> Fraction:
        value = self._sum()
        if self._tokens:
            raise ValueError(f"“{self._tokens[-1]}” is not understood")
        return value

    def _take(self, *wanted: str) -> str | None:
        return self._tokens.pop() if self._tokens and self._tokens[-1] in wanted else None

    def _sum(self) -> Fraction:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError("it is nested too deeply")
        value = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            value = value + other if sign == "+" else value - other
        self._depth -= 1
        return value

    def _product(self) -> Fraction:
        value = self._signed()
        while sign := self._take("*", "/"):
            other = self._signed()
            value = value * other if sign == "*" else value / other
        return value

    def _signed(self) -> Fraction:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        value = self._power()
        return -value if negative else value

    def _power(self) -> Fraction:
        base = self._atom()
        if not self._take("^", "**"):
            return base
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise ValueError("it is nested too deeply")
        exponent = self._signed()
        self._depth -= 1
        if abs(exponent) > _MAX_POWER or max(abs(base.numerator), base.denominator).bit_length() > 256:
            raise ValueError("the power is too large")
        if exponent.denominator == 1:
            return base ** int(exponent)
        power = float(base) ** float(exponent)
        return _exact(power) if isinstance(power, float) else self._refuse("it is a complex number")

    def _atom(self) -> Fraction:
        token = self._tokens.pop() if self._tokens else self._refuse("it ends too early")
        if token == "(":  # noqa: S105 a bracket, not a password
            return self._closed(self._sum())
        if token[0].isdigit() or token[0] == ".":
            exponent = token.lower().partition("e")[2]
            if abs(int(exponent or 0)) > 150:
                raise ValueError("the exponent is too large")
            return Fraction(token)
        if token in _FUNCTIONS and self._take("("):
            return _exact(_FUNCTIONS[token](float(self._closed(self._sum()))))
        if token in _CONSTANTS:
            return _exact(_CONSTANTS[token])
        return self._refuse(f"“{token}” is not understood")

    def _closed(self, value: Fraction) -> Fraction:
        if not self._take(")"):
            raise ValueError("a bracket is open")
        return value

    @staticmethod
    def _refuse(reason: str) -> NoReturn:
        raise ValueError(reason)


def _exact(value: float) -> Fraction:
    """The shortest decimal that is this double, so that cos(0)*2 is 2. Raises `ValueError` for NaN and infinities."""
    return Fraction(repr(value)) if math.isfinite(value) else _Sum._refuse("it is not finite")
