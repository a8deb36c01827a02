"""The consuming side: a consumer group for each module that wants events."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor
from aiokafka.errors import CommitFailedError, IllegalStateError

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.events import metrics
from lyceum.runtime.events.consumer import Consumer
from lyceum.runtime.kafka.records import UnreadableRecord, from_record
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics, topic_of_type

log = structlog.get_logger(__name__)

BATCH = 500
LAG_EVERY_SECONDS = 5.0
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 15.0

Batches = Mapping[TopicPartition, Sequence[ConsumerRecord]]


class KafkaIntake:
    """Hands the records of the topics that a module wants to its consumer, and commits offsets when it has had them.

    A record that arrives twice, after a crash or a rebalance, has its effect once: the module's inbox sees to it.
    """

    def __init__(self, *, consumer: Consumer, settings: KafkaSettings, topics: Topics) -> None:
        self._consumer = consumer
        self._settings = settings
        self._topics = topics
        self._module = consumer.module
        # Held while a batch is handled, so that a partition is given away between batches and not within one.
        self._handling = asyncio.Lock()

    async def run(self) -> None:
        """Consume until cancelled. Failures of the engines are waited out; what was not committed comes again."""
        names = sorted({topic_of_type(event_type) for event_type in self._consumer.types})
        if not names:
            return
        pause = _FIRST_PAUSE_SECONDS
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._topics.ensure(names)
                await self._consume(names)
            except Exception as error:  # the loop must outlive whatever the engines do
                if asyncio.get_running_loop().time() - began > 2 * _LONGEST_PAUSE_SECONDS:
                    pause = _FIRST_PAUSE_SECONDS
                log.warning("consumer pauses", module=self._module, seconds=pause, error=repr(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _consume(self, names: Sequence[str]) -> None:
        client = AIOKafkaConsumer(
            **self._settings.connection(),
            client_id=f"lyceum-{self._module}",
            group_id=f"lyceum.{self._module}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            partition_assignment_strategy=(StickyPartitionAssignor,),
        )
        client.subscribe(names, listener=_Handover(self._handling))
        try:
            await client.start()
            async with asyncio.TaskGroup() as group:
                group.create_task(self._handle_batches(client))
                group.create_task(self._watch_lag(client))
        finally:
            await client.stop()

    async def _handle_batches(self, client: AIOKafkaConsumer) -> None:
        while True:
            batches = await client.getmany(timeout_ms=1000, max_records=BATCH)
            if not batches:
                continue
            async with self._handling:
                await self._handle(batches)
                try:
                    await client.commit({partition: records[-1].offset + 1 for partition, records in batches.items()})
                except (CommitFailedError, IllegalStateError) as error:
                    # The partitions have another owner by now, who gets the records again.
                    log.info("offsets not committed", module=self._module, error=repr(error))

    async def _handle(self, batches: Batches) -> None:
        envelopes: list[EventEnvelope] = []
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
        await self._consumer.receive(envelopes, positions)

    async def _watch_lag(self, client: AIOKafkaConsumer) -> None:
        while True:
            partitions = list(client.assignment())
            ends = await client.end_offsets(partitions) if partitions else {}
            for partition, end in ends.items():
                done = await client.committed(partition) or 0
                labels = (self._module, partition.topic, str(partition.partition))
                metrics.LAG.labels(*labels).set(max(0, end - done))
            await asyncio.sleep(LAG_EVERY_SECONDS)


class _Handover(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Lets a batch end before its partitions go to another member of the group."""

    def __init__(self, handling: asyncio.Lock) -> None:
        self._handling = handling

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        async with self._handling:
            pass

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        pass
