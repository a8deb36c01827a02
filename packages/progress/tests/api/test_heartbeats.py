from datetime import timedelta
from uuid import uuid4

import pytest

from lyceum.course.ports import Answered

HEARTBEATS = "/api/v1/progress/heartbeats"


@pytest.fixture
def beat(build, clock):
    """The JSON of a heartbeat about a block, by the block's name."""

    def make(name, kind="viewed", **fields):
        return {
            "course_id": str(build.course_id),
            "block_id": str(build.id(name)),
            "kind": kind,
            "at": clock.now().isoformat(),
            **fields,
        }

    return make


async def send(client, *heartbeats):
    answer = await client.post(HEARTBEATS, json={"heartbeats": list(heartbeats)})
    assert answer.status_code == 200, answer.text
    return [result["reason"] or "accepted" for result in answer.json()["results"]]


async def percentage(client, build):
    return (await client.get(f"/api/v1/progress/courses/{build.course_id}")).json()["percentage"]


async def test_sending_needs_a_sign_in(harness, beat):
    async with harness.client() as client:
        answer = await client.post(HEARTBEATS, json={"heartbeats": [beat("one")]})
    assert answer.status_code == 401


async def test_viewed_blocks_count_and_come_to_a_hundred(harness, learner, build, taking, beat):
    await taking(build.blocks("one", "two"))
    async with harness.client(learner) as client:
        assert await send(client, beat("one")) == ["accepted"]
        assert await percentage(client, build) == 50
        assert await send(client, beat("one"), beat("two")) == ["accepted", "accepted"]
        assert await percentage(client, build) == 100


async def test_each_heartbeat_is_refused_by_itself(harness, learner, build, taking, beat, clock):
    tomorrow = clock.now() + timedelta(days=1)
    await taking(
        build.simple(
            build.page("open", build.block("one"), build.block("two")),
            build.page("closed", build.block("three"), requires=["open"]),
            build.page("early", build.block("four"), available_from=tomorrow),
        )
    )
    async with harness.client(learner) as client:
        heartbeats = [beat("one"), beat("three"), beat("four"), beat("nowhere"), beat("page"), beat("one")]
        assert await send(client, *heartbeats) == [
            "accepted",
            "locked",
            "not-yet-available",
            "unknown-block",
            "unknown-block",
            "accepted",
        ]
        assert await send(client, beat("four")) == ["not-yet-available"]
        clock.advance(timedelta(days=1))
        assert await send(client, beat("four")) == ["accepted"]


async def test_a_batch_opens_what_it_later_views_in_any_order(harness, learner, build, taking, beat):
    await taking(build.simple(build.page("a", build.block("one")), build.page("b", build.block("two"), requires=["a"])))
    async with harness.client(learner) as client:
        assert await send(client, beat("two"), beat("one")) == ["accepted", "accepted"]
        assert await percentage(client, build) == 100


async def test_a_page_of_the_course_is_no_block(harness, learner, build, taking, beat):
    await taking(build.blocks("one"))
    async with harness.client(learner) as client:
        assert await send(client, beat("page")) == ["unknown-block"]


async def test_viewing_a_problem_does_not_complete_it(harness, learner, build, taking, beat):
    await taking(build.simple(build.page("page", build.problem("problem", Answered()))))
    async with harness.client(learner) as client:
        assert await send(client, beat("problem")) == ["accepted"]
        assert await percentage(client, build) == 0


async def test_a_stranger_to_the_course_learns_nothing_about_it(harness, learner, build, courses, deliver, beat):
    structure = build.simple(
        build.page("open", build.block("one")), build.page("closed", build.block("two"), requires=["open"])
    )
    courses.structures[build.course_id] = structure
    await deliver.published(structure)
    async with harness.client(learner) as client:
        for name in ("one", "two", "open", "nowhere"):
            assert await send(client, beat(name)) == ["not-enrolled"]
        assert await send(client, beat("one", course_id=str(uuid4()))) == ["not-enrolled"]


