"""Dropdown: one option out of a list that unfolds."""

from typing import ClassVar, Literal

from lyceum.assessment.domain.items.one_of_many import CreditedOption, OneOfMany
from lyceum.assessment.domain.values import Line


class TextOption(CreditedOption):
    """An option of plain text, which is all that a `<select>` shows: markup in it appears as it is typed."""

    content: Line


class Dropdown(OneOfMany):
    """One of several options in a `<select>`."""

    kind: ClassVar[str] = "dropdown"
    type: Literal["dropdown"] = "dropdown"
    options: tuple[TextOption, ...]
    shuffle: bool = False
