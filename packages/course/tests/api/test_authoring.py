"""What authors do with courses: describe them, work on the draft, publish, share the work."""

from datetime import timedelta

import pytest


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        yield await make(client)


async def test_a_course_is_described_and_seen_by_its_author(course, author):
    seen = await course.client.get(course.path)
    assert (seen.json()["state"], seen.json()["slug"], seen.headers["etag"]) == ("draft", "logic", '"1"')
    change = {"title": "Logic II", "description_html": "<p onclick=x>Hi<script>x</script></p>", "listed": False}
    changed = await course.client.patch(course.path, json=change, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json()["title"], changed.json()["description_html"]) == ("Logic II", "<p>Hi</p>")
    [listed] = (await course.client.get("/api/v1/courses")).json()["items"]
    assert listed == changed.json()


async def test_a_short_name_of_ones_own_is_taken_once(course):
    body = {"title": "T", "slug": "logic"}
    answer = await course.client.post("/api/v1/courses", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "course.slug-taken")


async def test_courses_are_listed_newest_first_page_by_page(harness, author, clock, as_user, users):
    async with harness.client(author) as client:
        for number in range(5):
            await client.post("/api/v1/courses", json={"title": f"Course {number}"})
            clock.advance(timedelta(minutes=1))
        assert await titles(client, "/api/v1/courses") == [f"Course {number}" for number in (4, 3, 2, 1, 0)]
    async with harness.client(as_user(users.add(), "course.course.edit")) as administrator:
        assert len(await titles(administrator, "/api/v1/courses")) == 5


