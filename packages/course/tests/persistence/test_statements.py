"""How many statements the hot reads need, whatever the size of a course."""

import asyncio

import pytest

from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import encode_cursor
from lyceum.testing.statements import counted_statements

AFTER = encode_cursor("2030-01-01T00:00:00+00:00", new_id())


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        course = await make(client)
        for number in range(3):
            page = await course.add("page", f"Page {number}", course.lesson)
            for block in range(3):
                await course.add("block", f"{block}", page, {"kind": "rich_text", "html": "<p>x</p>"})
        yield await course.published()


@pytest.fixture
def counted(harness):
    """Statements of one GET."""

    async def count(client, path):
        with counted_statements(harness.module.database.engine) as sent:
            answer = await client.get(path)
            await asyncio.sleep(0)  # the driver tells its listeners with the next turn of the loop
        assert answer.status_code in (200, 304), answer.text
        return len(sent)

    return count


async def test_the_catalogue_takes_one(harness, course, counted):
    async with harness.client() as visitor:
        assert await counted(visitor, "/api/v1/catalogue") == 1
        assert await counted(visitor, "/api/v1/catalogue?q=logic&language=en") == 1
        assert await counted(visitor, f"/api/v1/catalogue?cursor={AFTER}") == 1
        assert await counted(visitor, "/api/v1/catalogue/logic") == 1


async def test_an_outline_takes_two_and_then_one(harness, course, counted, learner):
    async with harness.client(learner) as client:
        assert [await counted(client, f"{course.path}/outline") for _ in range(3)] == [2, 1, 1]
        await course.published()
        assert [await counted(client, f"{course.path}/outline") for _ in range(2)] == [2, 1]


async def test_a_page_takes_three_and_then_two(harness, course, counted, learner):
    async with harness.client(learner) as client:
        await client.post(f"{course.path}/enrolment")
        assert [await counted(client, f"{course.path}/pages/{course.page}") for _ in range(3)] == [3, 2, 2]


async def test_listings_take_one(harness, course, counted, learner):
    async with harness.client(learner) as client:
        assert await counted(client, "/api/v1/enrolments") == 1
        assert await counted(client, "/api/v1/imports") == 1
    assert await counted(course.client, "/api/v1/courses") == 1
