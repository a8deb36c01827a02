"""What a platform does with the broker that is set: events go out to it, and those that its modules want come in."""

import asyncio
from collections.abc import Mapping

from lyceum.runtime.events.consumer import Consumer
from lyceum.runtime.kafka.bus import KafkaBus, Producer
from lyceum.runtime.kafka.dead_letters import DeadLetterTopic
from lyceum.runtime.kafka.intake import KafkaIntake
from lyceum.runtime.kafka.lag import KafkaLag
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics


class KafkaEngine:
    """`bus` takes the events of this process."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._topics = Topics(settings)
        self._producer = Producer(settings, self._topics)
        self.bus = KafkaBus(self._producer)

    def graveyard(self, module: str) -> DeadLetterTopic:
        return DeadLetterTopic(module=module, producer=self._producer)

    def work(self, consumers: Mapping[str, Consumer], group: asyncio.TaskGroup) -> None:
        """Hand the consumers, by module, what is theirs, and measure how far behind they are; until cancelled."""
        wanted = {module: consumer.types for module, consumer in consumers.items()}
        group.create_task(KafkaLag(wanted, self._settings).run(), name="lag of consumers")
        for module, consumer in consumers.items():
            intake = KafkaIntake(consumer=consumer, settings=self._settings, topics=self._topics)
            group.create_task(intake.run(), name=f"consumer of {module}")

    async def close(self) -> None:
        await self._producer.close()
