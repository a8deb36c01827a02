"""Single choice: radio buttons with rich content."""

from typing import ClassVar, Literal

from lyceum.assessment.domain.items.one_of_many import OneOfMany


class SingleChoice(OneOfMany):
    """One of several options, all in view. True/false is one with two options and `shuffle` off."""

    kind: ClassVar[str] = "single_choice"
    type: Literal["single_choice"] = "single_choice"
