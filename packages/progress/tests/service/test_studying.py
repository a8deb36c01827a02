from datetime import timedelta
from uuid import uuid4

import pytest

from lyceum.kernel.errors import NotAuthenticated, Unavailable
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.progress.ports import NodeLocked, NodeNotFound, NotEnrolled
from lyceum.progress.schemas.events import CourseCompleted
from lyceum.progress.schemas.internal import PositionRequest, Reached, Viewed


@pytest.fixture
def beat(build, clock):
    def make(name, model=Viewed, kind="viewed"):
        return model(course_id=build.course_id, block_id=build.id(name), kind=kind, at=clock.now())

    return make


async def test_somebody_who_has_not_signed_in_sends_nothing(services, beat, build):
    with pytest.raises(NotAuthenticated):
        await services.studying.note(ANONYMOUS, [beat("one")])
    with pytest.raises(NotAuthenticated):
        await services.studying.move(ANONYMOUS, build.course_id, PositionRequest(node_id=uuid4()))


async def test_the_last_view_completes_the_course(services, memory, learner, build, publish, enrol, beat, clock):
    await publish(build.blocks("one", "two"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    assert await services.studying.note(learner, [beat("one")]) == [None]
    assert memory.store.events == []
    assert await services.studying.note(learner, [beat("two")]) == [None]
    assert await services.studying.note(learner, [beat("two")]) == [None]
    assert memory.store.events == [
        CourseCompleted(user_id=learner.user_id, course_id=build.course_id, number=1, completed_at=clock.now())
    ]


async def test_a_position_alone_completes_nothing(services, memory, learner, build, publish, enrol, beat, clock):
    await publish(build.blocks("one"), at=clock.now())
    await enrol(learner.user_id, build.course_id)
    assert await services.studying.note(learner, [beat("one", Reached, kind="position")]) == [None]
    assert memory.store.events == []


async def test_views_of_others_are_not_mine(services, memory, learner, build, publish, enrol, beat, clock):
    await publish(build.blocks("one"), at=clock.now())
    other = Principal(user_id=uuid4())
    await enrol(learner.user_id, build.course_id)
    await enrol(other.user_id, build.course_id)
    await services.studying.note(other, [beat("one")])
    assert (await memory.standing(learner.user_id, build.course_id)).facts.viewed == 0


async def test_a_course_that_is_not_published_is_refused(services, learner, build, courses, beat):
    courses.enrol(learner.user_id, build.course_id)
    assert await services.studying.note(learner, [beat("one")]) == ["not-enrolled"]


async def test_a_stranger_makes_nobody_fetch_a_course(services, memory, learner, build, courses, beat):
    courses.structures[build.course_id] = build.blocks("one")
    assert await services.studying.note(learner, [beat("one")]) == ["not-enrolled"]
    assert courses.asked == ["enrolment"]
    assert await memory.course_ids() == []


async def test_while_course_is_away_nothing_is_refused_by_guessing(
    services, learner, build, courses, beat, publish, clock
):
    await publish(build.blocks("one"), at=clock.now())

    async def away(**arguments):
        raise Unavailable()

    courses.enrolment = away
    with pytest.raises(Unavailable):
        await services.studying.note(learner, [beat("one")])


async def test_a_completed_enrolment_still_counts_what_is_viewed(
    services, memory, learner, build, courses, publish, beat, clock
):
    await publish(build.blocks("one", "two"), at=clock.now())
    courses.enrol(learner.user_id, build.course_id, "completed")
    assert await services.studying.note(learner, [beat("one")]) == [None]
    assert (await memory.standing(learner.user_id, build.course_id)).facts.viewed == 1


class TestMoving:
    async def test_it_is_refused_where_nobody_can_be(self, services, learner, build, publish, enrol, clock):
        await publish(
            build.simple(build.page("a", build.block("one")), build.page("b", build.block("two"), requires=["a"])),
            at=clock.now(),
        )
        await enrol(learner.user_id, build.course_id)
        with pytest.raises(NodeLocked) as refused:
            await services.studying.move(learner, build.course_id, PositionRequest(node_id=build.id("two")))
        assert refused.value.extensions == {"available_from": None}
        with pytest.raises(NodeNotFound):
            await services.studying.move(learner, build.course_id, PositionRequest(node_id=uuid4()))

    async def test_a_part_that_opens_later_says_when(self, services, learner, build, publish, enrol, clock):
        opens = clock.now() + timedelta(hours=1)
        await publish(build.simple(build.page("a", build.block("one"), available_from=opens)), at=clock.now())
        await enrol(learner.user_id, build.course_id)
        with pytest.raises(NodeLocked) as refused:
            await services.studying.move(learner, build.course_id, PositionRequest(node_id=build.id("one")))
        assert refused.value.extensions == {"available_from": opens}

    async def test_it_is_for_those_who_take_the_course(self, services, learner, build, publish, courses, clock):
        await publish(build.blocks("one"), at=clock.now())
        request = PositionRequest(node_id=build.id("one"))
        with pytest.raises(NotEnrolled):
            await services.studying.move(learner, build.course_id, request)
        courses.enrol(learner.user_id, build.course_id, "withdrawn")
        with pytest.raises(NotEnrolled):
            await services.studying.move(learner, build.course_id, request)
