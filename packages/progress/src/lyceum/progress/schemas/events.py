"""The events that progress publishes."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lyceum.kernel.events import PublishedEvent


class CourseCompleted(PublishedEvent):
    """A learner has done all that a course asks for. Once for each learner and course, whatever is published later.

    `number` is the version of the course that was complete. The events of one learner are in order.
    """

    type: ClassVar[str] = "lyceum.progress.course.completed.v1"
    user_id: UUID
    course_id: UUID
    number: int
    completed_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        return self.user_id


PUBLISHED = (CourseCompleted,)
