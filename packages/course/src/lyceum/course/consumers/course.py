"""Course's own events: what it keeps of what it has shown is out of date, in whatever process it was published."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.tags import CATALOGUE_TAG, structure_tag
from lyceum.runtime.events import ConsumedEvent, Subscription
from lyceum.runtime.http import PublicCache


class CourseChanged(ConsumedEvent):
    course_id: UUID


def subscriptions(public_cache: PublicCache) -> Sequence[Subscription[Any]]:
    async def forget(event: CourseChanged) -> None:
        # All caches of the platform know the same tags.
        await public_cache.invalidate(CATALOGUE_TAG, structure_tag(event.course_id))

    async def nothing(event: CourseChanged, prepared: None, unit: CourseUnit) -> None:
        """Forgetting needs no transaction, and may happen more than once."""

    return tuple(
        Subscription(event_type=event_type, model=CourseChanged, prepare=forget, handle=nothing)
        for event_type in ("lyceum.course.course.published.v1", "lyceum.course.course.archived.v1")
    )
