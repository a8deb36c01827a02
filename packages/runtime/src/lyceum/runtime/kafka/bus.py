"""The event bus on Kafka: what the relay brings is on the broker when `publish` returns."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import DefaultPartitioner

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.event_size import MAX_EVENT_BYTES
from lyceum.runtime.kafka.records import Record, to_record
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics, events_topic

_partition_of = DefaultPartitioner()


class Producer:
    """An idempotent producer that is opened when it is needed and anew after a failure.

    The records of one partition are sent as one batch after the other, the next when the one before is acknowledged by
    all replicas: a batch that fails can't be overtaken, so the order of each key holds over retries as well.
    """

    def __init__(self, settings: KafkaSettings, topics: Topics) -> None:
        self._settings = settings
        self._topics = topics
        self._client: AIOKafkaProducer | None = None
        self._turn = asyncio.Lock()

    async def send(self, topic: str, records: Sequence[Record]) -> None:
        """When it returns, the broker has them all; when it raises, some of them may be there.

        Raises what the broker's client raises, `BaseExceptionGroup`s of it included.
        """
        await self._topics.ensure([topic])
        client = await self._open()
        try:
            partitions = sorted(await client.partitions_for(topic))
            by_partition: dict[int, list[Record]] = {}
            for record in records:
                by_partition.setdefault(_partition_of(record.key, partitions, partitions), []).append(record)
            async with asyncio.TaskGroup() as group:
                for partition, share in by_partition.items():
                    group.create_task(_send_in_order(client, topic, partition, share))
        except BaseException:
            # What it still holds may arrive late: the records come again in order, and inboxes pass over the doubles.
            await self._drop(client)
            raise

    async def close(self) -> None:
        if self._client is not None:
            await self._drop(self._client)

    async def _open(self) -> AIOKafkaProducer:
        async with self._turn:
            if self._client is None:
                client = AIOKafkaProducer(
                    **self._settings.connection(),
                    client_id="lyceum",
                    acks="all",
                    enable_idempotence=True,
                    max_batch_size=MAX_EVENT_BYTES,
                    request_timeout_ms=15_000,
                )
                try:
                    await client.start()
                except BaseException:
                    await client.stop()
                    raise
                self._client = client
            return self._client

    async def _drop(self, client: AIOKafkaProducer) -> None:
        if self._client is client:
            self._client = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await client.stop()


class KafkaBus:
    """`EventBus` on Kafka: topic `lyceum.<module>.events`, keyed by the aggregate's id."""

    def __init__(self, producer: Producer) -> None:
        self._producer = producer

    async def publish(self, envelopes: Sequence[EventEnvelope]) -> None:
        """Raises the broker's error; the relay then brings the events again."""
        for source, group in groupby(envelopes, key=lambda envelope: envelope.source):
            await self._producer.send(events_topic(source), [to_record(envelope) for envelope in group])


async def _send_in_order(client: AIOKafkaProducer, topic: str, partition: int, records: Iterable[Record]) -> None:
    waiting = deque(records)
    while waiting:
        batch = client.create_batch()
        while waiting and _appended(batch, waiting[0]):
            waiting.popleft()
        batch.close()
        await (await client.send_batch(batch, topic, partition=partition))


def _appended(batch: Any, record: Record) -> bool:
    metadata = batch.append(key=record.key, value=record.value, timestamp=record.timestamp, headers=record.headers)
    return metadata is not None
