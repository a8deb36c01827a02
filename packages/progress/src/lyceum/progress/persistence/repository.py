"""The repositories on SQLAlchemy."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.models.model import courses, learners


class SqlPublishedCourses:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, course_id: UUID) -> PublishedCourse | None:
        return await self._session.get(PublishedCourse, course_id, with_for_update=True)

    async def remember(self, course: PublishedCourse) -> None:
        values = {name: getattr(course, name) for name in ("id", "structure", "published_at", "blocks")}
        await self._session.execute(insert(courses).values(version=1, **values).on_conflict_do_nothing())


class SqlLearners:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, user_id: UUID, course_id: UUID) -> CourseProgress | None:
        return await self._session.get(CourseProgress, (user_id, course_id), with_for_update=True)

    async def remember(self, progress: CourseProgress) -> None:
        values = {column.name: getattr(progress, column.name) for column in learners.c if column.name != "version"}
        await self._session.execute(insert(learners).values(version=1, **values).on_conflict_do_nothing())
