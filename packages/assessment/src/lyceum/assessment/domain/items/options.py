"""Options to choose from, and what is checked about them."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import StringConstraints

from lyceum.assessment.domain.items.responses import MAX_OPTIONS
from lyceum.assessment.domain.values import AuthoringError, Html, Value
from lyceum.kernel.errors import ValidationFailed

OptionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""Learners see option ids, so authors' tools make them up at random: an id may not tell which option is right."""


class Option(Value):
    """What can be chosen. A `pinned` option keeps its place when the others are shuffled ("none of the above")."""

    id: OptionId
    content: Html
    pinned: bool = False


def option_errors(options: Sequence[Option]) -> list[AuthoringError]:
    """Too few or too many options, doubled ids, options that show nothing."""
    errors = []
    if not 2 <= len(options) <= MAX_OPTIONS:
        errors.append(AuthoringError(pointer="/options", detail=f"There must be 2 to {MAX_OPTIONS} options"))
    seen: set[str] = set()
    for index, option in enumerate(options):
        if option.id in seen:
            errors.append(AuthoringError(pointer=f"/options/{index}/id", detail="Another option has this id"))
        seen.add(option.id)
        if not option.content.strip():
            errors.append(AuthoringError(pointer=f"/options/{index}/content", detail="An option may not be blank"))
    return errors


def require_known(chosen: Sequence[str], options: Sequence[Option], pointers: Sequence[str]) -> None:
    """Raises `ValidationFailed` with the pointer of every chosen id that no option has."""
    known = {option.id for option in options}
    errors = [
        {"pointer": pointer, "detail": "The item has no such option"}
        for option, pointer in zip(chosen, pointers, strict=True)
        if option not in known
    ]
    if errors:
        raise ValidationFailed("The answer names an option that the item does not have", errors=errors)


def movable(options: Sequence[Option], shuffle: bool) -> tuple[tuple[str, bool], ...]:
    """Each option's id, and whether a shuffle may move it."""
    return tuple((option.id, shuffle and not option.pinned) for option in options)
