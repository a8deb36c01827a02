"""What the world hears of each domain event."""

from collections.abc import Iterable

from lyceum.course.domain.entities import CourseClosed, EnrolmentEnded, EnrolmentStarted, VersionReleased
from lyceum.course.schemas.events import CourseArchived, CoursePublished, LearnerEnrolled, LearnerWithdrew
from lyceum.kernel.aggregate import DomainEvent
from lyceum.kernel.events import PublishedEvent


def published(event: DomainEvent) -> Iterable[PublishedEvent]:
    """The published events for one domain event; none for what stays inside."""
    match event:
        case VersionReleased(course=course, content_hash=content_hash):
            if course.published_number is not None and course.published_at is not None:
                yield CoursePublished(
                    course_id=course.id,
                    number=course.published_number,
                    title=course.title,
                    slug=course.slug,
                    language=course.language,
                    organisation_id=course.organisation_id,
                    content_hash=content_hash,
                    published_at=course.published_at,
                )
        case CourseClosed(course=course):
            yield CourseArchived(course_id=course.id)
        case EnrolmentStarted(enrolment=enrolment):
            yield LearnerEnrolled(
                enrolment_id=enrolment.id,
                course_id=enrolment.course_id,
                user_id=enrolment.user_id,
                enrolled_at=enrolment.enrolled_at,
            )
        case EnrolmentEnded(enrolment=enrolment):
            yield LearnerWithdrew(enrolment_id=enrolment.id, course_id=enrolment.course_id, user_id=enrolment.user_id)
