"""What people are told while they watch an import."""

from typing import ClassVar, Literal
from uuid import UUID

from lyceum.kernel.live import LiveMessage


class ImportMoved(LiveMessage):
    """How far the import is within its stage. Not every step is told."""

    type: ClassVar[str] = "import.moved"

    import_id: UUID
    stage: str
    done: int
    total: int


class ImportEnded(LiveMessage):
    """The import is over; its report, or what was wrong, can be read now."""

    type: ClassVar[str] = "import.ended"

    import_id: UUID
    state: Literal["succeeded", "failed"]
