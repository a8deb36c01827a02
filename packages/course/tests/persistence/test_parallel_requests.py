"""Many at once: what may happen once happens once, and nobody sees half of anything."""

import asyncio

import pytest
from sqlalchemy import text

COUNT_EVENTS = "SELECT count(*) FROM course.outbox WHERE type = :type"


@pytest.fixture
def count(harness):
    async def read(statement, **parameters):
        async with harness.module.database.reading() as connection:
            return (await connection.execute(text(statement), parameters)).scalar_one()

    return read


@pytest.fixture
async def published(harness, author, make):
    async with harness.client(author) as client:
        course = await make(client)
        assert (await course.publish()).status_code == 201
    return course.id


async def test_fifty_enrolments_at_once_are_one(harness, learner, published, count):
    async with harness.client(learner) as client:
        path = f"/api/v1/courses/{published}/enrolment"
        answers = await asyncio.gather(*(client.post(path) for _ in range(50)))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert await count("SELECT count(*) FROM course.enrolments") == 1
        assert await count(COUNT_EVENTS, type="lyceum.course.enrolment.started.v1") == 1
        answers = await asyncio.gather(*(client.delete(path) for _ in range(20)))
        assert {answer.status_code for answer in answers} == {200}
        assert await count(COUNT_EVENTS, type="lyceum.course.enrolment.withdrawn.v1") == 1
        answers = await asyncio.gather(*(client.post(path) for _ in range(20)))
        assert {answer.status_code for answer in answers} == {200}
        assert await count(COUNT_EVENTS, type="lyceum.course.enrolment.started.v1") == 2


async def test_publishing_at_once_gives_numbers_without_holes(harness, author, make, count):
    async with harness.client(author) as client:
        course = await make(client)
        answers = await asyncio.gather(*(course.publish() for _ in range(12)))
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"version-conflict"}
        numbers = sorted(answer.json()["number"] for answer in answers if answer.status_code == 201)
        assert numbers == list(range(1, len(numbers) + 1))
        assert (await client.get(f"/api/v1/courses/{course.id}")).json()["published_number"] == len(numbers)
    assert await count("SELECT count(*) FROM course.versions") == len(numbers)
    assert await count(COUNT_EVENTS, type="lyceum.course.course.published.v1") == len(numbers)


async def test_courses_of_one_title_get_different_short_names(harness, author):
    async with harness.client(author) as client:
        answers = await asyncio.gather(*(client.post("/api/v1/courses", json={"title": "Logic"}) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["slug"] for answer in answers}) == 6


async def test_two_owners_who_leave_at_once_do_not_leave_the_course_alone(harness, author, users, as_user, make):
    for _ in range(5):
        second = as_user(users.add())
        async with harness.client(author) as client, harness.client(second) as other:
            course = await make(client)
            path = f"/api/v1/courses/{course.id}/instructors"
            await client.put(f"{path}/{second.user_id}", json={"role": "owner"})
            answers = await asyncio.gather(
                client.delete(f"{path}/{author.user_id}"), other.delete(f"{path}/{second.user_id}")
            )
        assert sorted(answer.status_code for answer in answers) == [204, 409]


async def test_an_outline_is_seen_whole_while_others_work_on_it(harness, author, make):
    async with harness.client(author) as client:
        course = await make(client)
        path = f"/api/v1/courses/{course.id}/draft"

        async def come_and_go(name):
            for _ in range(5):
                added = await client.post(
                    f"{path}/nodes", json={"kind": "section", "title": name}, headers={"If-Match": "*"}
                )
                assert added.status_code == 201, added.text
                gone = await client.delete(f"{path}/nodes/{added.json()['id']}", headers={"If-Match": "*"})
                assert gone.status_code == 204, gone.text

        async def look():
            for _ in range(20):
                seen = await client.get(path)
                assert seen.status_code == 200, seen.text
                assert (await client.get(f"{path}/diff")).status_code == 200

        await asyncio.gather(*(come_and_go(str(number)) for number in range(3)), look())
        assert (await client.get(path)).json()["version"] == 4 + 2 * 15 + 1


async def test_two_authors_on_different_nodes_never_meet(harness, author, make):
    async with harness.client(author) as client:
        course = await make(client)
        answers = await asyncio.gather(
            *(
                client.patch(
                    f"/api/v1/courses/{course.id}/draft/nodes/{node}",
                    json={"title": "New"},
                    headers={"If-Match": '"1"'},
                )
                for node in (course.section, course.lesson, course.page, course.block)
            )
        )
    assert [answer.status_code for answer in answers] == [200] * 4


async def test_of_two_authors_on_one_node_the_second_is_told(harness, author, make):
    async with harness.client(author) as client:
        course = await make(client)
        path = f"/api/v1/courses/{course.id}/draft/nodes/{course.page}"
        answers = await asyncio.gather(
            *(client.patch(path, json={"title": str(n)}, headers={"If-Match": '"1"'}) for n in range(8))
        )
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [200] + [409] * 7
        [won] = [answer.json()["title"] for answer in answers if answer.status_code == 200]
        assert (await client.get(path)).json()["title"] == won