async def test_a_course_taken_a_moment_ago_counts_before_its_events_arrive(harness, learner, build, courses, beat):
    courses.structures[build.course_id] = build.blocks("one")
    courses.enrol(learner.user_id, build.course_id)
    async with harness.client(learner) as client:
        assert await send(client, beat("one")) == ["accepted"]
        assert await percentage(client, build) == 100
        courses.asked.clear()
        assert await send(client, beat("one")) == ["accepted"]
    assert courses.asked == []


async def test_whoever_withdrew_is_refused_until_coming_back(harness, learner, build, taking, courses, deliver, beat):
    await taking(build.blocks("one", "two"))
    async with harness.client(learner) as client:
        await send(client, beat("one"))
        courses.enrol(learner.user_id, build.course_id, "withdrawn")
        await deliver.withdrew(learner.user_id, build.course_id)
        assert await send(client, beat("two")) == ["not-enrolled"]
        courses.enrol(learner.user_id, build.course_id)
        assert await send(client, beat("two")) == ["accepted"]
        assert await percentage(client, build) == 100


async def test_a_block_of_a_version_that_just_came_is_known(
    harness, learner, build, taking, courses, deliver, beat, clock
):
    await taking(build.blocks("one"))
    async with harness.client(learner) as client:
        await send(client, beat("one"))
        structure = build.blocks("one", "two", number=2)
        courses.structures[build.course_id] = structure
        await deliver.published(structure, at=clock.now())
        assert await send(client, beat("two")) == ["accepted"]


async def test_a_view_is_judged_by_the_version_that_is_published_now(
    harness, learner, build, taking, courses, deliver, beat, clock
):
    await taking(build.blocks("one", "two"))
    async with harness.client(learner) as client:
        await send(client, beat("one", kind="position"))  # this process has seen the first version
        courses.structures[build.course_id] = build.blocks("two", number=2)
        await deliver.published(build.blocks("two", number=2), at=clock.now())
        await send(client, beat("two"))
    standing = await harness.container.queries().standing(learner.user_id, build.course_id)
    assert standing.completed_at == clock.now()


async def test_one_batch_can_be_about_several_courses(harness, learner, build, taking, beat):
    await taking(build.blocks("one"))
    other = str(uuid4())
    async with harness.client(learner) as client:
        assert await send(client, beat("one", course_id=other), beat("one"), beat("one", course_id=other)) == [
            "not-enrolled",
            "accepted",
            "not-enrolled",
        ]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"done": True}, "/done"),
        ({"percentage": 100}, "/percentage"),
        ({"completed": True}, "/completed"),
        ({"kind": "completed"}, ""),
        ({"seconds": 5}, "/seconds"),
        ({"at": "2030-01-01T00:00:00"}, "/at"),
        ({"at": "yesterday"}, "/at"),
        ({"block_id": "not an id"}, "/block_id"),
        ({"kind": "position", "seconds": -1}, "/seconds"),
        ({"kind": "position", "seconds": 10**9}, "/seconds"),
    ],
)
async def test_what_a_client_may_not_say_is_refused(harness, learner, beat, change, pointer):
    async with harness.client(learner) as client:
        answer = await client.post(HEARTBEATS, json={"heartbeats": [beat("one", **change)]})
    assert answer.status_code == 422
    assert answer.json()["code"] == "validation-failed"
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/heartbeats/0{pointer}"]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
async def test_a_clock_at_the_end_of_the_calendar_is_borne(harness, learner, build, taking, beat, moment):
    await taking(build.blocks("one"))
    async with harness.client(learner) as client:
        assert await send(client, beat("one", at=moment)) == ["accepted"]
        assert await send(client, beat("one", kind="position", at=moment)) == ["accepted"]


@pytest.mark.parametrize("count", [0, 101])
async def test_a_batch_has_one_to_a_hundred_heartbeats(harness, learner, beat, count):
    async with harness.client(learner) as client:
        answer = await client.post(HEARTBEATS, json={"heartbeats": [beat("one")] * count})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/heartbeats"


async def test_a_body_that_is_no_json_is_refused(harness, learner):
    async with harness.client(learner) as client:
        answer = await client.post(HEARTBEATS, content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422
