"""The read models: values that are filled straight from rows."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from lyceum.kernel.pagination import Page, PageRequest
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import Standing


class ProgressQueries(Protocol):
    """Each of these is one SQL statement."""

    async def outlines(self, course_ids: Sequence[UUID]) -> list[Outline]:
        """Those of which there is a copy."""
        ...

    async def standing(self, user_id: UUID, course_id: UUID) -> Standing | None: ...

    async def courses_of(self, user_id: UUID, *, page: PageRequest) -> Page[Standing]:
        """The person's courses of which there is a copy, the latest enrolment first."""
        ...

    async def learners_of(self, course_id: UUID, *, page: PageRequest) -> Page[Standing]:
        """The course's learners, the earliest enrolment first."""
        ...

    async def unfinished(self, course_id: UUID, *, page: PageRequest) -> Page[Standing]:
        """Those of them who take the course now and have not completed it."""
        ...

    async def course_ids(self) -> list[UUID]:
        """All courses of which there is a copy."""
        ...
