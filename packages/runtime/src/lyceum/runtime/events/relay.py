"""Takes events from a module's outbox to the bus, in order, at least once."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import structlog
from sqlalchemy import RowMapping, bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.database import Database
from lyceum.runtime.event_tables import EventTables
from lyceum.runtime.events import metrics
from lyceum.runtime.events.bus import EventBus

log = structlog.get_logger(__name__)

BATCH = 500
POLL_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0


class Relay:
    """One per module and, by an advisory lock, only one in the whole installation."""

    def __init__(self, *, module: str, database: Database, tables: EventTables, bus: EventBus) -> None:
        self.module = module
        self._database = database
        self._bus = bus
        self._wake = asyncio.Event()
        self._pause = POLL_SECONDS
        outbox = tables.outbox
        self._pending = select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.position).limit(BATCH)
        self._mark = (
            update(outbox)
            .where(outbox.c.position == func.any(bindparam("positions")))
            .values(published_at=func.clock_timestamp())
        )

    def wake(self) -> None:
        """Look at the outbox now: something was just committed in this process."""
        self._wake.set()

    async def run(self) -> None:
        """Relay until cancelled. Failures of the bus or the database are waited out with growing pauses."""
        while True:
            try:
                async with self._database.reading() as connection:
                    if await self._lead(connection):
                        await self._relay_forever(connection)
                await asyncio.sleep(POLL_SECONDS)
            except Exception as error:  # the loop must outlive whatever the engines do
                log.warning("relay pauses", module=self.module, seconds=self._pause, error=repr(error))
                await asyncio.sleep(self._pause)
                self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)

    async def drain(self) -> int:
        """Hand on all that is pending now; how many events that were."""
        total = 0
        async with self._database.reading() as connection:
            while count := await self._relay_batch(connection):
                total += count
        return total

    async def _lead(self, connection: AsyncConnection) -> bool:
        statement = text("SELECT pg_try_advisory_lock(hashtext('lyceum.relay'), hashtext(:module))")
        return bool((await connection.execute(statement, {"module": self.module})).scalar_one())

    async def _relay_forever(self, connection: AsyncConnection) -> None:
        try:
            while True:
                self._wake.clear()
                relayed = await self._relay_batch(connection)
                self._pause = POLL_SECONDS
                if relayed < BATCH:
                    try:
                        await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
                    except TimeoutError:
                        continue
        finally:
            # The pool would keep the session and with it the lock.
            await connection.invalidate()

    async def _relay_batch(self, connection: AsyncConnection) -> int:
        rows = (await connection.execute(self._pending)).mappings().all()
        if rows:
            await self._bus.publish(self._envelopes(rows))
            await connection.execute(self._mark, {"positions": [row["position"] for row in rows]})
            for event_type, number in Counter(row["type"] for row in rows).items():
                metrics.RELAYED.labels(self.module, event_type).inc(number)
        return len(rows)

    def _envelopes(self, rows: Sequence[RowMapping]) -> list[EventEnvelope]:
        return [
            EventEnvelope(
                id=row["id"],
                source=f"lyceum.{self.module}",
                type=row["type"],
                subject=row["subject"],
                time=row["time"],
                traceparent=row["traceparent"],
                data=row["data"],
            )
            for row in rows
        ]
