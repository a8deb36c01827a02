"""The consuming side: a consumer group for each module that wants events."""

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from uuid import UUID

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.errors import CommitFailedError, IllegalStateError

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.events import metrics
from lyceum.runtime.events.consumer import Consumer, LineStopped
from lyceum.runtime.events.outages import is_outage
from lyceum.runtime.kafka.records import UnreadableRecord, from_record
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics, topic_of_type

log = structlog.get_logger(__name__)

BATCH = 500
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 5.0
_LONGEST_BATCH_SECONDS = 30.0  # well below the five minutes after which a member that fetches nothing is out
_REBALANCE_SECONDS = 60

Batches = Mapping[TopicPartition, Sequence[ConsumerRecord]]


class KafkaIntake:
    """Hands the records of the topics that a module wants to its consumer, and commits offsets when it has had them.

    A record that arrives twice, after a crash or a rebalance, has its effect once: the module's inbox sees to it.
    While the database is away, or the line is stopped, the partitions stay here and are tried again.
    """

    def __init__(self, *, consumer: Consumer, settings: KafkaSettings, topics: Topics) -> None:
        self._consumer = consumer
        self._settings = settings
        self._topics = topics
        self._module = consumer.module
        self._handover = _Handover()
        self._pause = _FIRST_PAUSE_SECONDS

    async def run(self) -> None:
        """Consume until cancelled. Failures of the engines are waited out; what was not committed comes again."""
        names = sorted({topic_of_type(event_type) for event_type in self._consumer.types})
        if not names:
            return
        while True:
            try:
                await self._topics.ensure(names)
                await self._consume(names)
            except Exception as error:  # the loop must outlive whatever the engines do
                await self._rest(error)

    async def _rest(self, error: Exception) -> None:
        log.warning("consumer pauses", module=self._module, seconds=self._pause, error=repr(error))
        with metrics.PAUSED.labels(self._module).track_inprogress():
            await asyncio.sleep(self._pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _consume(self, names: Sequence[str]) -> None:
        client = AIOKafkaConsumer(
            **self._settings.connection(),
            client_id=f"lyceum-{self._module}",
            group_id=f"lyceum.{self._module}",
            enable_auto_commit=False,
            session_timeout_ms=int(self._settings.session * 1000),
            heartbeat_interval_ms=int(self._settings.session * 1000 / 4),
            # How long the others wait for this member, which ends what it is at before it gives partitions away.
            rebalance_timeout_ms=_REBALANCE_SECONDS * 1000,
            auto_offset_reset="earliest",
            partition_assignment_strategy=(StickyPartitionAssignor,),
        )
        client.subscribe(names, listener=self._handover)
        try:
            await client.start()
            await self._handle_batches(client)
        finally:
            await client.stop()

    async def _handle_batches(self, client: AIOKafkaConsumer) -> None:
        while True:
            batches = await client.getmany(timeout_ms=1000, max_records=BATCH)
            if not batches:
                continue
            try:
                async with self._handover.batch:
                    await self._handle_batch(client, batches)
            except (CommitFailedError, IllegalStateError) as error:
                # The partitions have another owner by now, who gets the records again.
                log.info("offsets not committed", module=self._module, error=repr(error))
            except Exception as error:  # told apart below
                if not isinstance(error, LineStopped) and not is_outage(error):
                    raise
                await self._rest(error)
            else:
                self._pause = _FIRST_PAUSE_SECONDS

    async def _handle_batch(self, client: AIOKafkaConsumer, batches: Batches) -> None:
        """Handle the records, as far as it goes; commit what is done, and go back to the first that is not."""
        next_ones = {partition: records[0].offset for partition, records in batches.items()}
        try:
            left = await self._handle(batches)
            next_ones = {tp: left.get(tp, records[-1].offset + 1) for tp, records in batches.items()}
            await client.commit(next_ones)
        finally:
            for partition, records in batches.items():
                if next_ones[partition] <= records[-1].offset and partition in client.assignment():
                    client.seek(partition, next_ones[partition])

    async def _handle(self, batches: Batches) -> dict[TopicPartition, int]:
        """The first offset of each partition that was left for later."""
        envelopes: list[EventEnvelope] = []
        places: list[tuple[TopicPartition, int, UUID]] = []
        positions: dict[UUID, str] = {}
        for partition, records in batches.items():
            for record in records:
                position = f"{partition.topic}/{partition.partition}@{record.offset}"
                try:
                    envelope = from_record(record.value, record.headers)
                except UnreadableRecord as error:
                    await self._consumer.bury_unreadable(position, key=record.key, value=record.value, cause=str(error))
                else:
                    envelopes.append(envelope)
                    positions[envelope.id] = position
                    places.append((partition, record.offset, envelope.id))
        began = monotonic()

        def enough() -> bool:
            return self._handover.wanted or monotonic() - began > _LONGEST_BATCH_SECONDS

        left = await self._consumer.receive_until(enough, envelopes, positions)
        first: dict[TopicPartition, int] = {}
        for partition, offset, event_id in places:
            if event_id in left:
                first.setdefault(partition, offset)
        return first


class _Handover(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Lets the part of a batch that is being handled end before its partitions go to another member of the group."""

    def __init__(self) -> None:
        self.batch = asyncio.Lock()  # held while a batch is handled
        self.wanted = False

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        self.wanted = True
        try:
            async with self.batch:
                pass
        finally:
            self.wanted = False

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        pass
