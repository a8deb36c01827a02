"""A real Apache Kafka broker on loopback, for tests and development."""

from lyceum.testing.kafka.broker import KafkaBroker
from lyceum.testing.kafka.distribution import KafkaNotAvailable, broker_classpath

__all__ = ["KafkaBroker", "KafkaNotAvailable", "broker_classpath"]
