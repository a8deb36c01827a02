"""Dropdown: one option out of a list that unfolds."""

from typing import ClassVar, Literal

from lyceum.assessment.domain.items.one_of_many import OneOfMany
from lyceum.assessment.domain.values import MAX_LINE, AuthoringError


class Dropdown(OneOfMany):
    """One of several options in a `<select>`, which shows plain text: markup in an option appears as it is typed."""

    kind: ClassVar[str] = "dropdown"
    type: Literal["dropdown"] = "dropdown"
    shuffle: bool = False

    def _key_errors(self) -> list[AuthoringError]:
        return super()._key_errors() + [
            AuthoringError(pointer=f"/options/{index}/content", detail=f"At most {MAX_LINE} characters")
            for index, option in enumerate(self.options)
            if len(option.content) > MAX_LINE
        ]
