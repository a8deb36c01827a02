"""Kafka and Valkey for an installation of its own: topics and groups have the names of modules, wherever they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.testing.kafka import KafkaBroker, KafkaNotAvailable


@contextmanager
def engines(folder: Path, what_was_not_tried: str) -> Iterator[dict[str, str]]:
    """The settings that lead to them. Skips, saying what was not tried, where there can be no broker."""
    broker = KafkaBroker(folder)
    try:
        broker.start()
    except KafkaNotAvailable as error:
        pytest.skip(f"no Apache Kafka on this machine, {what_was_not_tried} NOT tried: {error}")
    try:
        with EmbeddedValkey(folder) as valkey:
            yield {"KAFKA_SERVERS": broker.address, "KAFKA_SESSION": "3", "REDIS_URL": valkey.address}
    finally:
        broker.delete()
