"""Archives over HTTP, through the job that a worker runs."""

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from lyceum.course.module import jobs
from lyceum.course.ports import CourseImports
from lyceum.runtime.jobs import JobSettings
from lyceum.runtime.jobs.reports import MAX_INTERRUPTIONS, recover_stalled
from lyceum.runtime.jobs.runner import module_app

DATA = Path(__file__).resolve().parents[4].parent / "shared" / "data"
ON_REAL_DATA = pytest.mark.skipif(not DATA.is_dir(), reason=f"SKIPPED LOUDLY: no real courses at {DATA}")


class Context:
    """What a job gets, keeping what it reports."""

    def __init__(self, *, last_attempt: bool = True) -> None:
        self.last_attempt = last_attempt
        self.stages: list[str] = []

    async def progress(self, *, stage: str, done: int | None = None, total: int | None = None) -> None:
        if stage not in self.stages:
            self.stages.append(stage)


async def run_import(harness, import_id: str, context: Context | None = None) -> Context:
    context = context or Context()
    [job] = [job for job in jobs(harness.container) if job.name == "course.import"]
    await job.run(context, import_id=import_id)
    return context


async def request_import(client, path: Path, **fields) -> dict:
    with path.open("rb") as file:
        answer = await client.post("/api/v1/imports", files={"file": (path.name, file)}, data=fields)
    assert answer.status_code == 202, answer.text
    return answer.json()


@ON_REAL_DATA
async def test_the_demo_course_arrives_whole_and_published(harness, author, learner):
    async with harness.client(author) as client:
        queued = await request_import(client, DATA / "olx" / "demo-course.tar.gz", publish="true")
        assert queued["state"] == "queued"
        context = await run_import(harness, queued["id"])
        done = (await client.get(f"/api/v1/imports/{queued['id']}")).json()
    assert done["state"] == "succeeded", done["problem"]
    counts = done["report"]["counts"]
    assert [counts[kind]["total"] for kind in ("section", "lesson", "page")] == [6, 17, 58]
    assert context.stages == ["unpacking", "reading", "files", "problems", "saving"]
    async with harness.client(learner) as client:
        [entry] = (await client.get("/api/v1/catalogue")).json()["items"]
        assert entry["id"] == done["course_id"]
        outline = (await client.get(f"/api/v1/courses/{entry['id']}/outline")).json()
        assert len(outline["sections"]) == 6


@ON_REAL_DATA
async def test_a_second_run_of_the_job_changes_nothing(harness, author):
    async with harness.client(author) as client:
        queued = await request_import(client, DATA / "common-cartridge" / "multiple-pages.imscc")
        await run_import(harness, queued["id"])
        first = (await client.get(f"/api/v1/imports/{queued['id']}")).json()
        await run_import(harness, queued["id"])
        assert (await client.get(f"/api/v1/imports/{queued['id']}")).json() == first
        assert len((await client.get("/api/v1/courses")).json()["items"]) == 1


async def test_a_refused_archive_leaves_no_trace(harness, author, tmp_path, intake):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"this is no archive")
    async with harness.client(author) as client:
        queued = await request_import(client, broken)
        await run_import(harness, queued["id"])
        failed = (await client.get(f"/api/v1/imports/{queued['id']}")).json()
        assert (await client.get("/api/v1/courses")).json()["items"] == []
    assert failed["state"] == "failed"
    assert failed["problem"]["code"] == "course.archive-refused"
    assert failed["course_id"] is None
    assert intake.discarded == [UUID(queued["id"])]
    assert [item async for item in harness.platform.storage.objects.list()] == []


async def test_an_import_whose_workers_kept_dying_is_told_as_failed(harness, author, tmp_path):
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(b"x")
    async with harness.client(author) as client:
        queued = await request_import(client, archive)
        async with harness.container.units() as unit:
            (await unit.imports.get(UUID(queued["id"]))).start()
            await unit.commit()
        running = (await client.get(f"/api/v1/imports/{queued['id']}")).json()
        assert running["state"] == "running"
        await workers_die_once_too_often(harness)
        failed = (await client.get(f"/api/v1/imports/{queued['id']}")).json()
        [listed] = (await client.get("/api/v1/imports")).json()["items"]
    assert (failed["state"], failed["problem"]["status"], failed["course_id"]) == ("failed", 500, None)
    assert failed["finished_at"] is not None
    assert failed == listed
    status = await harness.platform.port(CourseImports).import_status(import_id=UUID(queued["id"]))
    assert (status.state, status.stage) == ("failed", None)


async def workers_die_once_too_often(harness):
    """What is left in the queue when worker after worker died over every job in it."""
    deaths = "INSERT INTO procrastinate_job_reports (job_id, interruptions) SELECT id, :deaths FROM procrastinate_jobs"
    async with harness.module.database.reading() as connection:
        await connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
        await connection.execute(text(deaths), {"deaths": MAX_INTERRUPTIONS})
    app = module_app(harness.platform.database_url, "course", [], JobSettings(), roles=True)
    async with app.open_async():
        assert len(await recover_stalled(app.connector, stalled_after=60)) == 1


async def test_imports_need_the_permission_and_are_ones_own(harness, author, learner, tmp_path):
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(b"x")
    async with harness.client(author) as client:
        queued = await request_import(client, archive)
    async with harness.client(learner) as client:
        with archive.open("rb") as file:
            refused = await client.post("/api/v1/imports", files={"file": ("a.tar.gz", file)})
        assert refused.status_code == 403
        assert (await client.get(f"/api/v1/imports/{queued['id']}")).status_code == 404
    async with harness.client() as client:
        assert (await client.get("/api/v1/imports")).status_code == 401
