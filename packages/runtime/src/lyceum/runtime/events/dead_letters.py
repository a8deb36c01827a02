"""Looking at a module's events and dead letters, and bringing dead ones back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, func, select, tuple_, update

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.database import Database
from lyceum.runtime.event_tables import EventTables
from lyceum.runtime.events.backlog import Backlog, read_backlog
from lyceum.runtime.events.consumer import UNREADABLE, Consumer, LineStopped
from lyceum.runtime.events.letters import Choice, DeadLetter, DeadLetterDetail, OutboxEvent, OutboxState, ReplayResult
from lyceum.runtime.events.outages import is_outage

ALL = Choice()
BATCH = 100
OUT_OF_TIME = "There was no time for more; another replay goes on with the rest."


class EventDesk:
    """The operator's view of the events of one module."""

    def __init__(self, *, module: str, database: Database, tables: EventTables, consumer: Consumer) -> None:
        self.module = module
        self._database = database
        self._tables = tables
        self._consumer = consumer

    async def backlog(self) -> Backlog:
        """What waits, and what died."""
        async with self._database.reading() as connection:
            return await read_backlog(connection)

    async def outbox(self) -> OutboxState:
        """Counts of the whole outbox of the module."""
        outbox = self._tables.outbox
        waiting = outbox.c.published_at.is_(None)
        age = func.extract("epoch", func.now() - func.min(outbox.c.time).filter(waiting))
        statement = select(func.count().filter(waiting), func.count().filter(~waiting), age)
        async with self._database.reading() as connection:
            pending, published, oldest = (await connection.execute(statement)).one()
        return OutboxState(
            module=self.module,
            pending=pending,
            published=published,
            oldest_seconds=None if oldest is None else float(oldest),
        )

    async def outbox_events(
        self,
        *,
        event_type: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        waiting: bool = False,
        before: int | None = None,
        limit: int = 100,
    ) -> list[OutboxEvent]:
        """What the module recorded, the latest first, from before the position `before` on.

        `since` and `until` are about when it happened; with `waiting`, only what is not handed on yet.
        """
        table = self._tables.outbox
        columns = (table.c[name] for name in ("position", "id", "type", "subject", "time", "published_at"))
        statement = select(*columns).order_by(table.c.position.desc()).limit(limit)
        if waiting:
            statement = statement.where(table.c.published_at.is_(None))
        if before is not None:
            statement = statement.where(table.c.position < before)
        statement = _narrowed(statement, table.c.type, table.c.time, event_type, since, until)
        return [OutboxEvent(module=self.module, **row) for row in await self._rows(statement)]

    async def dead_letters(
        self, choice: Choice = ALL, *, before: tuple[datetime, UUID] | None = None, limit: int = 100
    ) -> list[DeadLetter]:
        """The unresolved dead letters, the latest first. `before` is the moment and the event id of the last one of the
        page before."""
        table = self._tables.dead_letters
        statement = self._chosen(select(*(table.c[name] for name in _SHOWN)), choice)
        if before is not None:
            statement = statement.where(tuple_(table.c.died_at, table.c.event_id) < before)
        statement = statement.order_by(table.c.died_at.desc(), table.c.event_id.desc()).limit(limit)
        return [DeadLetter(module=self.module, **row) for row in await self._rows(statement)]

    async def dead_letter(self, event_id: UUID) -> DeadLetterDetail | None:
        """One of them, also when it is resolved."""
        table = self._tables.dead_letters
        columns = (table.c[name] for name in (*_SHOWN, "envelope", "resolved_at"))
        rows = await self._rows(select(*columns).where(table.c.event_id == event_id))
        return DeadLetterDetail(module=self.module, **rows[0]) if rows else None

    async def replay(
        self, choice: Choice = ALL, *, dry_run: bool = False, enough: Callable[[], bool] = lambda: False
    ) -> ReplayResult:
        """Handle dead letters again, oldest first. The inbox sees to it that none has its effect twice.

        `enough` may end it between two of them. It ends as well where so many die again that something general must be
        wrong, and where an engine is away.
        """
        table = self._tables.dead_letters
        found = await self._rows(self._chosen(select(table.c.event_id), choice).order_by(table.c.died_at))
        result = ReplayResult(module=self.module, matched=[row["event_id"] for row in found])
        if dry_run:
            return result
        tried: list[UUID] = []
        for start in range(0, len(result.matched), BATCH):
            result.stopped = await self._try(result.matched[start : start + BATCH], tried, enough)
            if result.stopped is not None:
                break
        if tried:
            result.replayed = await self._resolve(tried)
        handled = set(result.replayed)
        result.dead = [event_id for event_id in tried if event_id not in handled]
        return result

    async def _try(self, ids: Sequence[UUID], tried: list[UUID], enough: Callable[[], bool]) -> str | None:
        """Hand these to the consumer, noting those that it took; why it ended before the last one, if it did."""
        table = self._tables.dead_letters
        for row in await self._rows(select(table).where(table.c.event_id.in_(ids)).order_by(table.c.died_at)):
            if enough():
                return OUT_OF_TIME
            if row["type"] != UNREADABLE:
                envelope = EventEnvelope.model_validate(row["envelope"])
                try:
                    await self._consumer.receive([envelope], {envelope.id: row["position"]})
                except Exception as error:
                    if not isinstance(error, LineStopped) and not is_outage(error):
                        raise
                    return f"{type(error).__name__}: {error}"
            tried.append(row["event_id"])
        return None

    async def _rows(self, statement: Select[Any]) -> Sequence[RowMapping]:
        async with self._database.reading() as connection:
            rows: Sequence[RowMapping] = (await connection.execute(statement)).mappings().all()
        return rows

    def _chosen(self, statement: Select[Any], choice: Choice) -> Select[Any]:
        table = self._tables.dead_letters
        statement = statement.where(table.c.resolved_at.is_(None))
        if choice.ids is not None:
            statement = statement.where(table.c.event_id.in_(choice.ids))
        return _narrowed(statement, table.c.type, table.c.died_at, choice.event_type, choice.since, choice.until)

    async def _resolve(self, ids: list[UUID]) -> list[UUID]:
        dead, inbox = self._tables.dead_letters, self._tables.inbox
        handled = select(inbox.c.event_id).where(inbox.c.event_id == func.any(bindparam("ids")))
        statement = (
            update(dead).where(dead.c.event_id.in_(handled)).values(resolved_at=func.now()).returning(dead.c.event_id)
        )
        async with self._database.reading() as connection:
            return list((await connection.execute(statement, {"ids": ids})).scalars())


def _narrowed(
    statement: Select[Any],
    kind: ColumnElement[str],
    moment: ColumnElement[datetime],
    event_type: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Select[Any]:
    if event_type is not None:
        statement = statement.where(kind == event_type)
    if since is not None:
        statement = statement.where(moment >= since)
    if until is not None:
        statement = statement.where(moment < until)
    return statement


_SHOWN = ("event_id", "producer", "type", "subject", "cause", "attempts", "position", "died_at")
