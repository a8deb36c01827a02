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
    from asyncpg import InterfaceError, PostgresError  # type: ignore[import-untyped]  # asyncpg ships without types

    if isinstance(error, exc.DBAPIError):
        return error.connection_invalidated or isinstance(error, exc.InterfaceError) or _says_so(error.orig)
    if isinstance(error, PostgresError):  # of a statement that went straight to the driver
        return _says_so(error)
    if isinstance(error, BaseExceptionGroup):
        return all(is_outage(each) for each in error.exceptions)
    away = (ConnectionError, TimeoutError, exc.TimeoutError, InterfaceError, httpx.TransportError, Unavailable)
    # asyncpg raises a plain OSError where it tried several addresses in vain.
    return isinstance(error, away) or type(error) is OSError


def _says_so(error: BaseException | None) -> bool:
    return (getattr(error, "sqlstate", None) or "").startswith(_AWAY)
