"""Importing courses, for the host's command line and for other modules."""

from typing import Any, Literal, Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.ports import Port
from lyceum.kernel.principal import Principal

ImportFormat = Literal["olx", "common-cartridge", "lyceum"]


class ImportStatus(BaseModel):
    """How an import stands. `stage`, `done` and `total` are there while it runs; `report` is the loss report of a
    succeeded one, `problem` the problem document of a failed one."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    course_id: UUID
    state: Literal["queued", "running", "succeeded", "failed"]
    stage: str | None = None
    done: int | None = None
    total: int | None = None
    report: dict[str, Any] | None = None
    problem: dict[str, Any] | None = None


@runtime_checkable
class CourseImports(Port, Protocol):
    """Makes courses out of archives that are in the platform's object storage already."""

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
        """The id of an import that a worker takes up. The object under `archive_key` is copied, and stays.

        Without `format`, the content decides. Whoever chooses the `import_id`, and keeps it before calling, can call
        again when the answer got lost: their import that was begun under this id goes on as it is.
        Raises `NotAuthenticated`, `PermissionDenied`, `Conflict` for the id of somebody else's import.
        """
        ...

    async def import_status(self, *, import_id: UUID) -> ImportStatus:
        """Raises `ImportNotFound`."""
        ...