async def titles(client, path):
    found, cursor = [], None
    while True:
        page = (await client.get(path, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        found += [item["title"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_the_draft_is_reordered_edited_and_emptied(course):
    second = await course.add("page", "Second", course.lesson)
    draft = await course.client.get(f"{course.path}/draft")
    moved = await course.client.post(
        f"{course.path}/draft/moves",
        json={"node_id": second, "parent_id": course.lesson, "position": 0},
        headers={"If-Match": draft.headers["etag"]},
    )
    assert moved.status_code == 200, moved.text
    pages = moved.json()["sections"][0]["children"][0]["children"]
    assert [page["title"] for page in pages] == ["Second", "Tables"]
    assert moved.json() == (await course.client.get(f"{course.path}/draft")).json()
    assert moved.headers["etag"] == f'"{moved.json()["version"]}"'
    edited = await course.edit(second, title=" New  title ", due_at="2030-02-01T01:00:00+01:00", graded=True)
    assert (edited.json()["title"], edited.json()["due_at"]) == ("New title", "2030-02-01T00:00:00Z")
    assert (await course.edit(second, due_at=None)).json()["due_at"] is None
    seen = await course.client.get(f"{course.path}/draft/nodes/{second}")
    assert (seen.json()["graded"], seen.headers["etag"]) == (True, '"3"')
    gone = await course.client.delete(f"{course.path}/draft/nodes/{course.section}", headers={"If-Match": "*"})
    assert gone.status_code == 204
    assert (await course.client.get(f"{course.path}/draft")).json()["sections"] == []
    missing = await course.client.get(f"{course.path}/draft/nodes/{second}")
    assert (missing.status_code, missing.json()["code"]) == (404, "course.node-not-found")


async def test_a_node_of_another_course_is_not_found(course, make):
    other = await make(course.client, "Rhetoric")
    for method, path, body in (
        ("GET", f"/draft/nodes/{other.page}", None),
        ("PATCH", f"/draft/nodes/{other.page}", {"title": "Mine"}),
        ("DELETE", f"/draft/nodes/{other.page}", None),
        ("POST", "/draft/moves", {"node_id": other.page, "parent_id": course.lesson}),
        ("POST", "/draft/nodes", {"kind": "page", "title": "T", "parent_id": other.lesson}),
        ("PATCH", f"/draft/nodes/{course.page}", {"requires": [other.page]}),
    ):
        answer = await course.client.request(method, course.path + path, json=body, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["code"]) == (404, "course.node-not-found"), (method, path)


async def test_checks_and_differences_are_told_before_publishing(course):
    await course.published()
    await course.add("block", "Empty", course.page, {"kind": "problem"})
    await course.edit(course.block, title="Other")
    checks = (await course.client.get(f"{course.path}/draft/checks")).json()["findings"]
    assert [(check["severity"], check["code"]) for check in checks] == [("error", "no-quiz")]
    changes = (await course.client.get(f"{course.path}/draft/diff")).json()["changes"]
    assert [(change["path"][-1], change["change"]) for change in changes] == [("Other", "changed"), ("Empty", "added")]
    refused = await course.publish()
    assert (refused.status_code, refused.json()["code"]) == (409, "course.draft-not-ready")
    assert refused.json()["findings"] == checks


async def test_versions_are_listed_compared_and_brought_back(course):
    await course.published()
    await course.edit(course.page, title="Other")
    await course.published()
    back = await course.client.post(f"{course.path}/versions/1/restoration")
    assert (back.status_code, back.json()["number"], back.json()["restored_from"]) == (201, 3, 1)
    page = (await course.client.get(f"{course.path}/versions", params={"limit": 2})).json()
    assert [(version["number"], version["current"]) for version in page["items"]] == [(3, True), (2, False)]
    page = (await course.client.get(f"{course.path}/versions", params={"cursor": page["next_cursor"]})).json()
    assert ([version["number"] for version in page["items"]], page["next_cursor"]) == ([1], None)
    diff = (await course.client.get(f"{course.path}/versions/2/diff", params={"against": 1})).json()["changes"]
    assert [(change["path"], change["change"]) for change in diff] == [(["Beginnings", "Truth", "Other"], "changed")]
    missing = await course.client.get(f"{course.path}/versions/9/diff", params={"against": 1})
    assert (missing.status_code, missing.json()["code"]) == (404, "course.version-not-found")


async def test_instructors_are_appointed_and_leave_but_for_the_last_owner(harness, course, author, users, as_user):
    helper = as_user(users.add("Hal Helper"))
    path = f"{course.path}/instructors"
    assert (await course.client.put(f"{path}/{helper.user_id}", json={})).status_code == 204
    listed = (await course.client.get(path)).json()
    assert [(each["display_name"], each["role"]) for each in listed] == [
        ("Ann Author", "owner"),
        ("Hal Helper", "instructor"),
    ]
    async with harness.client(helper) as other:
        assert (await other.get(f"{course.path}/draft")).status_code == 200
        assert (await other.put(f"{path}/{users.add()}", json={})).status_code == 403
        assert (await other.post(f"{course.path}/archival")).status_code == 403
        refused = await course.client.delete(f"{path}/{author.user_id}")
        assert (refused.status_code, refused.json()["code"]) == (409, "course.last-owner")
        demoted = await course.client.put(f"{path}/{author.user_id}", json={"role": "instructor"})
        assert demoted.status_code == 409
        assert (await other.delete(f"{path}/{helper.user_id}")).status_code == 204
        assert (await other.get(f"{course.path}/draft")).status_code == 404
    unknown = await course.client.put(f"{path}/{as_user(course.id).user_id}", json={})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "identity.user-not-found")


async def test_an_archived_course_is_for_those_who_took_it(harness, course, learner, users, as_user):
    await course.published()
    late = as_user(users.add())
    async with harness.client(learner) as taker, harness.client(late) as other:
        await taker.post(f"{course.path}/enrolment")
        assert (await course.client.post(f"{course.path}/archival")).json()["state"] == "archived"
        again = await course.client.post(f"{course.path}/archival")
        assert (again.status_code, again.json()["code"]) == (409, "course.archived")
        assert (await taker.get(f"{course.path}/pages/{course.page}")).status_code == 200
        for path in ("/outline", f"/pages/{course.page}"):
            assert (await other.get(course.path + path)).status_code == 404
        assert (await other.post(f"{course.path}/enrolment")).status_code == 404
        assert (await other.get("/api/v1/catalogue")).json()["items"] == []
        assert (await other.get("/api/v1/catalogue/logic")).status_code == 404
        await course.published()
        assert (await other.post(f"{course.path}/enrolment")).status_code == 200
