"""What others see of our topics: kcat stands for every consumer that is not ours."""

import asyncio
import json
import shutil
from uuid import uuid4

import pytest

from lyceum.runtime.kafka.bus import KafkaBus, Producer
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.kafka.topics import Topics
from lyceum.testing.shop import SOLD

EVENTS = "lyceum.shop.events"


@pytest.fixture
def kcat():
    program = shutil.which("kcat")
    if program is None:
        pytest.skip("there is no kcat on this machine (Debian: apt install kcat): what it sees was NOT looked at")
    return program


async def test_kcat_sees_key_cloud_events_headers_and_json(kcat, kafka_servers, sold):
    settings = KafkaSettings(servers=kafka_servers)
    producer = Producer(settings, Topics(settings))
    event = sold(uuid4(), 42)
    await KafkaBus(producer).publish([event])
    await producer.close()
    read = await asyncio.create_subprocess_exec(
        *(kcat, "-C", "-b", kafka_servers, "-t", EVENTS, "-o", "beginning", "-e", "-q", "-J"),
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        said, _ = await read.communicate()
    assert read.returncode == 0
    records = [json.loads(line) for line in said.splitlines()]
    [record] = [record for record in records if record["key"] == event.subject]
    headers = dict(zip(record["headers"][::2], record["headers"][1::2], strict=True))
    assert headers == {
        "ce_specversion": "1.0",
        "ce_id": str(event.id),
        "ce_source": "lyceum.shop",
        "ce_type": SOLD,
        "ce_subject": event.subject,
        "ce_time": event.time.isoformat(),
        "content-type": "application/json",
    }
    assert json.loads(record["payload"]) == event.data
    assert record["ts"] == int(event.time.timestamp() * 1000)
