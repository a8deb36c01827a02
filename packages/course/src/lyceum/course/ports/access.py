"""Who has to do with a course."""

from datetime import datetime
from typing import Literal, Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.ports import Port
from lyceum.kernel.principal import Principal


class EnrolmentSummary(BaseModel):
    """That a person takes a course. Only `active` opens its content for study; `completed` keeps it readable."""

    model_config = ConfigDict(frozen=True)

    user_id: UUID
    course_id: UUID
    state: Literal["active", "completed", "withdrawn"]
    enrolled_at: datetime


@runtime_checkable
class CourseAccess(Port, Protocol):
    """Answers for other modules what somebody may do with a course."""

    async def may_author(self, *, actor: Principal, course_id: UUID) -> bool:
        """Whether the actor may change the course; false as well for a course that does not exist."""
        ...

    async def may_instruct(self, *, actor: Principal, course_id: UUID) -> bool:
        """Whether the actor may see the learners of the course and their work."""
        ...

    async def enrolment(self, *, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None:
        """The person's enrolment, null where there never was one."""
        ...
