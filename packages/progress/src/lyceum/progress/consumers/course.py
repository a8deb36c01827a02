"""Courses are published, and people come and go."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from lyceum.course.ports import CourseStructure
from lyceum.progress.domain.repositories import ProgressUnit
from lyceum.progress.services.recording import Recording
from lyceum.runtime.events import ConsumedEvent, Subscription


class CoursePublished(ConsumedEvent):
    course_id: UUID
    published_at: AwareDatetime


class EnrolmentStarted(ConsumedEvent):
    course_id: UUID
    user_id: UUID
    enrolled_at: AwareDatetime


class EnrolmentWithdrawn(ConsumedEvent):
    course_id: UUID
    user_id: UUID


class CourseEvents:
    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    async def ask_for_structure(self, event: CoursePublished) -> CourseStructure | None:
        return await self._recording.structure(event.course_id)

    async def on_course_published(
        self, event: CoursePublished, structure: CourseStructure | None, unit: ProgressUnit
    ) -> None:
        if structure is not None:
            await self._recording.published(unit, structure, published_at=event.published_at)

    async def ask_whether_it_started(self, event: EnrolmentStarted) -> bool:
        return await self._recording.may_start(event.user_id, event.course_id)

    async def on_enrolment_started(self, event: EnrolmentStarted, started: bool, unit: ProgressUnit) -> None:
        if started:
            await self._recording.started(unit, event.user_id, event.course_id, enrolled_at=event.enrolled_at)

    async def on_enrolment_withdrawn(self, event: EnrolmentWithdrawn, prepared: None, unit: ProgressUnit) -> None:
        await self._recording.withdrawn(unit, event.user_id, event.course_id)

    def subscriptions(self) -> Sequence[Subscription[Any]]:
        return (
            Subscription(
                event_type="lyceum.course.course.published.v1",
                model=CoursePublished,
                prepare=self.ask_for_structure,
                handle=self.on_course_published,
            ),
            Subscription(
                event_type="lyceum.course.enrolment.started.v1",
                model=EnrolmentStarted,
                prepare=self.ask_whether_it_started,
                handle=self.on_enrolment_started,
            ),
            Subscription(
                event_type="lyceum.course.enrolment.withdrawn.v1",
                model=EnrolmentWithdrawn,
                handle=self.on_enrolment_withdrawn,
            ),
        )
