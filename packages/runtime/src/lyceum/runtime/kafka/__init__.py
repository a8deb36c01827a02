"""Apache Kafka behind the event bus: records, topics, the producing and the consuming side."""

from lyceum.runtime.kafka.bus import KafkaBus, Producer
from lyceum.runtime.kafka.dead_letters import DeadLetterTopic
from lyceum.runtime.kafka.intake import KafkaIntake
from lyceum.runtime.kafka.lag import KafkaLag
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics

__all__ = [
    "DeadLetterTopic",
    "KafkaBus",
    "KafkaIntake",
    "KafkaLag",
    "KafkaSettings",
    "Producer",
    "Topics",
]
