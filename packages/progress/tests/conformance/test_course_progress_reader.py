"""What everybody who provides `CourseProgressReader` promises: the service, and its remote twin over HTTP."""

from uuid import uuid4

import httpx
import pytest

from lyceum.progress.ports import CourseProgressReader
from lyceum.runtime.http.remote import remote_port, serve_ports

TOKEN = "a-token-that-only-these-tests-know"


@pytest.fixture(params=["service", "remote"])
async def reader(request, harness):
    service = harness.container.reader()
    if request.param == "service":
        yield service
        return
    app = serve_ports("progress", {CourseProgressReader: service}, TOKEN)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
        yield remote_port(
            CourseProgressReader,
            module="progress",
            base_url="http://progress.test",
            token=TOKEN,
            errors=harness.module.spec.errors,
            client=client,
        )


async def test_it_is_a_course_progress_reader(reader):
    assert isinstance(reader, CourseProgressReader)


async def test_somebody_who_never_took_the_course_has_none(reader):
    assert await reader.course_progress(user_id=uuid4(), course_id=uuid4()) is None


async def test_it_tells_how_far_somebody_is(reader, harness, learner, build, taking, clock):
    await taking(build.blocks("one", "two", "three"))
    await harness.container.log().note(
        user_id=learner.user_id, course_id=build.course_id, viewed=0b011, position=None, now=clock.now()
    )
    summary = await reader.course_progress(user_id=learner.user_id, course_id=build.course_id)
    assert (summary.user_id, summary.course_id) == (learner.user_id, build.course_id)
    assert (summary.percentage, summary.completed_at) == (66, None)


async def test_it_tells_when_somebody_completed_the_course(reader, harness, learner, build, taking, clock):
    await taking(build.blocks("one"))
    await harness.container.log().note(
        user_id=learner.user_id, course_id=build.course_id, viewed=1, position=None, now=clock.now()
    )
    await harness.container.completing().settle_all()
    summary = await reader.course_progress(user_id=learner.user_id, course_id=build.course_id)
    assert (summary.percentage, summary.completed_at) == (100, clock.now())


async def test_somebody_enrolled_in_a_course_without_a_copy_has_done_nothing_of_it(reader, learner, build, deliver):
    await deliver.enrolled(learner.user_id, build.course_id)
    summary = await reader.course_progress(user_id=learner.user_id, course_id=build.course_id)
    assert summary.percentage == 0
