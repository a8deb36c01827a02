"""What a repository, a query and the study log promise: on PostgreSQL and in memory alike."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lyceum.kernel.pagination import PageRequest
from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.domain.values import EnrolmentState, Facts, Position

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
WIDE = (1 << 300) | 1


@dataclass
class Persistence:
    units: Any
    queries: Any
    log: Any


@pytest.fixture(params=["memory", "sql"])
def persistence(request):
    if request.param == "memory":
        memory = request.getfixturevalue("memory")
        return Persistence(memory.units, memory, memory)
    container = request.getfixturevalue("harness").container
    return Persistence(container.units, container.queries(), container.log())


@pytest.fixture
def add(persistence):
    async def add_learner(user_id=None, course_id=None, at=NOW, **fields):
        progress = CourseProgress.enrol(user_id=user_id or uuid4(), course_id=course_id or uuid4(), enrolled_at=at)
        for name, value in fields.items():
            setattr(progress, name, value)
        async with persistence.units() as unit:
            await unit.learners.remember(progress)
            await unit.commit()
        return progress

    return add_learner


async def publish(persistence, structure, at=NOW):
    async with persistence.units() as unit:
        course = await unit.courses.find(structure.course_id)
        if course is None:
            await unit.courses.remember(PublishedCourse.first(structure, published_at=at))
        else:
            course.replace(structure, published_at=at)
        await unit.commit()


async def test_a_learner_comes_back_as_remembered(persistence, add):
    progress = await add(viewed=WIDE, results={"q": 7}, completed_at=NOW)
    async with persistence.units() as unit:
        found = await unit.learners.find(progress.user_id, progress.course_id)
    assert (found.viewed, found.results, found.completed_at, found.state) == (
        WIDE,
        {"q": 7},
        NOW,
        EnrolmentState.ACTIVE,
    )


async def test_what_is_not_committed_is_not_kept(persistence):
    progress = CourseProgress.enrol(user_id=uuid4(), course_id=uuid4(), enrolled_at=NOW)
    async with persistence.units() as unit:
        await unit.learners.remember(progress)
    assert await persistence.queries.standing(progress.user_id, progress.course_id) is None


async def test_remembering_somebody_twice_keeps_the_first(persistence, add):
    progress = await add(viewed=5)
    await add(progress.user_id, progress.course_id, viewed=0)
    assert (await persistence.queries.standing(progress.user_id, progress.course_id)).facts.viewed == 5


async def test_changes_of_a_learner_are_saved(persistence, add):
    progress = await add(viewed=1)
    async with persistence.units() as unit:
        found = await unit.learners.find(progress.user_id, progress.course_id)
        found.viewed |= WIDE
        found.results = {"a": 1}
        found.withdraw()
        await unit.commit()
    standing = await persistence.queries.standing(progress.user_id, progress.course_id)
    assert standing.facts == Facts(WIDE, {"a": 1})
    assert standing.state is EnrolmentState.WITHDRAWN


async def test_a_course_comes_back_with_its_numbers_and_a_growing_revision(persistence, build):
    await publish(persistence, build.blocks("one", "two"))
    await publish(persistence, build.blocks("two", "three", number=2), at=NOW + timedelta(days=1))
    (outline,) = await persistence.queries.outlines([build.course_id, uuid4()])
    assert (outline.number, outline.revision) == (2, 2)
    assert [node.blocks for node in outline.nodes if node.kind == "block"] == [0b010, 0b100]
    assert await persistence.queries.course_ids() == [build.course_id]


async def test_remembering_a_course_twice_keeps_the_first(persistence, build):
    for names in (["one"], ["other"]):
        async with persistence.units() as unit:
            await unit.courses.remember(PublishedCourse.first(build.blocks(*names), published_at=NOW))
            await unit.commit()
    (outline,) = await persistence.queries.outlines([build.course_id])
    assert outline.place_of(build.id("one")) is not None


class TestStudyLog:
    async def test_views_are_united_whatever_their_lengths(self, persistence, add):
        progress = await add()
        grown = []
        for viewed in (0b1, WIDE, 0b100, WIDE, 0b1, 0):
            noted = await persistence.log.note(
                user_id=progress.user_id, course_id=progress.course_id, viewed=viewed, position=None, now=NOW
            )
            grown.append(noted.may_have_grown)
        assert grown == [True, True, True, False, False, False]
        assert noted.standing.facts.viewed == WIDE | 0b101
        assert noted.standing == await persistence.queries.standing(progress.user_id, progress.course_id)

    async def test_the_later_position_stays(self, persistence, add):
        progress = await add()
        first, later = Position(uuid4(), 5, NOW), Position(uuid4(), None, NOW + timedelta(seconds=1))

        async def note(position):
            noted = await persistence.log.note(
                user_id=progress.user_id, course_id=progress.course_id, viewed=0, position=position, now=NOW
            )
            return noted.standing

        assert (await note(first)).position == first
        assert (await note(later)).position == later
        assert (await note(first)).position == later
        assert (await note(None)).position == later

    async def test_activity_never_goes_back(self, persistence, add):
        progress = await add()
        for moment in (NOW + timedelta(hours=2), NOW + timedelta(hours=1)):
            noted = await persistence.log.note(
                user_id=progress.user_id, course_id=progress.course_id, viewed=1, position=None, now=moment
            )
        assert noted.standing.active_at == NOW + timedelta(hours=2)

    async def test_nothing_is_written_for_strangers_and_for_those_who_left(self, persistence, add):
        left = await add(state=EnrolmentState.WITHDRAWN)
        for user_id in (left.user_id, uuid4()):
            assert (
                await persistence.log.note(user_id=user_id, course_id=left.course_id, viewed=1, position=None, now=NOW)
                is None
            )
        assert (await persistence.queries.standing(left.user_id, left.course_id)).facts.viewed == 0


class TestPages:
    async def walk(self, ask, limit=2):
        rows, cursor = [], None
        while True:
            page = await ask(PageRequest(limit=limit, cursor=cursor))
            assert len(page.items) <= limit
            rows += page.items
            cursor = page.next_cursor
            if cursor is None:
                return rows

    async def test_learners_come_in_order_and_each_once(self, persistence, add):
        course_id = uuid4()
        # Three of them within the same moment: the id decides.
        added = [await add(course_id=course_id, at=NOW + timedelta(hours=hour)) for hour in (2, 1, 1, 1, 0)]
        await add()
        rows = await self.walk(lambda page: persistence.queries.learners_of(course_id, page=page))
        expected = sorted(added, key=lambda progress: (progress.enrolled_at, progress.user_id))
        assert [row.user_id for row in rows] == [progress.user_id for progress in expected]

    async def test_the_unfinished_are_those_who_still_take_the_course(self, persistence, add):
        course_id = uuid4()
        going_on = await add(course_id=course_id)
        await add(course_id=course_id, completed_at=NOW)
        await add(course_id=course_id, state=EnrolmentState.WITHDRAWN)
        rows = await self.walk(lambda page: persistence.queries.unfinished(course_id, page=page), limit=1)
        assert [row.user_id for row in rows] == [going_on.user_id]

    async def test_my_courses_are_those_with_a_copy_the_latest_first(self, persistence, add, build):
        user_id = uuid4()
        structures = [build.blocks("one").model_copy(update={"course_id": UUID(int=n)}) for n in range(1, 4)]
        for structure, hour in zip(structures, (1, 3, 1), strict=True):
            await publish(persistence, structure)
            await add(user_id, structure.course_id, at=NOW + timedelta(hours=hour))
        await add(user_id, uuid4(), at=NOW + timedelta(hours=9))
        rows = await self.walk(lambda page: persistence.queries.courses_of(user_id, page=page))
        assert [row.course_id.int for row in rows] == [2, 3, 1]
        assert {row.revision for row in rows} == {1}
