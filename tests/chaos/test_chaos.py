"""A short run of `tooling/chaos`: nothing that takes part in events can die without everything coming out right."""

import importlib
import os
import sys
from pathlib import Path

import pytest

from lyceum.testing.kafka import KafkaNotAvailable, broker_classpath

TOP = Path(__file__).resolve().parents[2]
SEED = int(os.environ.get("LYCEUM_CHAOS_SEED", "20261122"))


@pytest.fixture
def story():
    sys.path.insert(0, str(TOP))  # stays: the workers' parent process imports it as well
    return importlib.import_module("tooling.chaos.story")


@pytest.mark.slow
async def test_every_event_has_its_effect_once_and_in_order_whatever_is_killed(story, tmp_path):
    try:
        broker_classpath()
    except KafkaNotAvailable as error:
        pytest.skip(f"no Apache Kafka on this machine, chaos was NOT tried: {error}")
    plan = story.Plan(events=1500, seed=SEED, kills=6, pause=0.5, breath=3.0)
    report = await story.run(plan, tmp_path)
    assert report.kept, str(report)
    assert set(report.kills) == {"Kafka", "PostgreSQL", "Valkey", "worker-1", "worker-2"}
    assert report.findings.dead_letters == report.findings.poisoned > 0
