"""Progress's units, queries and study log without a database."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import EnrolmentState, Noted, Position, Standing
from lyceum.progress.services.published_events import published
from lyceum.testing.memory_unit import MemoryStore, MemoryUnit


class MemoryPublishedCourses:
    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def find(self, course_id: UUID) -> PublishedCourse | None:
        return self._unit.find(PublishedCourse, course_id)

    async def remember(self, course: PublishedCourse) -> None:
        if await self.find(course.id) is None:
            self._unit.attach(PublishedCourse, course)


class MemoryLearners:
    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def find(self, user_id: UUID, course_id: UUID) -> CourseProgress | None:
        for progress in self._unit.every(CourseProgress):
            if (progress.user_id, progress.course_id) == (user_id, course_id):
                return progress
        return None

    async def remember(self, progress: CourseProgress) -> None:
        if await self.find(progress.user_id, progress.course_id) is None:
            self._unit.attach(CourseProgress, progress)


class MemoryProgressUnit(MemoryUnit):
    courses: MemoryPublishedCourses
    learners: MemoryLearners

    def bind(self) -> None:
        self.courses = MemoryPublishedCourses(self)
        self.learners = MemoryLearners(self)


class MemoryProgress:
    """Everything that the services need of persistence; `outline_reads` counts how often outlines were asked for."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.outline_reads = 0

    def units(self) -> MemoryProgressUnit:
        return MemoryProgressUnit(self.store, published)

    async def note(
        self, *, user_id: UUID, course_id: UUID, viewed: int, position: Position | None, now: datetime
    ) -> Noted | None:
        async with self.units() as unit:
            progress = await unit.learners.find(user_id, course_id)
            if progress is None or progress.state is not EnrolmentState.ACTIVE:
                return None
            before, progress.viewed = progress.viewed, progress.viewed | viewed
            progress.active_at = max(progress.active_at, now)
            if position and (progress.position_at is None or position.at >= progress.position_at):
                progress.position_node = position.node_id
                progress.position_seconds = position.seconds
                progress.position_at = position.at
            await unit.commit()
        standing = await self.standing(user_id, course_id)
        return None if standing is None else Noted(standing, standing.facts.viewed != before)

    async def outlines(self, course_ids: Sequence[UUID]) -> list[Outline]:
        self.outline_reads += 1
        return [course.outline() for course in self._courses().values() if course.id in course_ids]

    async def standing(self, user_id: UUID, course_id: UUID) -> Standing | None:
        return next((row for row in self._rows() if (row.user_id, row.course_id) == (user_id, course_id)), None)

    async def courses_of(self, user_id: UUID, *, page: PageRequest) -> Page[Standing]:
        rows = [row for row in self._rows() if row.user_id == user_id and row.revision is not None]
        return _page(rows, page, lambda row: row.course_id, newest_first=True)

    async def learners_of(self, course_id: UUID, *, page: PageRequest) -> Page[Standing]:
        return _page([row for row in self._rows() if row.course_id == course_id], page, lambda row: row.user_id)

    async def unfinished(self, course_id: UUID, *, page: PageRequest) -> Page[Standing]:
        rows = [
            row
            for row in self._rows()
            if row.course_id == course_id and row.state is EnrolmentState.ACTIVE and row.completed_at is None
        ]
        return _page(rows, page, lambda row: row.user_id)

    async def course_ids(self) -> list[UUID]:
        return sorted(self._courses())

    def _courses(self) -> dict[UUID, PublishedCourse]:
        return self.store.aggregates.get(PublishedCourse, {})

    def _rows(self) -> list[Standing]:
        courses = self._courses()
        return [
            Standing(
                user_id=progress.user_id,
                course_id=progress.course_id,
                state=progress.state,
                enrolled_at=progress.enrolled_at,
                active_at=progress.active_at,
                facts=replace(progress.facts, results=dict(progress.results)),
                position=None
                if progress.position_node is None or progress.position_at is None
                else Position(progress.position_node, progress.position_seconds, progress.position_at),
                completed_at=progress.completed_at,
                revision=courses[progress.course_id].version if progress.course_id in courses else None,
            )
            for progress in self.store.aggregates.get(CourseProgress, {}).values()
        ]


def _page(
    rows: list[Standing], page: PageRequest, key: Callable[[Standing], UUID], *, newest_first: bool = False
) -> Page[Standing]:
    rows.sort(key=lambda row: (row.enrolled_at, key(row)), reverse=newest_first)
    if page.cursor:
        after = decode_cursor(page.cursor, datetime, UUID)
        rows = [
            row
            for row in rows
            if ((row.enrolled_at, key(row)) < after if newest_first else (row.enrolled_at, key(row)) > after)
        ]
    items = rows[: page.limit]
    more = len(rows) > page.limit
    return Page(
        items=items, next_cursor=encode_cursor(items[-1].enrolled_at.isoformat(), key(items[-1])) if more else None
    )
