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
    # Loaded here: commands that need no database do without its driver.
    from asyncpg import (  # type: ignore[import-untyped]  # asyncpg ships without types
        InterfaceError,
        InternalClientError,
        PostgresError,
    )

    if isinstance(error, exc.DBAPIError):
        said = error.orig.__cause__ if error.orig is not None else None
        return (
            error.connection_invalidated
            or isinstance(error, exc.InterfaceError)
            or (said is not None and is_outage(said))
        )
    if isinstance(error, PostgresError):
        return (error.sqlstate or "").startswith(_AWAY)
    if isinstance(error, BaseExceptionGroup):
        return all(is_outage(each) for each in error.exceptions)
    # asyncpg's own: the connection is closed, or the server has taken leave on it and it is about to be.
    gone = (InterfaceError, InternalClientError)
    away = (ConnectionError, TimeoutError, exc.TimeoutError, httpx.TransportError, Unavailable)
    # asyncpg raises a plain OSError where it tried several addresses in vain.
    return isinstance(error, (*gone, *away)) or type(error) is OSError
