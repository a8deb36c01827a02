from datetime import timedelta
from uuid import uuid4

from lyceum.progress.schemas.events import CourseCompleted
from lyceum.progress.services import completing


async def view_all(memory, user_id, course_id, clock, viewed):
    await memory.note(user_id=user_id, course_id=course_id, viewed=viewed, position=None, now=clock.now())


async def test_a_version_without_the_last_unmet_item_completes_all_who_have_the_rest(
    services, memory, build, publish, enrol, clock, monkeypatch
):
    monkeypatch.setattr(completing, "BATCH", 2)
    await publish(build.blocks("one", "two"), at=clock.now())
    done, open_ = [uuid4() for _ in range(5)], [uuid4() for _ in range(2)]
    for user_id in (*done, *open_):
        await enrol(user_id, build.course_id)
    for user_id in done:
        await view_all(memory, user_id, build.course_id, clock, 0b01)
    assert await services.completing.settle_course(build.course_id) == 0
    await publish(build.blocks("one", number=2), at=clock.now() + timedelta(days=1))
    assert memory.store.jobs[-1] == ("progress.settle-course", {"course_id": str(build.course_id)})
    assert await services.completing.settle_course(build.course_id) == 5
    assert await services.completing.settle_course(build.course_id) == 0
    events = memory.store.published(CourseCompleted)
    assert {event.user_id for event in events} == set(done)
    assert {event.number for event in events} == {2}


async def test_a_version_with_more_content_takes_no_completion_back(
    services, memory, learner, build, publish, enrol, clock
):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    await view_all(memory, learner.user_id, build.course_id, clock, 0b01)
    await services.completing.settle_course(build.course_id)
    await publish(build.blocks("one", "two", number=2), at=clock.now() + timedelta(days=1))
    progress = await services.reading.course(learner, build.course_id)
    assert (progress.percentage, progress.completed_at) == (50, clock.now())
    await view_all(memory, learner.user_id, build.course_id, clock, 0b11)
    await services.completing.settle_course(build.course_id)
    assert len(memory.store.published(CourseCompleted)) == 1


async def test_somebody_who_withdrew_is_not_completed(services, memory, learner, build, publish, enrol, clock):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    await view_all(memory, learner.user_id, build.course_id, clock, 0b01)
    async with memory.units() as unit:
        await services.recording.withdrawn(unit, learner.user_id, build.course_id)
        await unit.commit()
    assert await services.completing.settle_all() == 0
    assert memory.store.events == []


async def test_an_answer_given_too_early_completes_the_course_when_its_moment_comes(
    services, memory, learner, build, publish, enrol, clock
):
    opens = clock.now() + timedelta(hours=1)
    await publish(build.simple(build.page("page", build.block("one"), available_from=opens)), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    await view_all(memory, learner.user_id, build.course_id, clock, 0b01)
    assert await services.completing.settle_all() == 0
    clock.advance(timedelta(hours=1))
    assert await services.completing.settle_all() == 1


async def test_publishing_an_empty_version_completes_nobody(services, memory, learner, build, publish, enrol, clock):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    await publish(build.simple(number=2), at=clock.now() + timedelta(days=1))
    assert await services.completing.settle_course(build.course_id) == 0


async def test_a_course_without_a_copy_completes_nobody(services):
    assert await services.completing.settle_course(uuid4()) == 0
