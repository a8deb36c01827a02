"""What the services need of persistence."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from lyceum.course.domain.assets import Asset
from lyceum.course.domain.entities import Course, CourseExport, CourseImport, Draft, Enrolment, Node
from lyceum.course.domain.values import InstructorRole
from lyceum.course.domain.versions import CourseVersion
from lyceum.kernel.unit_of_work import UnitOfWork


class Courses(Protocol):
    async def get(self, course_id: UUID) -> Course:
        """Raises `CourseNotFound`."""
        ...

    async def slug_taken(self, slug: str) -> bool: ...

    def add(self, course: Course) -> None:
        """The commit raises `SlugTaken` when another course has the slug."""
        ...


class Instructors(Protocol):
    """Who teaches which course."""

    async def role_of(self, user_id: UUID, course_id: UUID) -> InstructorRole | None: ...

    async def of_course(self, course_id: UUID, *, to_change: bool = False) -> Mapping[UUID, InstructorRole]:
        """With `to_change`, others who want to change them wait until this unit has ended."""
        ...

    async def appoint(self, user_id: UUID, course_id: UUID, role: InstructorRole) -> None:
        """Whoever instructs already gets the new role."""
        ...

    async def dismiss(self, user_id: UUID, course_id: UUID) -> None: ...


class Drafts(Protocol):
    async def get(self, course_id: UUID) -> Draft:
        """To read it with its nodes: the outline stays as it is until this unit has ended. Raises `CourseNotFound`."""
        ...

    async def get_to_change(self, course_id: UUID) -> Draft:
        """Others who want to change the outline wait until this unit has ended. Raises `CourseNotFound`."""
        ...

    def add(self, draft: Draft) -> None: ...


class Nodes(Protocol):
    async def get(self, course_id: UUID, node_id: UUID) -> Node:
        """Raises `NodeNotFound`, also for a node of another course."""
        ...

    async def of_course(self, course_id: UUID) -> Mapping[UUID, Node]:
        """All of them, in one statement."""
        ...

    def add(self, node: Node) -> None: ...

    async def remove(self, course_id: UUID, node_ids: Iterable[UUID]) -> None: ...


class Versions(Protocol):
    """Written once, never changed."""

    async def get(self, course_id: UUID, number: int) -> CourseVersion:
        """With all its blocks. Raises `VersionNotFound`."""
        ...

    async def add(self, version: CourseVersion) -> None: ...


class Assets(Protocol):
    """The files of courses: rows here, bytes in object storage under their hash."""

    async def find(self, course_id: UUID, path: str) -> Asset | None: ...

    async def of_course(self, course_id: UUID) -> Sequence[Asset]:
        """By path."""
        ...

    async def put(self, course_id: UUID, assets: Iterable[Asset]) -> None:
        """In place of those with the same path."""
        ...

    async def remove(self, course_id: UUID, path: str) -> bool:
        """False where there was none."""
        ...


class Enrolments(Protocol):
    async def find(self, course_id: UUID, user_id: UUID) -> Enrolment | None: ...

    def add(self, enrolment: Enrolment) -> None:
        """The commit raises `EnrolledAlready` when a parallel request was first."""
        ...


class Imports(Protocol):
    async def get(self, import_id: UUID) -> CourseImport:
        """Raises `ImportNotFound`."""
        ...

    def add(self, request: CourseImport) -> None: ...


class Exports(Protocol):
    async def get(self, export_id: UUID) -> CourseExport:
        """Raises `ExportNotFound`."""
        ...

    def add(self, request: CourseExport) -> None: ...


class CourseUnit(UnitOfWork, Protocol):
    """A transaction over course's aggregates."""

    courses: Courses
    instructors: Instructors
    drafts: Drafts
    nodes: Nodes
    versions: Versions
    assets: Assets
    enrolments: Enrolments
    imports: Imports
    exports: Exports
