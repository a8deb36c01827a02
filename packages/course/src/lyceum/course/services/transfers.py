"""How imports and exports stand."""

from collections.abc import Callable
from uuid import UUID

from lyceum.course.domain.queries import TransferQueries
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.ports import ExportNotFound, ImportNotFound
from lyceum.course.schemas.internal import ExportView, ImportView
from lyceum.course.services.authority import course_to_author
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal


class Transfers:
    """One sees one's own imports, and the exports of courses that one may change."""

    def __init__(self, *, units: Callable[[], CourseUnit], queries: TransferQueries) -> None:
        self._units = units
        self._queries = queries

    async def imports(self, principal: Principal, *, page: PageRequest) -> Page[ImportView]:
        """The caller's, latest first, without their reports. Raises `NotAuthenticated`."""
        return await self._queries.imports(principal.require_user(), page=page)

    async def one_import(self, principal: Principal, import_id: UUID) -> ImportView:
        """Raises `NotAuthenticated`, `ImportNotFound`."""
        caller = principal.require_user()
        found = await self._queries.one_import(import_id)
        if found is None or found.requested_by != caller:
            raise ImportNotFound()
        return found.view

    async def one_export(self, principal: Principal, export_id: UUID) -> ExportView:
        """Raises `NotAuthenticated`, `ExportNotFound`, `CourseNotFound`, `PermissionDenied`."""
        principal.require_user()
        found = await self._queries.one_export(export_id)
        if found is None:
            raise ExportNotFound()
        async with self._units() as unit:
            await course_to_author(unit, principal, found.course_id)
        return found
