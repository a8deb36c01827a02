"""That a person takes a course."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from lyceum.course.domain.values import EnrolmentState
from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.ids import new_id


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrolmentStarted(DomainEvent):
    enrolment: "Enrolment"


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrolmentEnded(DomainEvent):
    enrolment: "Enrolment"


@dataclass(kw_only=True, eq=False)
class Enrolment(Aggregate):
    """One for each person and course, whatever happens to it."""

    id: UUID
    course_id: UUID
    user_id: UUID
    state: EnrolmentState
    enrolled_at: datetime
    withdrawn_at: datetime | None
    completed_at: datetime | None

    @classmethod
    def start(cls, *, course_id: UUID, user_id: UUID, now: datetime) -> Self:
        enrolment = cls(
            id=new_id(),
            course_id=course_id,
            user_id=user_id,
            state=EnrolmentState.ACTIVE,
            enrolled_at=now,
            withdrawn_at=None,
            completed_at=None,
        )
        enrolment.record(EnrolmentStarted(enrolment=enrolment))
        return enrolment

    @property
    def opens_content(self) -> bool:
        """Whether the course may be read: while studying, and afterwards."""
        return self.state is not EnrolmentState.WITHDRAWN

    def resume(self, *, now: datetime) -> None:
        """Come back after withdrawing; otherwise nothing changes."""
        if self.state is EnrolmentState.WITHDRAWN:
            self.state = EnrolmentState.ACTIVE if self.completed_at is None else EnrolmentState.COMPLETED
            self.enrolled_at = now
            self.withdrawn_at = None
            self.record(EnrolmentStarted(enrolment=self))

    def withdraw(self, *, now: datetime) -> None:
        """Stop taking the course; doing it twice changes nothing."""
        if self.state is not EnrolmentState.WITHDRAWN:
            self.state = EnrolmentState.WITHDRAWN
            self.withdrawn_at = now
            self.record(EnrolmentEnded(enrolment=self))

    def complete(self, *, at: datetime) -> None:
        """Everything that the course asks for is done; the first time counts."""
        if self.completed_at is None:
            self.completed_at = at
        if self.state is EnrolmentState.ACTIVE:
            self.state = EnrolmentState.COMPLETED
