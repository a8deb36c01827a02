"""The consuming side of a module: every event has its effect once, or ends as a dead letter with its cause."""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID, uuid5

import structlog
from pydantic import ValidationError
from sqlalchemy.dialects import postgresql

from lyceum.kernel.errors import Conflict, LyceumError
from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.database import Database
from lyceum.runtime.event_tables import EventTables
from lyceum.runtime.events import metrics
from lyceum.runtime.events.outages import is_outage
from lyceum.runtime.events.subscription import ConsumedEvent, Subscription
from lyceum.runtime.events.tracing import batch_trace, event_trace
from lyceum.runtime.telemetry import traced
from lyceum.runtime.telemetry.errors import report_fault
from lyceum.runtime.unit_of_work import SqlUnitOfWork

log = structlog.get_logger(__name__)

UNREADABLE = "unreadable"
"""The type of a dead letter that is no event: it cannot be replayed."""

_POSITIONS = UUID("6f0b5c1e-3c63-5d0e-9a55-0d2f8f1f7a11")


class LineStopped(Exception):
    """So many events in a row died that something general must be wrong: consumption waits until it is mended."""


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How often and when a failing event is tried again, and after how many dead letters in a row the line stops."""

    attempts: int = 5
    first_delay: float = 0.1
    factor: float = 4.0
    dead_letters_in_a_row: int = 20

    def delay(self, attempt: int) -> float:
        """Seconds to wait after the given failed attempt, counted from 1."""
        return self.first_delay * self.factor ** (attempt - 1)


class Graveyard(Protocol):
    """Where dead letters go beside the module's table. A `position` says where the event came from."""

    async def bury(self, envelope: EventEnvelope, *, cause: str, attempts: int, position: str | None) -> None: ...


@dataclass(frozen=True)
class _Delivery:
    envelope: EventEnvelope
    position: str | None
    subscription: Subscription[Any]
    event: ConsumedEvent


@dataclass
class _Place:
    """Which event of a batch is being handled; null while it is all of them."""

    reached: int | None = None


