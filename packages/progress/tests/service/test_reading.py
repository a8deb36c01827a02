from uuid import uuid4

import pytest

from lyceum.kernel.errors import NotAuthenticated, PermissionDenied
from lyceum.kernel.pagination import PageRequest
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.progress.ports import CourseProgressSummary, NotEnrolled

PAGE = PageRequest()


async def test_reading_needs_a_sign_in(services, build):
    reading = services.reading
    for asked in (
        reading.courses(ANONYMOUS, page=PAGE),
        reading.course(ANONYMOUS, build.course_id),
        reading.outline(ANONYMOUS, build.course_id),
        reading.explain(ANONYMOUS, build.course_id),
        reading.learners(ANONYMOUS, build.course_id, page=PAGE),
    ):
        with pytest.raises(NotAuthenticated):
            await asked


async def test_progress_is_for_those_who_took_the_course(services, learner, build, publish, enrol, clock):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(uuid4(), build.course_id)
    for read in (services.reading.course, services.reading.outline):
        with pytest.raises(NotEnrolled):
            await read(learner, build.course_id)


async def test_a_course_taken_before_its_events_arrived_is_read_all_the_same(services, learner, build, courses):
    courses.structures[build.course_id] = build.blocks("one")
    courses.enrol(learner.user_id, build.course_id)
    assert (await services.reading.course(learner, build.course_id)).percentage == 0
    assert len((await services.reading.courses(learner, page=PAGE)).items) == 1


async def test_an_enrolment_in_a_course_that_publishes_nothing_has_no_progress(services, learner, build, courses):
    courses.enrol(learner.user_id, build.course_id)
    with pytest.raises(NotEnrolled):
        await services.reading.course(learner, build.course_id)


async def test_learners_are_for_those_who_teach_the_course(services, learner, build, publish, enrol, clock, courses):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    with pytest.raises(PermissionDenied):
        await services.reading.learners(learner, build.course_id, page=PAGE)
    teacher = Principal(user_id=uuid4())
    courses.instructors.add(teacher.user_id)
    page = await services.reading.learners(teacher, build.course_id, page=PAGE)
    assert [row.user_id for row in page.items] == [learner.user_id]


async def test_other_modules_read_percentage_and_completion(services, memory, learner, build, publish, enrol, clock):
    await publish(build.blocks("one", "two"), at=clock.now())
    ask = {"user_id": learner.user_id, "course_id": build.course_id}
    assert await services.reader.course_progress(**ask) is None
    await enrol(**ask)
    await memory.note(**ask, viewed=0b01, position=None, now=clock.now())
    assert await services.reader.course_progress(**ask) == CourseProgressSummary(
        **ask, percentage=50, completed_at=None
    )
