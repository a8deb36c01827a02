"""The topics of the platform: one for the events of each module, one for the dead letters of each consumer."""

import asyncio
from collections.abc import Iterable

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import TopicAlreadyExistsError, for_code

from lyceum.runtime.kafka.settings import KafkaSettings


def events_topic(source: str) -> str:
    """The topic of a producer, whose `source` is `lyceum.<module>`."""
    return f"{source}.events"


def topic_of_type(event_type: str) -> str:
    """The topic on which events of a type arrive: `lyceum.course.course.published.v1` on `lyceum.course.events`."""
    platform, module, _ = event_type.split(".", 2)
    return events_topic(f"{platform}.{module}")


def dead_letters_topic(consumer: str) -> str:
    """The topic of what a consuming module could not handle."""
    return f"lyceum.{consumer}.dlq"


class Topics:
    """Makes topics the first time that they are asked for, for whoever may be first."""

    def __init__(self, settings: KafkaSettings) -> None:
        self._settings = settings
        self._known: set[str] = set()
        self._turn = asyncio.Lock()

    async def ensure(self, names: Iterable[str]) -> None:
        """See to it that the topics are there. Raises the broker's error."""
        missing = set(names) - self._known
        if not missing:
            return
        async with self._turn:
            admin = AIOKafkaAdminClient(**self._settings.connection())
            await admin.start()
            try:
                wanted = [
                    NewTopic(name, self._settings.partitions, self._settings.replicas) for name in sorted(missing)
                ]
                answer = await admin.create_topics(wanted)
            finally:
                await admin.close()
            for _, code, *_ in answer.topic_errors:
                error = for_code(code)
                if code != 0 and error is not TopicAlreadyExistsError:
                    raise error
            self._known |= missing
