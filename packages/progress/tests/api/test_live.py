"""What a learner who watches is told, through the module as it is put together."""

import asyncio
from uuid import uuid4

import orjson
import pytest

from lyceum.kernel.principal import Principal
from lyceum.progress.module import module
from lyceum.runtime.live.topics import ModuleTopics


@pytest.fixture
def gate(harness):
    return ModuleTopics(module.topics, harness.container)


async def test_a_view_reaches_those_who_watch(harness, learner, build, taking, gate, clock):
    await taking(build.blocks("one", "two"))
    admission = await gate.admit(topic=f"progress/{build.course_id}", principal=learner)
    log = harness.platform.live_log
    head = await log.head(admission.key)
    beat = {"course_id": str(build.course_id), "block_id": str(build.id("one")), "kind": "viewed"}
    async with harness.client(learner) as client:
        await client.post("/api/v1/progress/heartbeats", json={"heartbeats": [{**beat, "at": clock.now().isoformat()}]})
    async with asyncio.timeout(5):
        while not (entries := await log.read(admission.key, after=head)):  # noqa: ASYNC110 - it is a log, and tells nobody
            await asyncio.sleep(0.01)
    (entry,) = entries
    told = orjson.loads(b"{" + entry.body)
    assert (told["type"], told["data"]["percentage"], told["data"]["completed_at"]) == ("progress.changed", 50, None)


async def test_who_does_not_take_the_course_may_not_watch(build, taking, gate):
    await taking(build.blocks("one"))
    admission = await gate.admit(topic=f"progress/{build.course_id}", principal=Principal(user_id=uuid4()))
    assert (admission.key, admission.code) == (None, "progress.not-enrolled")
