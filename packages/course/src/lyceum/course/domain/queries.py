"""The read models: pages that are filled straight from rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from lyceum.course.domain.versions import PublishedBlock
from lyceum.course.ports import CourseStructure, EnrolmentSummary
from lyceum.course.schemas.internal import (
    CourseView,
    EnrolmentView,
    ExportView,
    ImportView,
    MyEnrolment,
    VersionView,
)
from lyceum.kernel.pagination import Page, PageRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseFacts:
    """What decides about access to a course, and what the caller is to it, in one row."""

    id: UUID
    slug: str
    organisation_id: UUID | None
    state: str
    number: int | None
    published_at: datetime | None
    instructor_role: str | None
    enrolment_state: str | None


class CourseQueries(Protocol):
    """Every page is ordered by its keyset."""

    async def catalogue(
        self, *, page: PageRequest, text: str | None, language: str | None, organisation: UUID | None
    ) -> bytes:
        """A `Page[CatalogueEntry]` as JSON: listed, published courses, newest first. One statement."""
        ...

    async def catalogue_course(self, slug: str) -> dict[str, Any] | None:
        """The fields of a `CoursePage`; null unless published."""
        ...

    async def authored(
        self,
        *,
        page: PageRequest,
        user_id: UUID,
        everything: bool,
        organisations: frozenset[UUID],
        ids: frozenset[UUID],
    ) -> Page[CourseView]:
        """Newest first: those the user instructs, and all, or those of these organisations or with these ids."""
        ...

    async def facts(self, course_id: UUID, user_id: UUID | None) -> CourseFacts | None:
        """One statement; null where there is no such course."""
        ...

    async def structure(self, course_id: UUID, number: int) -> CourseStructure | None: ...

    async def structure_json(self, course_id: UUID, number: int) -> bytes | None:
        """The structure as JSON text, as it is stored."""
        ...

    async def page_blocks(self, course_id: UUID, number: int, page_id: UUID) -> list[PublishedBlock]: ...

    async def versions(self, course_id: UUID, *, page: PageRequest) -> Page[VersionView]:
        """Newest first."""
        ...

    async def enrolment(self, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None: ...

    async def my_enrolments(self, user_id: UUID, *, page: PageRequest) -> Page[MyEnrolment]:
        """Latest first."""
        ...

    async def course_enrolments(self, course_id: UUID, *, page: PageRequest) -> Page[EnrolmentView]:
        """Latest first."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnedImport:
    """An import, and whose it is."""

    requested_by: UUID
    course_id: UUID
    view: ImportView


class TransferQueries(Protocol):
    """Imports and exports, with how far their jobs are."""

    async def imports(self, user_id: UUID, *, page: PageRequest) -> Page[ImportView]:
        """Latest first, without reports and progress."""
        ...

    async def one_import(self, import_id: UUID) -> OwnedImport | None: ...

    async def one_export(self, export_id: UUID) -> ExportView | None: ...
