"""How far each consuming module is behind, whether it is at work or pauses.

The broker is asked and not the module's own consumer, which is closed while it pauses: that is when lag matters.
"""

import asyncio
from collections.abc import Mapping, Set
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from prometheus_client import Gauge

from lyceum.runtime.events import metrics
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import topic_of_type

UP = Gauge("lyceum_kafka_up", "Whether the broker answered when it was last asked for the lag of consumers")

LAG_EVERY_SECONDS = 10.0
_LONGEST_PAUSE_SECONDS = 30.0

log = structlog.get_logger(__name__)


class KafkaLag:
    """Keeps `lyceum_consumer_lag` current. `wanted` has the event types that each consuming module handles.

    Each process that works reports the lag of all partitions, so that of several values the largest counts and none is
    missing when a process is.
    """

    def __init__(self, wanted: Mapping[str, Set[str]], settings: KafkaSettings) -> None:
        self._topics = {module: {topic_of_type(each) for each in types} for module, types in wanted.items() if types}
        self._settings = settings

    async def run(self) -> None:
        """Watch until cancelled. While the broker is away nothing is known, and the last values are taken back."""
        pause = 1.0
        while True:
            try:
                await self._watch()
            except Exception as error:  # whatever the engine does, it will be asked again
                UP.set(0)
                metrics.LAG.clear()
                log.warning("lag of consumers not known", seconds=pause, error=repr(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _watch(self) -> None:
        # Neither is a member of a group: asking takes no partition from anybody.
        reader = AIOKafkaConsumer(**self._settings.connection(), client_id="lyceum-lag", enable_auto_commit=False)
        admin = AIOKafkaAdminClient(**self._settings.connection(), client_id="lyceum-lag")
        try:
            await reader.start()
            await admin.start()
            while True:
                async with asyncio.timeout(_LONGEST_PAUSE_SECONDS):
                    await self._look(reader, admin)
                UP.set(1)
                await asyncio.sleep(LAG_EVERY_SECONDS)
        finally:
            await reader.stop()
            await admin.close()

    async def _look(self, reader: Any, admin: Any) -> None:
        wanted = {name for names in self._topics.values() for name in names}
        known = wanted & await reader.topics()
        if not known:  # asked for no names, the broker would tell of all topics
            return
        there = await admin.describe_topics(sorted(known))
        partitions = [
            TopicPartition(topic["topic"], each["partition"]) for topic in there for each in topic["partitions"]
        ]
        ends = await reader.end_offsets(partitions)
        begins = await reader.beginning_offsets(partitions)
        for module, names in self._topics.items():
            done = await admin.list_consumer_group_offsets(f"lyceum.{module}")
            for partition, end in ends.items():
                if partition.topic in names:
                    committed = done[partition].offset if partition in done else -1
                    lag = end - max(committed, begins[partition])
                    metrics.LAG.labels(module, partition.topic, str(partition.partition)).set(max(0, lag))
