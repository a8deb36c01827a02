"""Requests that may come twice, remembered in the module's own schema."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping, and_, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from lyceum.kernel.clock import Clock
from lyceum.runtime.database import Database
from lyceum.runtime.event_tables import EventTables
from lyceum.runtime.http.idempotency import (
    Claim,
    IdempotencyKeyInUse,
    IdempotencyKeyReused,
    IdempotentRequest,
    StoredResponse,
)

LEASE = timedelta(minutes=2)
RETENTION = timedelta(hours=24)


class SqlIdempotencyStore:
    """Each call is one or two statements that are atomic by themselves.

    A claim ends after `lease`, so that a request whose process died can be sent again; answers are kept for
    `retention`.
    """

    def __init__(
        self,
        *,
        database: Database,
        tables: EventTables,
        clock: Clock,
        lease: timedelta = LEASE,
        retention: timedelta = RETENTION,
    ) -> None:
        self._database = database
        self._table = tables.idempotency_keys
        self._clock = clock
        self._lease = lease
        self._retention = retention

    async def begin(self, request: IdempotentRequest) -> Claim | StoredResponse:
        now = self._clock.now()
        table = self._table
        fresh: dict[str, Any] = {
            "request_hash": request.request_hash,
            "token": uuid4(),
            "started_at": now,
            "status": None,
            "headers": None,
            "body": None,
        }
        over = or_(
            table.c.started_at <= now - self._retention,
            and_(
                table.c.status.is_(None),
                table.c.started_at <= now - self._lease,
                table.c.request_hash == request.request_hash,
            ),
        )
        claim = (
            insert(table)
            .values(owner=request.owner, route=request.route, key=request.key, **fresh)
            .on_conflict_do_update(index_elements=[table.c.owner, table.c.route, table.c.key], set_=fresh, where=over)
            .returning(table.c.token)
        )
        async with self._database.reading() as connection:
            if (await connection.execute(claim)).scalar_one_or_none() is not None:
                return Claim(request, fresh["token"])
            row = (await connection.execute(select(table).where(self._is(request)))).mappings().one_or_none()
        return _answer(row, request)

    async def finish(self, claim: Claim, response: StoredResponse) -> None:
        values = {
            "status": response.status,
            "headers": [list(header) for header in response.headers],
            "body": response.body,
        }
        mine = and_(self._is(claim.request), self._table.c.token == claim.token)
        async with self._database.reading() as connection:
            await connection.execute(update(self._table).where(mine).values(values))

    async def abandon(self, claim: Claim) -> None:
        mine = and_(self._is(claim.request), self._table.c.token == claim.token)
        async with self._database.reading() as connection:
            await connection.execute(delete(self._table).where(mine))

    async def forget_old(self) -> None:
        """Drop what is past its retention."""
        old = self._table.c.started_at <= self._clock.now() - self._retention
        async with self._database.reading() as connection:
            await connection.execute(delete(self._table).where(old))

    def _is(self, request: IdempotentRequest) -> Any:
        table = self._table
        return and_(table.c.owner == request.owner, table.c.route == request.route, table.c.key == request.key)


def _answer(row: RowMapping | None, request: IdempotentRequest) -> StoredResponse:
    if row is None:  # abandoned between the two statements
        raise IdempotencyKeyInUse()
    if bytes(row["request_hash"]) != request.request_hash:
        raise IdempotencyKeyReused()
    if row["status"] is None:
        raise IdempotencyKeyInUse()
    return StoredResponse(row["status"], tuple((name, value) for name, value in row["headers"]), bytes(row["body"]))