class Consumer:
    """Hands envelopes to the subscriptions of one module.

    A batch shares one transaction. Where it fails, what came before the bad event is tried, then that event alone, then
    the rest, so that it holds up only itself and the others still share transactions. Other types are passed over.
    """

    def __init__(
        self,
        *,
        module: str,
        database: Database,
        tables: EventTables,
        units: Callable[[], SqlUnitOfWork],
        subscriptions: Callable[[], Iterable[Subscription[Any]]],
        policy: RetryPolicy | None = None,
        graveyard: Graveyard | None = None,
    ) -> None:
        self.module = module
        self._database = database
        self._tables = tables
        self._units = units
        # Asked for at first use: the handlers' services may need modules that are not assembled yet.
        self._make_subscriptions = subscriptions
        self._policy = policy or RetryPolicy()
        self._graveyard = graveyard
        self._deaths_in_a_row = 0
        # One batch at a time: two producers' relays may deliver at once, and order is kept per consumer.
        self._turn = asyncio.Lock()

    @cached_property
    def _subscriptions(self) -> dict[str, Subscription[Any]]:
        return {subscription.event_type: subscription for subscription in self._make_subscriptions()}

    @property
    def types(self) -> frozenset[str]:
        """The event types that this consumer wants."""
        return frozenset(self._subscriptions)

    async def receive(self, envelopes: Sequence[EventEnvelope], positions: Mapping[UUID, str] | None = None) -> None:
        """Handle the events, in order. `positions` tell for event ids where they came from, as dead letters will say.

        Raises `LineStopped`, and what an engine raises that is away; any other failure ends as a dead letter.
        """
        await self.receive_until(lambda: False, envelopes, positions or {})

    async def receive_until(
        self, enough: Callable[[], bool], envelopes: Sequence[EventEnvelope], positions: Mapping[UUID, str]
    ) -> set[UUID]:
        """As `receive`, but `enough` may end it in between. The ids of the events that were not handled then."""
        wanted = [envelope for envelope in envelopes if envelope.type in self._subscriptions]
        if not wanted:
            return set()
        async with self._turn:
            deliveries = [delivery for envelope in wanted if (delivery := await self._decode(envelope, positions))]
            # The parts that are left, the first events on top.
            parts = [deliveries] if deliveries else []
            while parts and not enough():
                parts += reversed(await self._left_of(parts.pop()))
            return {delivery.envelope.id for part in parts for delivery in part}

    async def bury_unreadable(self, position: str, *, key: bytes | None, value: bytes | None, cause: str) -> None:
        """Keep what arrived and is no event as a dead letter; its id is made from the position."""
        async with self._turn:
            values = {
                "producer": position.split("/")[0],
                "type": UNREADABLE,
                "subject": (key or b"").decode(errors="replace").replace("\x00", ""),
                "envelope": {"value": b64encode(value or b"").decode()},
            }
            await self._write(uuid5(_POSITIONS, position), values, cause=cause, attempts=1, position=position)

    async def _decode(self, envelope: EventEnvelope, positions: Mapping[UUID, str]) -> _Delivery | None:
        subscription = self._subscriptions[envelope.type]
        position = positions.get(envelope.id)
        try:
            return _Delivery(envelope, position, subscription, subscription.model.model_validate(envelope.data))
        except ValidationError as error:
            self._mourn(error, envelope, 1)
            await self._bury(envelope, cause=f"The data does not fit: {error}", attempts=1, position=position)
            return None

    async def _left_of(self, part: list[_Delivery]) -> list[list[_Delivery]]:
        """Handle these. What is left where it fails: nothing of it happened then, and it is tried again in parts."""
        if len(part) == 1:
            await self._handle_alone(part[0])
            return []
        place = _Place()
        try:
            await self._handle(part, place)
        except Exception as error:  # whatever it was: it belongs to one of them
            if is_outage(error):
                raise
            if place.reached is None:
                return [part[: len(part) // 2], part[len(part) // 2 :]]
            at = place.reached
            return [some for some in (part[:at], part[at : at + 1], part[at + 1 :]) if some]
        self._deaths_in_a_row = 0
        return []

    async def _handle(self, deliveries: Sequence[_Delivery], place: _Place) -> None:
        prepared = []
        for place.reached, delivery in enumerate(deliveries):
            prepared.append(await self._prepare(delivery))
        place.reached = None
        alone = len(deliveries) == 1
        envelopes = [delivery.envelope for delivery in deliveries]
        # What a single event makes happen belongs to its trace to the end, with the events that the commit writes.
        around = event_trace(self.module, envelopes[0]) if alone else batch_trace(self.module, envelopes)
        with around:
            async with self._units() as unit:
                fresh = await unit.take(envelopes)
                for place.reached, (delivery, extra) in enumerate(zip(deliveries, prepared, strict=True)):
                    if delivery.envelope.id in fresh:
                        fresh.discard(delivery.envelope.id)  # the same event twice in one batch
                        with nullcontext() if alone else event_trace(self.module, delivery.envelope):
                            await delivery.subscription.handle(delivery.event, extra, unit)
                place.reached = None
                await unit.commit()
        metrics.HANDLED.labels(self.module).inc(len(deliveries))

    async def _prepare(self, delivery: _Delivery) -> Any:
        if delivery.subscription.prepare is None:
            return None
        with event_trace(self.module, delivery.envelope, "prepare"):
            return await delivery.subscription.prepare(delivery.event)

    async def _handle_alone(self, delivery: _Delivery) -> None:
        for attempt in range(1, self._policy.attempts + 1):
            try:
                await self._handle([delivery], _Place())
            except Exception as error:  # the boundary: every failure is retried or ends as a dead letter
                if is_outage(error):
                    raise
                if attempt == self._policy.attempts or _is_final(error):
                    self._mourn(error, delivery.envelope, attempt)
                    cause = f"{type(error).__name__}: {error}"
                    await self._bury(delivery.envelope, cause=cause, attempts=attempt, position=delivery.position)
                    return
                await asyncio.sleep(self._policy.delay(attempt))
            else:
                self._deaths_in_a_row = 0
                return

    def _mourn(self, error: Exception, envelope: EventEnvelope, attempts: int) -> None:
        work = {"module": self.module, "event_id": str(envelope.id), "event_type": envelope.type}
        with traced(envelope.traceparent, **work):
            log.error("event died", attempts=attempts, exc_info=error)
            report_fault(error, "event", attempts=attempts)

    async def _bury(self, envelope: EventEnvelope, *, cause: str, attempts: int, position: str | None) -> None:
        values = {
            "producer": envelope.source,
            "type": envelope.type,
            "subject": envelope.subject,
            "envelope": envelope.model_dump(mode="json"),
        }
        await self._write(envelope.id, values, cause=cause, attempts=attempts, position=position)
        if self._graveyard is not None:
            await self._graveyard.bury(envelope, cause=cause, attempts=attempts, position=position)

    async def _write(
        self, event_id: UUID, values: Mapping[str, Any], *, cause: str, attempts: int, position: str | None
    ) -> None:
        if self._deaths_in_a_row >= self._policy.dead_letters_in_a_row:
            # The next delivery is tried again, so that a mended cause starts the line by itself.
            self._deaths_in_a_row = self._policy.dead_letters_in_a_row - 1
            raise LineStopped(f"{self.module}: too many dead letters in a row; last cause: {cause}")
        self._deaths_in_a_row += 1
        table = self._tables.dead_letters
        died = {"cause": cause[:4000].replace("\x00", ""), "attempts": attempts}
        statement = (
            postgresql.insert(table)
            .values(event_id=event_id, position=position, **values, **died)
            .on_conflict_do_update(
                index_elements=[table.c.event_id],
                set_={"cause": died["cause"], "attempts": table.c.attempts + attempts, "resolved_at": None},
            )
        )
        async with self._database.reading() as connection:
            await connection.execute(statement)
        metrics.DIED.labels(self.module).inc()


def _is_final(error: Exception) -> bool:
    """Whether trying again cannot help: the event itself is refused. Conflicts pass; faults may."""
    return isinstance(error, LyceumError) and error.status < 500 and not isinstance(error, Conflict)
