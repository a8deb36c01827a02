"""Keyset pages: the cursor says after which row to go on, so that deep pages cost what the first one costs."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.errors import ValidationFailed

T = TypeVar("T")

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 20


class Page(BaseModel, Generic[T]):
    """One page of a listing. `next_cursor` is null on the last page."""

    model_config = ConfigDict(frozen=True)

    items: list[T]
    next_cursor: str | None = None


class PageRequest(BaseModel):
    """Which page: `limit` rows (1 to 100) after the row that `cursor` names."""

    model_config = ConfigDict(frozen=True)

    limit: int = DEFAULT_PAGE_SIZE
    cursor: str | None = None


def encode_cursor(*keys: Any) -> str:
    """The sort key of the last row of a page, as an opaque string."""
    return base64.urlsafe_b64encode(json.dumps(keys, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type) -> tuple[Any, ...]:
    """The sort key in `cursor`, each part made by the type given for it.

    Raises `ValidationFailed` for anything that `encode_cursor` did not make with such parts.
    """
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(keys, list) or len(keys) != len(types):
            raise ValueError(cursor)
        return tuple(_part(kind, key) for kind, key in zip(types, keys, strict=True))
    except (ValueError, TypeError, binascii.Error, OverflowError, RecursionError) as error:
        raise ValidationFailed(
            "The cursor is not one that this listing gave out",
            errors=[{"pointer": "/cursor", "detail": "not a cursor of this listing"}],
        ) from error


def _part(kind: type, key: Any) -> Any:
    if kind in (str, int, float, bool):
        if type(key) is not kind or (isinstance(key, str) and not _storable(key)):
            raise ValueError(key)
        return key
    if not isinstance(key, str):
        raise ValueError(key)
    if not issubclass(kind, datetime):
        from_text: Callable[[str], Any] = getattr(kind, "fromisoformat", kind)
        return from_text(key)
    moment = kind.fromisoformat(key)
    if moment.tzinfo is None:
        raise ValueError(key)
    moment.astimezone(UTC)  # OverflowError for what has no moment in UTC, which a database would refuse
    return moment


def _storable(text: str) -> bool:
    """Whether a database takes it: PostgreSQL has no NUL in texts, and UTF-8 no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
