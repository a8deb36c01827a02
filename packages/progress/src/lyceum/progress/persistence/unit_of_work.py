"""Progress's transaction."""

from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.progress.persistence.repository import SqlLearners, SqlPublishedCourses
from lyceum.runtime.unit_of_work import SqlUnitOfWork


class SqlProgressUnit(SqlUnitOfWork):
    courses: SqlPublishedCourses
    learners: SqlLearners

    def bind(self, session: AsyncSession) -> None:
        self.courses = SqlPublishedCourses(session)
        self.learners = SqlLearners(session)
