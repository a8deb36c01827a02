"""How many SQL statements the pages cost, at any size of the course."""

import asyncio

import pytest

from lyceum.testing.statements import counted_statements


@pytest.fixture(params=[1, 60], ids=["small", "large"])
async def course(request, build, taking):
    def lesson(name):
        return build.lesson(f"lesson {name}", build.page(f"page {name}", build.block(f"block {name}")))

    sections = [
        build.section(
            f"section {number}",
            *(lesson(f"{number}.{place}") for place in range(3)),
            requires=[f"section {number - 1}"] if number else [],
        )
        for number in range(request.param)
    ]
    await taking(build.structure(*sections))


@pytest.fixture
def count(harness, learner):
    """Sends a request twice, each time counting: first to a process that knows nothing, then to one that does."""

    async def send(method, url, **options):
        counts = []
        harness.container.outlines.reset()
        for dependent in ("catching_up", "completing", "studying", "reading"):
            getattr(harness.container, dependent).reset()
        async with harness.client(learner) as client:
            for _ in range(2):
                with counted_statements(harness.module.database.engine) as statements:
                    answer = await client.request(method, f"/api/v1/progress{url}", **options)
                    await asyncio.sleep(0)  # the driver tells its listeners with the next turn of the loop
                assert answer.status_code in (200, 204), answer.text
                counts.append(len(statements))
        return counts

    return send


@pytest.mark.parametrize(
    ("part", "counts"), [("/outline", [2, 1]), ("", [2, 1]), ("/explain", [2, 1])], ids=["outline", "page", "explain"]
)
async def test_a_page_of_one_course_takes_one_statement_and_one_for_a_cold_outline(course, count, build, part, counts):
    assert await count("GET", f"/courses/{build.course_id}{part}") == counts


async def test_the_list_of_courses_takes_one_statement_and_one_for_cold_outlines(course, count):
    assert await count("GET", "") == [2, 1]


async def test_a_heartbeat_is_one_statement(course, count, build, clock):
    heartbeat = {
        "course_id": str(build.course_id),
        "block_id": str(build.id("block 0.0")),
        "kind": "viewed",
        "at": clock.now().isoformat(),
    }
    assert (await count("POST", "/heartbeats", json={"heartbeats": [heartbeat]}))[1] == 1
    assert await count("POST", "/heartbeats", json={"heartbeats": [heartbeat] * 100}) == [2, 1]


async def test_a_position_takes_a_look_and_a_write(course, count, build):
    request = {"node_id": str(build.id("block 0.0"))}
    assert await count("PUT", f"/courses/{build.course_id}/position", json=request) == [3, 2]


async def test_the_list_of_learners_takes_one_statement_and_one_for_a_cold_outline(
    course, count, build, courses, learner
):
    courses.instructors.add(learner.user_id)
    assert await count("GET", f"/courses/{build.course_id}/learners") == [2, 1]


async def test_completion_is_looked_for_only_while_it_is_missing(course, count, harness, learner, build, clock):
    everything = (1 << 400) - 1
    await harness.container.log().note(
        user_id=learner.user_id, course_id=build.course_id, viewed=everything, position=None, now=clock.now()
    )
    cold, warm = await count("GET", f"/courses/{build.course_id}/outline")
    # The row is locked, changed, and read again; the event goes to the outbox.
    assert (cold, warm) == (6, 1)
