"""What the services need of persistence."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from lyceum.kernel.unit_of_work import UnitOfWork
from lyceum.progress.domain.entities import CourseProgress, PublishedCourse
from lyceum.progress.domain.values import Noted, Position


class PublishedCourses(Protocol):
    async def find(self, course_id: UUID) -> PublishedCourse | None:
        """The copy, locked until the unit ends."""
        ...

    async def remember(self, course: PublishedCourse) -> None:
        """Keep a first copy, unless somebody else just did."""
        ...


class Learners(Protocol):
    async def find(self, user_id: UUID, course_id: UUID) -> CourseProgress | None:
        """The learner's progress, locked until the unit ends: of two that add to it, the later sees what both did."""
        ...

    async def remember(self, progress: CourseProgress) -> None:
        """Keep a new learner, unless somebody else just did."""
        ...


class ProgressUnit(UnitOfWork, Protocol):
    """A transaction over progress's aggregates."""

    courses: PublishedCourses
    learners: Learners


class StudyLog(Protocol):
    """The write that comes most often, as one statement that is atomic by itself, outside of units of work."""

    async def note(
        self, *, user_id: UUID, course_id: UUID, viewed: int, position: Position | None, now: datetime
    ) -> Noted | None:
        """Add blocks to what the learner viewed and move the position, unless a later one is known.

        Where the learner stands afterwards, with all that others added meanwhile; null, and nothing is written, for
        somebody of whom we don't know that they take the course now.
        """
        ...
