"""Courses on their way in and out: the records of imports and exports."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from lyceum.course.domain.importing import ArchiveFormat
from lyceum.kernel.aggregate import Aggregate
from lyceum.kernel.ids import new_id


class TransferState(StrEnum):
    """`queued` until a worker takes it up; `succeeded` and `failed` are the ends."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(kw_only=True, eq=False)
class CourseImport(Aggregate):
    """An archive that is to become a course.

    The course has its id from the start, so that the work can be done again from the beginning after any interruption.
    `report` is the loss report and `problem` a problem document, both as JSON.
    """

    id: UUID
    course_id: UUID
    requested_by: UUID
    organisation_id: UUID | None
    file_name: str
    format: ArchiveFormat | None
    publish: bool
    state: TransferState
    report: dict[str, Any] | None
    problem: dict[str, Any] | None
    requested_at: datetime
    finished_at: datetime | None

    @classmethod
    def request(
        cls,
        *,
        import_id: UUID,
        requested_by: UUID,
        organisation_id: UUID | None,
        file_name: str,
        format: ArchiveFormat | None,
        publish: bool,
        now: datetime,
    ) -> Self:
        return cls(
            id=import_id,
            course_id=new_id(),
            requested_by=requested_by,
            organisation_id=organisation_id,
            file_name="".join(filter(str.isprintable, file_name))[:255] or "archive",
            format=format,
            publish=publish,
            state=TransferState.QUEUED,
            report=None,
            problem=None,
            requested_at=now,
            finished_at=None,
        )

    @property
    def archive_key(self) -> str:
        """Where the archive is in object storage until the import has ended."""
        return f"imports/{self.id}"

    @property
    def ended(self) -> bool:
        return self.state in (TransferState.SUCCEEDED, TransferState.FAILED)

    def start(self) -> None:
        """A worker is on it; once more after an interruption."""
        self.state = TransferState.RUNNING

    def succeed(self, *, report: dict[str, Any], format: ArchiveFormat, now: datetime) -> None:
        self.state = TransferState.SUCCEEDED
        self.report = report
        self.format = format
        self.finished_at = now

    def fail(self, *, problem: dict[str, Any], now: datetime) -> None:
        self.state = TransferState.FAILED
        self.problem = problem
        self.finished_at = now


@dataclass(kw_only=True, eq=False)
class CourseExport(Aggregate):
    """A course that is to become an archive, as its draft is when a worker takes it up."""

    id: UUID
    course_id: UUID
    requested_by: UUID
    state: TransferState
    content_hash: str | None
    problem: dict[str, Any] | None
    requested_at: datetime
    finished_at: datetime | None

    @classmethod
    def request(cls, *, course_id: UUID, requested_by: UUID, now: datetime) -> Self:
        return cls(
            id=new_id(),
            course_id=course_id,
            requested_by=requested_by,
            state=TransferState.QUEUED,
            content_hash=None,
            problem=None,
            requested_at=now,
            finished_at=None,
        )

    @property
    def archive_key(self) -> str:
        """Where the archive is in object storage."""
        return f"exports/{self.id}"

    @property
    def ended(self) -> bool:
        return self.state in (TransferState.SUCCEEDED, TransferState.FAILED)

    def start(self) -> None:
        """A worker is on it; once more after an interruption."""
        self.state = TransferState.RUNNING

    def succeed(self, *, content_hash: str, now: datetime) -> None:
        self.state = TransferState.SUCCEEDED
        self.content_hash = content_hash
        self.finished_at = now

    def fail(self, *, problem: dict[str, Any], now: datetime) -> None:
        self.state = TransferState.FAILED
        self.problem = problem
        self.finished_at = now
