"""What the world hears of each domain event."""

from collections.abc import Iterable

from lyceum.kernel.aggregate import DomainEvent
from lyceum.kernel.events import PublishedEvent
from lyceum.progress.domain.entities import CompletionReached
from lyceum.progress.schemas.events import CourseCompleted


def published(event: DomainEvent) -> Iterable[PublishedEvent]:
    """The published events for one domain event; none for what stays inside."""
    match event:
        case CompletionReached():
            yield CourseCompleted(
                user_id=event.user_id,
                course_id=event.course_id,
                number=event.number,
                completed_at=event.completed_at,
            )
