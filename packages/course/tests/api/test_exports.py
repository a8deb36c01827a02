"""Archives out and in again: the same course by its content hash."""

import zipfile

import httpx
import pytest

from lyceum.course.ports import ForeignProblem
from lyceum.kernel.ids import new_id


@pytest.fixture
async def course(harness, author, make):
    async with harness.client(author) as client:
        yield await make(client)


@pytest.fixture
def export(harness, run_job):
    """Exports a course; gives the answer and the bytes of the archive."""

    async def made(client, course_id):
        queued = await client.post(f"/api/v1/courses/{course_id}/exports")
        assert (queued.status_code, queued.json()["state"]) == (202, "queued")
        await run_job("course.export", export_id=queued.json()["id"])
        done = (await client.get(queued.headers["location"])).json()
        assert done["state"] == "succeeded", done
        transport = httpx.ASGITransport(harness.platform.storage.files, root_path="/files")
        async with httpx.AsyncClient(transport=transport, base_url="http://lyceum.test") as files:
            answer = await files.get(done["url"])
        assert answer.status_code == 200, answer.text
        assert "course.lyceum.zip" in answer.headers["content-disposition"]
        return done, answer.content

    return made


@pytest.fixture
def reimport(run_job):
    async def made(client, archive):
        queued = await client.post(
            "/api/v1/imports", files={"file": ("course.zip", archive)}, data={"publish": "true", "format": "lyceum"}
        )
        assert queued.status_code == 202, queued.text
        await run_job("course.import", import_id=queued.json()["id"])
        return (await client.get(queued.headers["location"])).json()

    return made


async def rich(course, intake):
    """Rules, requirements, times, a problem, a file and a link between pages."""
    quiz_id = new_id()
    problem = ForeignProblem(
        source="p", format="lyceum-quiz", title="Quiz", content='{"items": []}', settings={"weight": 2}
    )
    intake.quizzes[new_id(), "p"] = (quiz_id, problem)
    headers = {"Content-Type": "application/pdf"}
    await course.client.put(f"{course.path}/assets/a b.pdf", content=b"%PDF", headers=headers)
    quiz = await course.add("block", "Quiz", course.page, {"kind": "problem", "quiz_id": str(quiz_id)})
    await course.edit(quiz, completion={"rule": "score", "share": "0.6"}, due_at="2030-03-01T00:00:00Z")
    await course.edit(course.page, completion={"rule": "at-least", "count": 1})
    second = await course.add("page", "Second", course.lesson)
    await course.edit(second, requires=[quiz, course.page], available_from="2029-01-01T00:00:00Z")
    html = f'<p><a href="node:{course.page}">back</a> <a href="asset:a%20b.pdf">file</a></p>'
    link = await course.add("block", "Link", second, {"kind": "rich_text", "html": html})
    await course.edit(link, requires=[course.block], optional=True, visibility="hidden")
    await course.add("block", "File", second, {"kind": "file", "asset": "a b.pdf"})


async def test_an_export_imports_as_the_same_course(course, intake, export, reimport):
    await rich(course, intake)
    first, archive = await export(course.client, course.id)
    imported = await reimport(course.client, archive)
    assert imported["state"] == "succeeded", imported["problem"]
    assert all(counts["dropped"] == 0 for counts in imported["report"]["counts"].values())
    again, copy = await export(course.client, imported["course_id"])
    assert again["content_hash"] == first["content_hash"]
    nodes = await structure(course.client, imported["course_id"])
    assert nodes["Second"]["requires"] == [nodes["Quiz"]["id"], nodes["Tables"]["id"]]
    assert nodes["Quiz"]["completion"] == {"rule": "score", "share": "0.6"}
    assert nodes["Tables"]["completion"] == {"rule": "at-least", "count": 1}
    assert nodes["Second"]["available_from"] == "2029-01-01T00:00:00Z"
    assert {
        file["path"] for file in (await course.client.get(f"/api/v1/courses/{imported['course_id']}/assets")).json()
    } == {"a b.pdf"}
    third = await reimport(course.client, copy)
    assert third["course_id"] not in (course.id, imported["course_id"])


