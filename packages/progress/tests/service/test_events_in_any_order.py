"""Events come late, twice and, when some were held up, in another order than they happened."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.course.ports import Answered
from lyceum.progress.schemas.events import CourseCompleted


@given(order=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_outcome_is_the_same_in_any_order(build, courses, clock, fresh_memory, build_services, order):
    """Two versions are published, a learner enrols, and answers the two problems of the second version."""
    first = build.blocks("text")
    second = build.simple(build.page("page", build.problem("a", Answered()), build.problem("b", Answered())), number=2)
    user_id = uuid4()
    # What course says when it is asked is the truth of today, whichever event made us ask.
    courses.structures[build.course_id] = second
    courses.enrol(user_id, build.course_id)
    memory = fresh_memory()
    services = build_services(memory)
    answer = {"user_id": user_id, "course_id": build.course_id, "graded_at": clock.now()}

    async def published(structure, days):
        current = await services.recording.structure(structure.course_id)
        async with memory.units() as unit:
            await services.recording.published(unit, current, published_at=clock.now() + timedelta(days=days))
            await unit.commit()

    async def started():
        if await services.recording.may_start(user_id, build.course_id):
            async with memory.units() as unit:
                await services.recording.started(unit, user_id, build.course_id, enrolled_at=clock.now())
                await unit.commit()

    async def graded(name):
        if not await services.recording.takes(user_id, build.course_id):
            return
        outline = await services.recording.outline(build.course_id)
        async with memory.units() as unit:
            await services.recording.answered(
                unit, outline, quiz_id=build.id(f"quiz of {name}"), score=1, max_score=1, **answer
            )
            await unit.commit()

    events = [(published, first, 1), (published, second, 2), (started,), (graded, "a"), (graded, "b")]
    chosen = order.draw(st.permutations(events)) + order.draw(st.lists(st.sampled_from(events), max_size=4))

    async def deliver():
        for handle, *arguments in chosen:
            await handle(*arguments)
        await services.completing.settle_all()
        return await memory.standing(user_id, build.course_id)

    standing = asyncio.run(deliver())
    assert standing.completed_at is not None
    assert [event.number for event in memory.store.published(CourseCompleted)] == [2]


@pytest.fixture
def fresh_memory(memory):
    """Makes a persistence of its own for each example."""
    return type(memory)
