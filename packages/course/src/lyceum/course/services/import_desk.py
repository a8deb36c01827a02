"""`CourseImports`: imports for the command line and for other modules."""

from uuid import UUID

from lyceum.course.domain.importing import ArchiveFormat
from lyceum.course.domain.queries import TransferQueries
from lyceum.course.ports import ImportFormat, ImportNotFound, ImportStatus
from lyceum.course.services.importing import Importing
from lyceum.kernel.errors import Conflict, NotFound
from lyceum.kernel.principal import Principal


class ImportDesk:
    def __init__(self, *, importing: Importing, queries: TransferQueries) -> None:
        self._importing = importing
        self._queries = queries

    async def begin_import(
        self,
        *,
        actor: Principal,
        file_name: str,
        archive_key: str,
        format: ImportFormat | None = None,
        publish: bool = False,
        import_id: UUID | None = None,
    ) -> UUID:
        known = None if import_id is None else await self._queries.one_import(import_id)
        if known is not None:
            if known.requested_by != actor.require_user():
                raise Conflict("This is the id of somebody else's import")
            return known.view.id
        try:
            request = await self._importing.request(
                actor,
                file_name=file_name,
                content=archive_key,
                format=None if format is None else ArchiveFormat(format),
                publish=publish,
                import_id=import_id,
            )
        except NotFound as error:  # the kernel's own, which every caller knows
            raise NotFound("There is no archive under this key") from error
        return request.id

    async def import_status(self, *, import_id: UUID) -> ImportStatus:
        found = await self._queries.one_import(import_id)
        if found is None:
            raise ImportNotFound()
        view = found.view
        progress = view.progress
        return ImportStatus(
            id=view.id,
            course_id=found.course_id,
            state=view.state,
            stage=progress and progress.stage,
            done=progress and progress.done,
            total=progress and progress.total,
            report=view.report,
            problem=view.problem,
        )
