"""Those who write events: units of work, as any service has them, tried again when the database was away."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lyceum.runtime.composition import Platform
from lyceum.runtime.events.outages import is_outage
from lyceum.testing.shop import Lent, Sold

_EVENTS = {"shop": Sold, "library": Lent}
_LONGEST_TRANSACTION = 5


class Allowance:
    """How many events may be written by now, and how many were."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.written = 0
        self.refusals = 0
        self._taken = 0
        self._free = 0
        self._more = asyncio.Condition()

    async def release(self, number: int) -> None:
        async with self._more:
            self._free = min(self.total, self._free + number)
            self._more.notify_all()

    async def take(self, wanted: int) -> int:
        """Up to so many as soon as there are any; 0 when all have been written."""
        async with self._more:
            await self._more.wait_for(lambda: self._taken < self._free or self._taken == self.total)
            number = min(wanted, self._free - self._taken)
            self._taken += number
            if self._taken == self.total:
                self._more.notify_all()
            return number


class Writer:
    """Writes events about books of its own in both modules; the numbers of a book's events are 0, 1, 2 and so on."""

    def __init__(self, platform: Platform, books: Sequence[UUID], chance: random.Random, *, poisoned: float) -> None:
        self._platform = platform
        self._books = books
        self._chance = chance
        self._poisoned = poisoned
        self._next: dict[tuple[str, UUID], int] = {}

    async def write(self, allowance: Allowance) -> None:
        """Write until the allowance is used up."""
        while number := await allowance.take(self._chance.randint(1, _LONGEST_TRANSACTION)):
            module, book = self._chance.choice(list(_EVENTS)), self._chance.choice(self._books)
            poisoned = [self._chance.random() < self._poisoned for _ in range(number)]
            await self._surely(allowance, module, book, poisoned)
            allowance.written += number

    async def _surely(self, allowance: Allowance, module: str, book: UUID, poisoned: Sequence[bool]) -> None:
        first = self._next.get((module, book), 0)
        there: int | None = first
        while True:
            try:
                if there is None:
                    there = await self._written(module, book)
                if there == first:
                    await self._commit(module, book, first, poisoned)
                    there = first + len(poisoned)
                assert there == first + len(poisoned), f"{there - first} of {len(poisoned)} events were committed"
            except Exception as error:  # whether it is an outage is told below
                if not is_outage(error):
                    raise
                # It may have been committed all the same.
                there = None
                allowance.refusals += 1
                await asyncio.sleep(0.1)
            else:
                self._next[module, book] = there
                return

    async def _commit(self, module: str, book: UUID, first: int, poisoned: Sequence[bool]) -> None:
        async with self._unit(module) as unit:
            for number, bad in enumerate(poisoned, start=first):
                unit.publish(_EVENTS[module](book_id=book, number=number, poisoned=bad))
            await unit.commit()

    async def _written(self, module: str, book: UUID) -> int:
        running = self._platform.modules[module]
        outbox = running.spec.tables.outbox
        async with running.database.reading() as connection:
            statement = select(func.count()).where(outbox.c.subject == str(book))
            return int((await connection.execute(statement)).scalar_one())

    def _unit(self, module: str) -> Any:
        return self._platform.modules[module].container.units()
