"""How far somebody has come, for other modules."""

from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.ports import Port


class CourseProgressSummary(BaseModel):
    """`percentage` is whole, and may fall when the course is extended; `completed_at` stays once it is set."""

    model_config = ConfigDict(frozen=True)

    user_id: UUID
    course_id: UUID
    percentage: int
    completed_at: datetime | None


@runtime_checkable
class CourseProgressReader(Port, Protocol):
    """Answers for other modules, which answer for whom they show it to."""

    async def course_progress(self, *, user_id: UUID, course_id: UUID) -> CourseProgressSummary | None:
        """Null for somebody who never took the course."""
        ...
