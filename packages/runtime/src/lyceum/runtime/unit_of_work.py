"""The unit of work on SQLAlchemy: the only place that commits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar, Token
from datetime import datetime
from functools import cache
from types import TracebackType
from typing import Any, ClassVar, Self
from uuid import UUID

from sqlalchemy import Table, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.util import await_

from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError, VersionConflict
from lyceum.kernel.events import EventEnvelope, PublishedEvent
from lyceum.kernel.ids import new_id
from lyceum.runtime.database import Database
from lyceum.runtime.event_size import as_json
from lyceum.runtime.event_tables import EventTables
from lyceum.runtime.jobs import defer
from lyceum.runtime.telemetry import current_traceparent

_open_unit: ContextVar[str | None] = ContextVar("open_unit", default=None)


def open_unit_of_work() -> str | None:
    """The module whose unit of work is open in this task, if one is."""
    return _open_unit.get()


class SqlUnitOfWork:
    """One transaction on one module's database. A module derives its own and sets its repositories in `bind`.

    `conflicts` names the unique constraints that a user can run into, with the error that each means.
    """

    session: AsyncSession
    conflicts: ClassVar[Mapping[str, Callable[[], LyceumError]]] = {}

    def __init__(
        self,
        *,
        database: Database,
        tables: EventTables,
        clock: Clock,
        published: Callable[[DomainEvent], Iterable[PublishedEvent]],
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._tables = tables
        self._clock = clock
        self._published = published
        self._committed = committed
        self._outgoing: list[PublishedEvent] = []
        self._afterwards: list[Callable[[], None]] = []
        self._token: Token[str | None] | None = None

    def bind(self, session: AsyncSession) -> None:
        """Make the repositories on this session."""

    async def __aenter__(self) -> Self:
        if (module := _open_unit.get()) is not None:
            raise RuntimeError(f"A unit of work of {module} is open already; units do not nest")
        self.session = self._database.session()
        self._token = _open_unit.set(self._database.module)
        self.bind(self.session)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        if self._token is not None:
            _open_unit.reset(self._token)
        await self.session.close()
        # A repository's statement may have met a constraint, or flushed what is stale, before the commit.
        if isinstance(error, IntegrityError):
            raise self._meaning_of(error) from error
        if isinstance(error, StaleDataError):
            raise VersionConflict() from error

    def publish(self, event: PublishedEvent) -> None:
        self._outgoing.append(event)

    async def defer(self, job: str, /, **arguments: Any) -> None:
        await defer(await self.session.connection(), self._database.module, job, arguments)

    def after_commit(self, call: Callable[[], None]) -> None:
        self._afterwards.append(call)

    async def commit(self) -> None:
        try:
            # In one go: each switch to a stack on which SQLAlchemy can wait costs as much as a small statement.
            told = await self.session.run_sync(self._write)
        except StaleDataError as error:
            raise VersionConflict() from error
        except IntegrityError as error:
            raise self._meaning_of(error) from error
        self._outgoing.clear()
        if told:
            self._committed()
        afterwards, self._afterwards = self._afterwards, []
        for call in afterwards:
            call()

    async def take(self, envelopes: Sequence[EventEnvelope]) -> set[UUID]:
        """Note the events as handled by this transaction; the ids of those that no earlier one handled."""
        columns = ([envelope.id for envelope in envelopes], [envelope.type for envelope in envelopes])
        connection = await self.session.connection()
        return set((await connection.exec_driver_sql(_inbox_statement(self._tables.inbox), columns)).scalars())

    def _write(self, session: Session) -> bool:
        """Write everything and commit. Whether events were among it."""
        # Rows before the outbox: the order of the events of one aggregate is then the order of its versions.
        session.flush()
        seen: list[Aggregate] = session.info.get("aggregates", [])
        recorded = [fact for aggregate in seen for fact in aggregate.collect_events()]
        events = [*(out for fact in recorded for out in self._published(fact)), *self._outgoing]
        if events:
            self._tell(session, events)
        session.commit()
        return bool(events)

    def _tell(self, session: Session, events: Sequence[PublishedEvent]) -> None:
        """Add the events to the outbox, straight through the driver: SQLAlchemy's share of a statement is larger than
        those of the driver and the server together. Where nothing else was written, the statement commits itself.
        """
        driver: Any = session.connection().connection.driver_connection
        if len(events) == 1:
            written = driver.execute(_one_event(self._tables.outbox), *self._row(events[0]))
        else:
            columns = map(list, zip(*map(self._row, events), strict=True))
            written = driver.execute(_many_events(self._tables.outbox), *columns)
        await_(written)

    def _row(self, event: PublishedEvent) -> tuple[UUID, str, str, datetime, str | None, str]:
        subject, traceparent = str(event.aggregate_id), current_traceparent()
        return new_id(), event.type, subject, self._clock.now(), traceparent, as_json(event)

    def _meaning_of(self, error: IntegrityError) -> Exception:
        # asyncpg's error, with the constraint's name, is the cause of SQLAlchemy's wrapper around it.
        constraint = getattr(getattr(error.orig, "__cause__", None), "constraint_name", None)
        meaning = self.conflicts.get(constraint or "")
        return meaning() if meaning else error


# One statement for any number of events, prepared once for each connection. SQLAlchemy would make its text anew for
# each number of rows, which takes longer than writing them. Most transactions have a single event.
@cache
def _one_event(outbox: Table) -> str:
    return f"""
        INSERT INTO {outbox.fullname} (id, type, subject, time, traceparent, data)
        VALUES ($1, $2, $3, $4, $5, CAST($6::text AS jsonb))
    """  # noqa: S608 - the name of a table


@cache
def _many_events(outbox: Table) -> str:
    return f"""
        INSERT INTO {outbox.fullname} (id, type, subject, time, traceparent, data)
        SELECT id, type, subject, time, traceparent, CAST(data AS jsonb)
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[])
            WITH ORDINALITY AS events (id, type, subject, time, traceparent, data, number)
        ORDER BY number
    """  # noqa: S608 - the name of a table


@cache
def _inbox_statement(inbox: Table) -> str:
    return f"""
        INSERT INTO {inbox.fullname} (event_id, type) SELECT * FROM unnest($1::uuid[], $2::text[])
        ON CONFLICT DO NOTHING RETURNING event_id
    """  # noqa: S608 - the name of a table


@event.listens_for(Session, "transient_to_pending")
@event.listens_for(Session, "loaded_as_persistent")
def _remember_aggregate(session: Session, instance: object) -> None:
    # Held until the session ends: the identity map alone is weak and would lose events recorded on them.
    if isinstance(instance, Aggregate):
        session.info.setdefault("aggregates", []).append(instance)
