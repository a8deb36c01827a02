"""The cursors of course's listings, checked before they reach a statement."""

from datetime import UTC, datetime
from uuid import UUID

from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.pagination import decode_cursor

_MAX_NUMBER = 2**31 - 1


def moment_and_id(cursor: str) -> tuple[datetime, UUID]:
    """Raises `ValidationFailed`, also for a moment without an offset or outside the years 1 to 9999 in UTC."""
    moment, row_id = decode_cursor(cursor, datetime, UUID)
    try:
        if moment.tzinfo is None:
            raise _not_ours()
        return moment.astimezone(UTC), row_id
    except OverflowError as error:
        raise _not_ours() from error


def version_number(cursor: str) -> int:
    """Raises `ValidationFailed`, also for a number that no version can have."""
    (number,) = decode_cursor(cursor, int)
    if not 1 <= number <= _MAX_NUMBER:
        raise _not_ours()
    return int(number)


def _not_ours() -> ValidationFailed:
    detail = "not a cursor of this listing"
    return ValidationFailed(
        "The cursor is not one that this listing gave out", errors=[{"pointer": "/cursor", "detail": detail}]
    )
