"""The topic of what a module could not handle, for those who watch topics rather than tables."""

from lyceum.kernel.events import EventEnvelope
from lyceum.runtime.kafka.bus import Producer
from lyceum.runtime.kafka.records import Record, to_record
from lyceum.runtime.kafka.topics import dead_letters_topic


class DeadLetterTopic:
    """`Graveyard` on Kafka: `lyceum.<consumer>.dlq`, each record with its cause, attempts and original position."""

    def __init__(self, *, module: str, producer: Producer) -> None:
        self._topic = dead_letters_topic(module)
        self._producer = producer

    async def bury(self, envelope: EventEnvelope, *, cause: str, attempts: int, position: str | None) -> None:
        record = to_record(envelope)
        headers = [
            *record.headers,
            ("lyceum_cause", cause.encode()),
            ("lyceum_attempts", str(attempts).encode()),
        ]
        if position is not None:
            headers.append(("lyceum_position", position.encode()))
        await self._producer.send(self._topic, [Record(record.key, record.value, headers, record.timestamp)])
