"""Which failures are those of an engine, and no fault of an event."""

import httpx
import pytest
from asyncpg import (
    CheckViolationError,
    ConnectionDoesNotExistError,
    InterfaceError,
    InternalClientError,
    TooManyConnectionsError,
)
from asyncpg.exceptions import AdminShutdownError
from sqlalchemy import exc, text

from lyceum.kernel.errors import Unavailable
from lyceum.runtime.events.outages import is_outage


@pytest.mark.parametrize(
    "error",
    [
        ConnectionDoesNotExistError("gone"),
        AdminShutdownError("the server ends"),
        TooManyConnectionsError("full"),
        InterfaceError("connection is closed"),
        InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
        ConnectionRefusedError(),
        OSError("Multiple exceptions"),
        TimeoutError(),
        exc.TimeoutError(),
        httpx.ConnectError("refused"),
        Unavailable(),
        ExceptionGroup("both", [TimeoutError(), ConnectionResetError()]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_engine_that_is_away_is_an_outage(error):
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        CheckViolationError("a rule of the tables"),
        ValueError("a mistake"),
        FileNotFoundError("a file"),
        ExceptionGroup("both", [TimeoutError(), ValueError()]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_mistake_is_none(error):
    assert not is_outage(error)


async def test_a_statement_that_the_server_refuses_is_none_and_a_connection_that_it_ends_is_one(shop):
    async with shop.database.reading() as connection:
        with pytest.raises(exc.DBAPIError) as refused:
            await connection.execute(text("SELECT 1 / 0"))
        with pytest.raises(exc.DBAPIError) as ended:
            await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert not is_outage(refused.value)
    assert is_outage(ended.value)
