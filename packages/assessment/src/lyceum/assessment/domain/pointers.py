"""JSON pointers (RFC 6901) to what is wrong with an input."""

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lyceum.assessment.domain.values import AuthoringError
from lyceum.kernel.errors import ValidationFailed

T = TypeVar("T")


def pointer(*parts: str | int) -> str:
    """The pointer made of these keys and indices."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def below(prefix: str, errors: Iterable[AuthoringError]) -> list[AuthoringError]:
    """The same errors, seen from the thing that contains theirs."""
    return [AuthoringError(pointer=prefix + error.pointer, detail=error.detail) for error in errors]


def refuse(detail: str, errors: Iterable[AuthoringError]) -> None:
    """Raises `ValidationFailed` if there are errors."""
    listed = [error.model_dump() for error in errors]
    if listed:
        raise ValidationFailed(detail, errors=listed)


def parsed(adapter: TypeAdapter[T], data: object, detail: str) -> T:
    """What `adapter` makes of `data`. Raises `ValidationFailed` with a pointer to every fault."""
    try:
        return adapter.validate_python(data)
    except ValidationError as failure:
        errors = [
            AuthoringError(pointer=_pointer_into(data, error["loc"]), detail=error["msg"])
            for error in failure.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise ValidationFailed(detail, errors=[error.model_dump() for error in errors]) from failure


def _pointer_into(data: Any, location: tuple[str | int, ...]) -> str:
    """pydantic's location without the names of union members, which are no part of the input."""
    parts: list[str | int] = []
    entered = True
    for place, part in enumerate(location):
        last = place == len(location) - 1
        if entered and not last and _is_tag(data, part):
            entered = False
        elif _has(data, part):
            data, entered = data[part], True
            parts.append(part)
        elif last and isinstance(data, dict):
            parts.append(part)
    return pointer(*parts)


def _is_tag(data: Any, part: str | int) -> bool:
    """Whether `part` names the union member that an object says to be; a field may have the same name."""
    return isinstance(data, dict) and part in (data.get("type"), data.get("kind"), data.get("rule"))


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, (list, tuple)):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data
