"""Events of progress."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.services.enrolling import Enrolling
from lyceum.runtime.events import ConsumedEvent, Subscription


class CourseCompleted(ConsumedEvent):
    user_id: UUID
    course_id: UUID
    completed_at: AwareDatetime


def subscriptions(enrolling: Enrolling) -> Sequence[Subscription[Any]]:
    async def on_course_completed(event: CourseCompleted, prepared: None, unit: CourseUnit) -> None:
        await enrolling.complete(unit, user_id=event.user_id, course_id=event.course_id, at=event.completed_at)

    return (
        Subscription(
            event_type="lyceum.progress.course.completed.v1", model=CourseCompleted, handle=on_course_completed
        ),
    )
