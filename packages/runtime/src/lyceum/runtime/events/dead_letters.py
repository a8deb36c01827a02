"""Looking at a module's events and dead letters, and bringing dead ones back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import RowMapping, Select, bindparam, func, select, update

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.database import Database
from lyceum.runtime.event_tables import EventTables
from lyceum.runtime.events.consumer import UNREADABLE, Consumer


class OutboxState(BaseModel):
    """How far the relay of a module is behind. `oldest_seconds` is null when nothing waits."""

    model_config = ConfigDict(frozen=True)

    module: str
    pending: int
    published: int
    oldest_seconds: float | None


class DeadLetter(BaseModel):
    """An event that a module could not handle, and why."""

    model_config = ConfigDict(frozen=True)

    module: str
    event_id: UUID
    producer: str
    type: str
    subject: str
    cause: str
    attempts: int
    position: str | None
    died_at: datetime


class ReplayResult(BaseModel):
    """What a replay did: `replayed` had their effect now, `dead` failed again. In a dry run both stay empty."""

    module: str
    matched: list[UUID]
    replayed: list[UUID] = []
    dead: list[UUID] = []


class EventDesk:
    """The operator's view of the events of one module."""

    def __init__(self, *, module: str, database: Database, tables: EventTables, consumer: Consumer) -> None:
        self.module = module
        self._database = database
        self._tables = tables
        self._consumer = consumer

    async def outbox(self) -> OutboxState:
        """Counts of the module's outbox."""
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

    async def dead_letters(self, *, event_type: str | None = None, limit: int = 100) -> list[DeadLetter]:
        """The unresolved dead letters, oldest first."""
        rows = await self._matching(event_type=event_type, limit=limit)
        return [DeadLetter(module=self.module, **{name: row[name] for name in _SHOWN}) for row in rows]

    async def replay(
        self,
        *,
        event_type: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        dry_run: bool = False,
        limit: int = 1000,
    ) -> ReplayResult:
        """Handle dead letters again, oldest first. The inbox sees to it that none has its effect twice.

        `since` and `until` are about when they died: from the one on, and before the other.
        """
        rows = await self._matching(event_type=event_type, since=since, until=until, limit=limit)
        result = ReplayResult(module=self.module, matched=[row["event_id"] for row in rows])
        if dry_run:
            return result
        for row in rows:
            if row["type"] != UNREADABLE:
                await self._consumer.receive(
                    [EventEnvelope.model_validate(row["envelope"])], {row["event_id"]: row["position"]}
                )
        if result.matched:
            result.replayed = await self._resolve(result.matched)
        result.dead = [event_id for event_id in result.matched if event_id not in set(result.replayed)]
        return result

    async def _matching(
        self,
        *,
        event_type: str | None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int,
    ) -> Sequence[RowMapping]:
        table = self._tables.dead_letters
        statement: Select[Any] = (
            select(table).where(table.c.resolved_at.is_(None)).order_by(table.c.died_at).limit(limit)
        )
        if event_type is not None:
            statement = statement.where(table.c.type == event_type)
        if since is not None:
            statement = statement.where(table.c.died_at >= since)
        if until is not None:
            statement = statement.where(table.c.died_at < until)
        async with self._database.reading() as connection:
            rows: Sequence[RowMapping] = (await connection.execute(statement)).mappings().all()
        return rows

    async def _resolve(self, ids: list[UUID]) -> list[UUID]:
        dead, inbox = self._tables.dead_letters, self._tables.inbox
        handled = select(inbox.c.event_id).where(inbox.c.event_id == func.any(bindparam("ids")))
        statement = (
            update(dead).where(dead.c.event_id.in_(handled)).values(resolved_at=func.now()).returning(dead.c.event_id)
        )
        async with self._database.reading() as connection:
            return list((await connection.execute(statement, {"ids": ids})).scalars())


_SHOWN = ("event_id", "producer", "type", "subject", "cause", "attempts", "position", "died_at")
