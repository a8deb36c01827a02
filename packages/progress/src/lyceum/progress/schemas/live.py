"""What learners are told while they watch their progress."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from lyceum.kernel.live import LiveMessage


class ProgressChanged(LiveMessage):
    """The learner did something that may count. `at` is when; of two messages, the later one holds."""

    type: ClassVar[str] = "progress.changed"

    course_id: UUID
    percentage: int
    completed_at: AwareDatetime | None
    at: AwareDatetime
