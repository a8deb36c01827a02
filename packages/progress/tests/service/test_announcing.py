"""Learners who watch their progress are told what changes it, once it is committed."""

from decimal import Decimal
from uuid import uuid4

import pytest

from lyceum.course.ports import Answered
from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.progress.ports import NotEnrolled
from lyceum.progress.schemas.internal import Viewed


@pytest.fixture
def told(live):
    """What was told so far: per cent and whether the course is completed."""

    def told():
        return [(message.percentage, message.completed_at is not None) for _, message, _ in live.published]

    return told


@pytest.fixture
def view(services, learner, build, clock):
    async def view(name):
        beat = Viewed(course_id=build.course_id, block_id=build.id(name), kind="viewed", at=clock.now())
        return await services.studying.note(learner, [beat])

    return view


async def test_a_first_view_tells_how_far_the_learner_is_and_looking_again_does_not(
    learner, build, publish, enrol, view, clock, live, told
):
    await publish(build.blocks("one", "two"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    for name in ("one", "one", "two", "one"):
        await view(name)
    assert told() == [(50, False), (100, True)]
    assert {(topic, to) for topic, _, to in live.published} == {(f"progress/{build.course_id}", learner.user_id)}


async def test_a_view_that_is_refused_tells_nothing(build, publish, view, clock, told):
    await publish(build.blocks("one"), at=clock.now())
    assert await view("one") == ["not-enrolled"]
    assert told() == []


@pytest.mark.parametrize("committed", [True, False], ids=["committed", "undone"])
async def test_an_answer_is_told_of_if_it_is_kept(
    services, memory, learner, build, publish, enrol, clock, told, committed
):
    await publish(build.simple(build.page("p", build.problem("q", Answered()), build.block("b"))), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    async with memory.units() as unit:
        await services.recording.answered(
            unit,
            await services.recording.outline(build.course_id),
            user_id=learner.user_id,
            course_id=build.course_id,
            quiz_id=build.id("quiz of q"),
            score=Decimal(1),
            max_score=Decimal(2),
            graded_at=clock.now(),
        )
        assert told() == []
        if committed:
            await unit.commit()
    assert told() == ([(50, False)] if committed else [])


async def test_only_who_takes_the_course_may_watch_it(services, learner, build, publish, enrol, clock):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    await services.reading.watch(learner, build.course_id)
    with pytest.raises(NotEnrolled):
        await services.reading.watch(Principal(user_id=uuid4()), build.course_id)
    with pytest.raises(NotAuthenticated):
        await services.reading.watch(ANONYMOUS, build.course_id)