async def structure(client, course_id):
    outline = (await client.get(f"/api/v1/courses/{course_id}/outline")).json()
    found, pending = {}, list(outline["sections"])
    while pending:
        node = pending.pop()
        found[node["title"]] = node
        pending += node["children"]
    return found


async def test_a_change_of_a_rule_is_another_course(course, intake, export):
    await rich(course, intake)
    first, _ = await export(course.client, course.id)
    await course.edit(course.page, completion={"rule": "all"})
    assert (await export(course.client, course.id))[0]["content_hash"] != first["content_hash"]


async def test_an_export_whose_problems_cannot_be_had_fails_and_says_so(course, intake, harness, run_job, monkeypatch):
    await rich(course, intake)

    class Away:
        async def give_out(self, **_):
            raise ConnectionError("away")

    monkeypatch.setattr(harness.container.exporting(), "_problems", Away())
    queued = (await course.client.post(f"{course.path}/exports")).json()
    with pytest.raises(ConnectionError):
        await run_job("course.export", export_id=queued["id"])
    failed = (await course.client.get(f"/api/v1/exports/{queued['id']}")).json()
    assert (failed["state"], failed["problem"]["code"], failed["url"]) == ("failed", "internal", None)


async def test_an_export_is_for_the_courses_authors(course, export, harness, learner):
    done, _ = await export(course.client, course.id)
    async with harness.client(learner) as client, harness.client() as visitor:
        assert (await visitor.get(f"/api/v1/exports/{done['id']}")).status_code == 401
        assert (await client.get(f"/api/v1/exports/{done['id']}")).status_code == 404
        assert (await client.get(f"/api/v1/exports/{new_id()}")).status_code == 404


async def test_hostile_archives_leave_no_rows_and_no_objects(course, reimport, harness, intake, export, tmp_path):
    _, archive = await export(course.client, course.id)
    before = {stored.key async for stored in harness.platform.storage.objects.list()}
    path = tmp_path / "a.zip"

    def zipped(*entries):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in entries:
                file.writestr(name, content)
        return path.read_bytes()

    hostile = {
        "traversal": zipped(("../course.json", b"{}")),
        "bomb": zipped(("course.json", b"0" * 60_000_000)),
        "no course": zipped(("a.txt", b"x")),
        "not json": zipped(("course.json", b"\xff{")),
        "cut off": archive[:-40],
        "changed": archive.replace(b"Beginnings", b"Beginnimgs"),
    }
    for name, content in hostile.items():
        failed = await reimport(course.client, content)
        assert (failed["state"], failed["course_id"]) == ("failed", None), name
        assert failed["problem"]["status"] in (413, 422), name
        assert {stored.key async for stored in harness.platform.storage.objects.list()} == before, name
    assert len((await course.client.get("/api/v1/courses")).json()["items"]) == 1
    assert intake.quizzes == {}
    page = (await course.client.get("/api/v1/imports", params={"limit": 4})).json()
    rest = (await course.client.get("/api/v1/imports", params={"cursor": page["next_cursor"]})).json()
    assert len(page["items"] + rest["items"]) == len(hostile)


async def test_a_request_sent_twice_under_one_key_is_one_import(course, harness):
    files = {"file": ("a\0\n.zip", b"x")}
    first, second = [
        await course.client.post(
            "/api/v1/imports",
            content=httpx.Request(
                "POST", "http://x", files=files, headers={"Content-Type": "multipart/form-data; boundary=b"}
            ).read(),
            headers={"Idempotency-Key": "one", "Content-Type": "multipart/form-data; boundary=b"},
        )
        for _ in range(2)
    ]
    assert first.status_code == 202, first.text
    assert first.json() == second.json()
    assert len((await course.client.get("/api/v1/imports")).json()["items"]) == 1
