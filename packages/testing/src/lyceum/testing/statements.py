"""Counting SQL statements, so that tests can pin how many a use case needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

_BORDERS = ("BEGIN", "COMMIT", "ROLLBACK")
# What the driver asks when a connection meets a type for the first time: whether it does depends on who used it before.
_ABOUT_TYPES = ("typeinfo_tree", "current_setting('jit')")


@contextmanager
def counted_statements(*engines: AsyncEngine) -> Iterator[list[str]]:
    """The statements sent while the block runs, in order, also those that go straight to the driver; the borders of
    transactions are not among them.

    The driver tells of a statement with the next turn of the event loop: `await asyncio.sleep(0)` at the block's end.
    """
    sent: list[str] = []
    listened: list[Any] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    def note_of_driver(record: Any) -> None:
        query = record.query
        if not query.startswith(_BORDERS) and not any(mark in query for mark in _ABOUT_TYPES):
            sent.append(query)

    def listen(dbapi_connection: Any, *rest: Any) -> None:
        # The driver keeps a set: listening twice on one connection does not count twice.
        dbapi_connection.driver_connection.add_query_logger(note_of_driver)
        listened.append(dbapi_connection.driver_connection)

    for engine in engines:
        event.listen(engine.sync_engine, "before_cursor_execute", note)
        event.listen(engine.sync_engine, "checkout", listen)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine.sync_engine, "before_cursor_execute", note)
            event.remove(engine.sync_engine, "checkout", listen)
        for driver_connection in listened:
            driver_connection.remove_query_logger(note_of_driver)
