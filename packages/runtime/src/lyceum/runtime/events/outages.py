"""Telling an engine that is away from an event that cannot be handled."""

import httpx
from sqlalchemy import exc

from lyceum.kernel.errors import Unavailable

# PostgreSQL's classes: connection exception, insufficient resources, operator intervention, system error.
_AWAY = ("08", "53", "57P", "58")


def is_outage(error: BaseException) -> bool:
    """Whether the failure is that of a database, a network or another process, which no event is to blame for.

    An event that meets an outage waits until it is over, however long that takes.
    """
    if isinstance(error, exc.DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or isinstance(error, exc.InterfaceError) or state.startswith(_AWAY)
    if isinstance(error, BaseExceptionGroup):
        return all(is_outage(each) for each in error.exceptions)
    away = (ConnectionError, TimeoutError, exc.TimeoutError, httpx.TransportError, Unavailable)
    # asyncpg raises a plain OSError where it tried several addresses in vain.
    return isinstance(error, away) or type(error) is OSError
