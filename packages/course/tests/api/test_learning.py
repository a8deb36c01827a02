"""What learners and visitors do: find, enrol, read, leave."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lyceum.kernel.events import EventEnvelope


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        yield await make(client)


@pytest.fixture
async def taker(harness, course, learner):
    """A client of somebody who takes the published course."""
    await course.published()
    async with harness.client(learner) as client:
        assert (await client.post(f"{course.path}/enrolment")).status_code == 200
        yield client


async def test_the_catalogue_is_searched_and_read_page_by_page(harness, author, make, clock):
    async with harness.client(author) as client:
        for title in ("Logic", "100% Rhetoric", "Grammar"):
            await (await make(client, title)).published()
            clock.advance(timedelta(minutes=1))
        await make(client, "Unpublished")
        unlisted = await (await make(client, "Hidden")).published()
        await client.patch(unlisted.path, json={"listed": False}, headers={"If-Match": "*"})
    async with harness.client() as visitor:

        async def found(**query):
            answer = await visitor.get("/api/v1/catalogue", params=query)
            assert answer.status_code == 200, answer.text
            return answer.json()

        first = await found(limit=2)
        assert [item["title"] for item in first["items"]] == ["Grammar", "100% Rhetoric"]
        rest = await found(limit=2, cursor=first["next_cursor"])
        assert ([item["title"] for item in rest["items"]], rest["next_cursor"]) == (["Logic"], None)
        for query, titles in (
            ({"q": "gra"}, ["Grammar"]),
            ({"q": "100%"}, ["100% Rhetoric"]),
            ({"q": "_"}, []),
            ({"language": "de"}, []),
            ({"language": "en", "q": "LOGIC"}, ["Logic"]),
            ({"organisation": uuid4()}, []),
        ):
            assert [item["title"] for item in (await found(**query))["items"]] == titles, query
        page = (await visitor.get("/api/v1/catalogue/hidden")).json()
        assert (page["title"], page["open_for_enrolment"]) == ("Hidden", True)
        assert (await visitor.get("/api/v1/catalogue/unpublished")).status_code == 404


async def test_what_changes_the_catalogue_empties_its_cached_pages(harness, course, monkeypatch):
    dropped = []

    async def invalidate(*tags):
        dropped.append(tags)

    monkeypatch.setattr(harness.public_cache, "invalidate", invalidate)
    assert (await course.publish()).status_code == 201
    await course.client.patch(course.path, json={"title": "New"}, headers={"If-Match": "*"})
    await course.client.post(f"{course.path}/versions/1/restoration")
    await course.client.post(f"{course.path}/archival")
    assert dropped == [("catalogue",)] * 4
    await course.client.post(f"{course.path}/archival")
    assert len(dropped) == 4


async def test_the_outline_is_public_and_sent_once(harness, course):
    async with harness.client() as visitor:
        assert (await visitor.get(f"{course.path}/outline")).status_code == 404
        await course.published()
        seen = await visitor.get(f"{course.path}/outline")
        assert (seen.status_code, seen.headers["etag"], seen.json()["number"]) == (200, '"1"', 1)
        for known in ('"1"', 'W/"1"', '"7", "1"', "*"):
            answer = await visitor.get(f"{course.path}/outline", headers={"If-None-Match": known})
            assert (answer.status_code, answer.content) == (304, b"")
        await course.edit(course.section, title="New beginnings")
        await course.published()
        newer = await visitor.get(f"{course.path}/outline", headers={"If-None-Match": '"1"'})
        assert newer.json()["sections"][0]["title"] == "New beginnings"
        assert newer.headers["etag"] == '"2"'


async def test_links_in_a_page_lead_to_files_and_pages(course, harness, learner):
    source = "chapter-1"
    second = await course.add("page", "Second", course.lesson)
    target = await course.add("block", "Target", second, {"kind": "rich_text", "html": "<p>x</p>"})
    html = "".join(
        f'<a href="{link}">x</a>'
        for link in (
            f"node:{course.lesson}",
            f"node:{target}#part",
            f"node:{source}",
            f"node:{second}",
            "asset:a%20b.png",
        )
    )
    await course.edit(course.block, content={"kind": "rich_text", "html": html})
    await course.published()
    async with harness.client(learner) as client:
        await client.post(f"{course.path}/enrolment")
        page = (await client.get(f"{course.path}/pages/{course.page}")).json()
    read = page["blocks"][0]["content"]["html"]
    learn = f"/learn/{course.id}"
    expected = [
        f"{learn}/{course.page}",
        f"{learn}/{second}#part",
        learn,
        f"{learn}/{second}",
        f"{course.path}/assets/a%20b.png",
    ]
    assert [part.partition('"')[0] for part in read.split('href="')[1:]] == expected
    assert (page["previous_page_id"], page["next_page_id"]) == (None, second)


async def test_what_opens_later_is_closed_to_learners_only(course, harness, learner, clock):
    opening = (clock.now() + timedelta(days=1)).isoformat()
    later = await course.add("page", "Later", course.lesson)
    await course.edit(later, available_from=opening)
    bonus = await course.add("block", "Bonus", course.page, {"kind": "rich_text", "html": "<p>secret</p>"})
    await course.edit(bonus, available_from=opening)
    await course.published()
    async with harness.client(learner) as client:
        await client.post(f"{course.path}/enrolment")
        refused = await client.get(f"{course.path}/pages/{later}")
        assert (refused.status_code, refused.json()["code"]) == (403, "course.not-open-yet")
        assert refused.json()["available_from"] == opening
        assert "secret" not in (await client.get(f"{course.path}/pages/{course.page}")).text
        assert (await course.client.get(f"{course.path}/pages/{later}")).status_code == 200
        assert "secret" in (await course.client.get(f"{course.path}/pages/{course.page}")).text
        clock.advance(timedelta(days=1))
        assert (await client.get(f"{course.path}/pages/{later}")).status_code == 200
        assert "secret" in (await client.get(f"{course.path}/pages/{course.page}")).text


async def test_a_page_is_due_when_the_innermost_part_around_it_is(course, taker):
    own = await course.add("page", "With a date of its own", course.lesson)
    await course.edit(course.section, due_at="2031-02-01T00:00Z")
    await course.edit(course.lesson, due_at="2031-01-01T12:00+02:00", graded=True)
    await course.edit(own, due_at="2031-03-01T00:00Z")
    await course.published()
    for page, due in ((course.page, "2031-01-01T10:00:00Z"), (own, "2031-03-01T00:00:00Z")):
        told = (await taker.get(f"{course.path}/pages/{page}")).json()
        assert (told["graded"], told["due_at"]) == (True, due)


async def test_a_page_that_is_not_published_is_not_found(course, taker):
    hidden = await course.add("page", "Hidden", course.lesson, visibility="hidden")
    await course.published()
    for page in (hidden, course.lesson, uuid4()):
        answer = await taker.get(f"{course.path}/pages/{page}")
        assert (answer.status_code, answer.json()["code"]) == (404, "course.node-not-found")


async def test_a_learner_leaves_and_comes_back(course, taker, clock):
    page = f"{course.path}/pages/{course.page}"
    assert (await taker.get(page)).status_code == 200
    assert (await taker.delete(f"{course.path}/enrolment")).json()["state"] == "withdrawn"
    assert (await taker.get(page)).status_code == 403
    [mine] = (await taker.get("/api/v1/enrolments")).json()["items"]
    assert (mine["state"], mine["title"], mine["slug"]) == ("withdrawn", "Logic", "logic")
    assert (await taker.post(f"{course.path}/enrolment")).json()["state"] == "active"
    assert (await taker.get(page)).status_code == 200


async def test_who_never_enrolled_cannot_leave(course, harness, users, as_user):
    await course.published()
    async with harness.client(as_user(users.add())) as client:
        answer = await client.delete(f"{course.path}/enrolment")
        assert (answer.status_code, answer.json()["code"]) == (403, "course.not-enrolled")
    async with harness.client() as visitor:
        for method in ("POST", "DELETE"):
            assert (await visitor.request(method, f"{course.path}/enrolment")).status_code == 401
        assert (await visitor.get("/api/v1/enrolments")).status_code == 401


async def test_managers_enrol_and_withdraw_people(course, harness, users, as_user):
    await course.published()
    people = [users.add() for _ in range(3)]
    path = f"{course.path}/enrolments"
    async with harness.client(as_user(users.add(), "course.enrolment.manage")) as manager:
        for person in people:
            assert (await manager.put(f"{path}/{person}")).json()["state"] == "active"
        assert (await manager.put(f"{path}/{people[0]}")).status_code == 200
        unknown = await manager.put(f"{path}/{uuid4()}")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "identity.user-not-found")
        assert (await manager.delete(f"{path}/{people[1]}")).json()["state"] == "withdrawn"
        assert (await manager.delete(f"{path}/{uuid4()}")).status_code == 403
        first = (await manager.get(path, params={"limit": 2})).json()
        rest = (await manager.get(path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
        assert {each["user_id"] for each in first["items"] + rest["items"]} == set(map(str, people))
        assert (await manager.get(f"{course.path}/draft")).status_code == 403


async def test_nobody_is_enrolled_in_a_draft(course, users):
    answer = await course.client.put(f"{course.path}/enrolments/{users.add()}")
    assert (answer.status_code, answer.json()["code"]) == (409, "course.not-published")
    answer = await course.client.post(f"{course.path}/enrolment")
    assert (answer.status_code, answer.json()["code"]) == (409, "course.not-published")


async def test_a_completed_course_is_completed(course, taker, harness, learner, clock):
    envelope = EventEnvelope(
        id=uuid4(),
        source="lyceum.progress",
        type="lyceum.progress.course.completed.v1",
        subject="x",
        time=clock.now(),
        data={
            "user_id": str(learner.user_id),
            "course_id": course.id,
            "completed_at": "2030-01-01T00:00:00Z",
            "number": 1,
            "new": "field",
        },
    )
    await harness.module.consumer.receive([envelope])
    await harness.module.consumer.receive([envelope])
    [mine] = (await taker.get("/api/v1/enrolments")).json()["items"]
    assert (mine["state"], mine["completed_at"]) == ("completed", "2030-01-01T00:00:00Z")
    assert (await taker.get(f"{course.path}/pages/{course.page}")).status_code == 200
