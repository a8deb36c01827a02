"""The events that course publishes."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from lyceum.kernel.events import PublishedEvent


class CourseEvent(PublishedEvent):
    """What all events about a course have; they are ordered by course."""

    course_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.course_id


class CoursePublished(CourseEvent):
    """Learners see this version from now on: the first, a new one, or an earlier one that was brought back.

    The structure itself is asked for at the port `CourseStructures`.
    """

    type: ClassVar[str] = "lyceum.course.course.published.v1"
    number: int
    title: str
    slug: str
    language: str
    organisation_id: UUID | None
    content_hash: str
    published_at: datetime


class CourseArchived(CourseEvent):
    """The course takes no new learners and is no longer listed."""

    type: ClassVar[str] = "lyceum.course.course.archived.v1"


class EnrolmentEvent(PublishedEvent):
    """What all events about an enrolment have; they are ordered by enrolment."""

    enrolment_id: UUID
    course_id: UUID
    user_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.enrolment_id


class LearnerEnrolled(EnrolmentEvent):
    """A person takes the course, for the first time or again."""

    type: ClassVar[str] = "lyceum.course.enrolment.started.v1"
    enrolled_at: datetime


class LearnerWithdrew(EnrolmentEvent):
    """A person no longer takes the course; what they did is kept."""

    type: ClassVar[str] = "lyceum.course.enrolment.withdrawn.v1"


PUBLISHED = (CoursePublished, CourseArchived, LearnerEnrolled, LearnerWithdrew)
