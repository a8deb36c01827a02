"""Sanitising whatever holds HTML."""

from collections.abc import Callable
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lyceum.assessment.domain.values import MARKUP

V = TypeVar("V", bound=BaseModel)


def sanitised(value: V, sanitise: Callable[[str], str]) -> V:
    """The value with every `Html` in it, at any depth, passed through `sanitise`.

    The fields' own types say where HTML is, so a new field cannot be forgotten.
    """
    changes = {
        name: _cleaned(getattr(value, name), sanitise, _holds_markup(field))
        for name, field in type(value).model_fields.items()
    }
    return value.model_copy(update=changes)


def _cleaned(value: Any, sanitise: Callable[[str], str], markup: bool) -> Any:
    if isinstance(value, BaseModel):
        return sanitised(value, sanitise)
    if isinstance(value, tuple):
        return tuple(_cleaned(part, sanitise, markup) for part in value)
    return sanitise(value) if markup and isinstance(value, str) else value


def _holds_markup(field: FieldInfo) -> bool:
    parts = [field.metadata, *(getattr(part, "__metadata__", ()) for part in get_args(field.annotation))]
    return any(MARKUP in part for part in parts)
