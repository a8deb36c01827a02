"""The first path through the module: an author makes a course, a learner reads it."""

import pytest


async def make_course(client, title="Logic") -> dict:
    answer = await client.post("/api/v1/courses", json={"title": title})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def add(client, course_id, kind, title, parent=None, content=None) -> str:
    draft = await client.get(f"/api/v1/courses/{course_id}/draft")
    answer = await client.post(
        f"/api/v1/courses/{course_id}/draft/nodes",
        json={"kind": kind, "title": title, "parent_id": parent, "content": content},
        headers={"If-Match": draft.headers["etag"]},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def publish(client, course_id):
    draft = await client.get(f"/api/v1/courses/{course_id}/draft")
    return await client.post(
        f"/api/v1/courses/{course_id}/versions", json={}, headers={"If-Match": draft.headers["etag"]}
    )


async def filled_course(client) -> tuple[str, str, str]:
    course_id = (await make_course(client))["id"]
    section = await add(client, course_id, "section", "Beginnings")
    lesson = await add(client, course_id, "lesson", "Truth", section)
    page = await add(client, course_id, "page", "Tables", lesson)
    block = await add(
        client, course_id, "block", "Text", page, {"kind": "rich_text", "html": "<p>True<script>x</script></p>"}
    )
    return course_id, page, block


async def test_an_author_publishes_and_a_learner_reads(harness, author, learner):
    async with harness.client(author) as client:
        course_id, page, _ = await filled_course(client)
        answer = await publish(client, course_id)
        assert answer.status_code == 201, answer.text
        assert answer.json()["number"] == 1
    async with harness.client(learner) as client:
        [entry] = (await client.get("/api/v1/catalogue")).json()["items"]
        assert entry["id"] == course_id
        refused = await client.get(f"/api/v1/courses/{course_id}/pages/{page}")
        assert (refused.status_code, refused.json()["code"]) == (403, "course.not-enrolled")
        assert (await client.post(f"/api/v1/courses/{course_id}/enrolment")).json()["state"] == "active"
        outline = (await client.get(f"/api/v1/courses/{course_id}/outline")).json()
        assert outline["sections"][0]["children"][0]["children"][0]["id"] == page
        read = (await client.get(f"/api/v1/courses/{course_id}/pages/{page}")).json()
        assert read["blocks"][0]["content"] == {"kind": "rich_text", "html": "<p>True</p>"}
        assert read["path"] == ["Beginnings", "Truth", "Tables"]
        assert [mine["course_id"] for mine in (await client.get("/api/v1/enrolments")).json()["items"]] == [course_id]


async def test_a_draft_is_not_there_for_others(harness, author, learner):
    async with harness.client(author) as client:
        course_id, page, _ = await filled_course(client)
    async with harness.client(learner) as client:
        for path in ("", "/draft", "/outline", f"/pages/{page}", "/versions", "/enrolments"):
            assert (await client.get(f"/api/v1/courses/{course_id}{path}")).status_code == 404, path
        assert (await client.post(f"/api/v1/courses/{course_id}/enrolment")).status_code == 404


async def test_an_empty_draft_is_not_published(harness, author):
    async with harness.client(author) as client:
        course = await make_course(client)
        answer = await publish(client, course["id"])
    assert answer.status_code == 409
    assert answer.json()["findings"][0]["code"] == "empty"


@pytest.mark.parametrize("path", ["/api/v1/courses", "/api/v1/enrolments"])
async def test_a_stranger_is_asked_to_sign_in(harness, path):
    async with harness.client() as client:
        assert (await client.get(path)).status_code == 401
