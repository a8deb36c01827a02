"""Exactly one completion, however many find out at once."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

from lyceum.course.ports import Answered

PUBLISHED = "SELECT data ->> 'user_id' FROM progress.outbox WHERE type = 'lyceum.progress.course.completed.v1'"


@pytest.fixture
def completions(harness):
    """The ids of those whose completion was published."""

    async def read():
        async with harness.module.database.reading() as connection:
            return [UUID(user_id) for user_id in (await connection.execute(text(PUBLISHED))).scalars()]

    return read


@pytest.fixture
def view(harness, learner, build, clock):
    async def send(client, *names):
        heartbeats = [
            {
                "course_id": str(build.course_id),
                "block_id": str(build.id(name)),
                "kind": "viewed",
                "at": clock.now().isoformat(),
            }
            for name in names
        ]
        answer = await client.post("/api/v1/progress/heartbeats", json={"heartbeats": heartbeats})
        assert answer.status_code == 200, answer.text
        return answer

    return send


async def test_fifty_identical_requests_complete_once(harness, learner, build, taking, view, completions):
    await taking(build.blocks("only"))
    async with harness.client(learner) as client:
        answers = await asyncio.gather(*(view(client, "only") for _ in range(50)))
    assert {answer.content for answer in answers} == {b'{"results":[{"result":"accepted","reason":null}]}'}
    assert await completions() == [learner.user_id]


async def test_parallel_heartbeats_that_complete_together_complete_once(
    harness, learner, build, taking, view, completions
):
    names = [f"block {number}" for number in range(40)]
    await taking(build.blocks(*names))
    async with harness.client(learner) as client:
        await asyncio.gather(*(view(client, name) for name in names))
        progress = (await client.get(f"/api/v1/progress/courses/{build.course_id}")).json()
    assert progress["percentage"] == 100
    assert progress["completed_at"] is not None
    assert await completions() == [learner.user_id]


async def test_a_last_view_and_a_last_answer_at_once_complete_once(
    harness, learner, build, taking, view, completions, deliver
):
    """Neither sees the other's fact when it starts; whoever writes second sees both."""
    for round_number in range(10):
        build.course_id = UUID(int=round_number + 1)
        await taking(build.simple(build.page("page", build.block("text"), build.problem("quiz", Answered()))))
        graded = deliver.graded(learner.user_id, build.course_id, build.id("quiz of quiz"))
        async with harness.client(learner) as client:
            await asyncio.gather(view(client, "text"), deliver(graded))
    assert await completions() == [learner.user_id] * 10


async def test_reading_and_writing_at_once_complete_once(harness, learner, build, taking, view, completions):
    await taking(build.blocks("one", "two"))
    url = f"/api/v1/progress/courses/{build.course_id}"
    async with harness.client(learner) as client:
        await asyncio.gather(
            *(view(client, name) for name in ("one", "two") * 5), *(client.get(f"{url}/outline") for _ in range(10))
        )
    assert await completions() == [learner.user_id]


async def test_a_completion_that_a_dying_process_left_undone_is_made_up_for_by_the_next_read(
    harness, learner, build, taking, completions, clock
):
    await taking(build.blocks("only"))
    # The write of a heartbeat without what should have followed it.
    await harness.container.log().note(
        user_id=learner.user_id, course_id=build.course_id, viewed=1, position=None, now=clock.now()
    )
    assert await completions() == []
    async with harness.client(learner) as client:
        progress = (await client.get(f"/api/v1/progress/courses/{build.course_id}")).json()
    assert progress["completed_at"] is not None
    assert await completions() == [learner.user_id]


async def test_the_same_heartbeat_sent_again_makes_up_for_it(harness, learner, build, taking, completions, clock):
    await taking(build.blocks("only"))
    await harness.container.log().note(
        user_id=learner.user_id, course_id=build.course_id, viewed=1, position=None, now=clock.now()
    )
    beat = {
        "kind": "viewed",
        "course_id": str(build.course_id),
        "block_id": str(build.id("only")),
        "at": clock.now().isoformat(),
    }
    async with harness.client(learner) as client:
        for _ in range(2):
            await client.post("/api/v1/progress/heartbeats", json={"heartbeats": [beat]})
    assert await completions() == [learner.user_id]


async def test_the_nightly_run_makes_up_for_it_too(harness, learner, build, taking, completions, clock):
    await taking(build.blocks("only"))
    await harness.container.log().note(
        user_id=learner.user_id, course_id=build.course_id, viewed=1, position=None, now=clock.now()
    )
    assert await harness.container.completing().settle_all() == 1
    assert await harness.container.completing().settle_all() == 0
    assert await completions() == [learner.user_id]
