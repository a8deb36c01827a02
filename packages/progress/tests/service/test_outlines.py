from datetime import timedelta
from uuid import uuid4

import pytest

from lyceum.progress.services.outlines import Outlines


@pytest.fixture
async def three_courses(build, publish, clock):
    structures = [build.blocks("one").model_copy(update={"course_id": uuid4()}) for _ in range(3)]
    for structure in structures:
        await publish(structure, at=clock.now())
    return [structure.course_id for structure in structures]


async def test_an_outline_is_read_once(memory, services, three_courses):
    first = await services.outlines.known(three_courses[0])
    assert await services.outlines.at(three_courses[0], revision=1) is first
    assert memory.outline_reads == 1


async def test_several_are_read_together(memory, services, three_courses):
    wanted = [(course_id, 1) for course_id in three_courses]
    assert set(await services.outlines.many(wanted)) == set(three_courses)
    assert memory.outline_reads == 1


async def test_a_later_revision_is_read_when_somebody_asks_for_it(build, services, publish, clock):
    await publish(build.blocks("one"), at=clock.now())
    await services.outlines.known(build.course_id)
    await publish(build.blocks("one", "two", number=2), at=clock.now() + timedelta(days=1))
    assert (await services.outlines.known(build.course_id)).number == 1
    assert (await services.outlines.at(build.course_id, revision=2)).number == 2
    assert (await services.outlines.known(build.course_id)).number == 2


async def test_a_course_without_a_copy_has_no_outline(services):
    assert await services.outlines.known(uuid4()) is None
    assert await services.outlines.newest(uuid4()) is None


async def test_those_not_used_for_long_make_room(memory, three_courses):
    outlines = Outlines(queries=memory, max_nodes=8)  # two courses of four nodes
    first, second, third = three_courses
    for course_id in (first, second, first, third):
        await outlines.known(course_id)
    assert memory.outline_reads == 3
    await outlines.known(first)
    assert memory.outline_reads == 3
    await outlines.known(second)
    assert memory.outline_reads == 4


async def test_a_course_larger_than_the_memory_is_still_kept(memory, three_courses):
    outlines = Outlines(queries=memory, max_nodes=1)
    for _ in range(2):
        assert await outlines.known(three_courses[0]) is not None
    assert memory.outline_reads == 1
