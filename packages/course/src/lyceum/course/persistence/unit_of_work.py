"""Course's transaction."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.course.persistence.repository import (
    SqlAssets,
    SqlCourses,
    SqlDrafts,
    SqlEnrolments,
    SqlExports,
    SqlImports,
    SqlInstructors,
    SqlNodes,
    SqlVersions,
)
from lyceum.course.ports import EnrolledAlready, SlugTaken
from lyceum.kernel.errors import LyceumError, VersionConflict
from lyceum.runtime.unit_of_work import SqlUnitOfWork


class SqlCourseUnit(SqlUnitOfWork):
    conflicts: ClassVar[Mapping[str, Callable[[], LyceumError]]] = {
        "uq_courses_slug": SlugTaken,
        "uq_enrolments_course_id_user_id": EnrolledAlready,
        # Two publishes at once: the second one finds its number taken.
        "pk_versions": VersionConflict,
    }

    courses: SqlCourses
    instructors: SqlInstructors
    drafts: SqlDrafts
    nodes: SqlNodes
    versions: SqlVersions
    assets: SqlAssets
    enrolments: SqlEnrolments
    imports: SqlImports
    exports: SqlExports

    def bind(self, session: AsyncSession) -> None:
        self.courses = SqlCourses(session)
        self.instructors = SqlInstructors(session)
        self.drafts = SqlDrafts(session)
        self.nodes = SqlNodes(session)
        self.versions = SqlVersions(session)
        self.assets = SqlAssets(session)
        self.enrolments = SqlEnrolments(session)
        self.imports = SqlImports(session)
        self.exports = SqlExports(session)
