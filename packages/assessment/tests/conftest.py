"""What assessment's tests share."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from lyceum.assessment.module import module
from lyceum.course.ports import CourseAccess, EnrolmentSummary
from lyceum.identity.ports import Accommodations
from lyceum.kernel.principal import Principal
from lyceum.runtime.module import ModuleSpec
from lyceum.testing.harness import ModuleHarness, module_harness


class CoursesInMemory:
    """Who takes and who makes which course, as the test says."""

    def __init__(self) -> None:
        self.learners: set[tuple[UUID, UUID]] = set()
        self.authors: set[tuple[UUID, UUID]] = set()

    async def may_author(self, *, actor: Principal, course_id: UUID) -> bool:
        return (actor.user_id, course_id) in self.authors

    async def may_instruct(self, *, actor: Principal, course_id: UUID) -> bool:
        return (actor.user_id, course_id) in self.authors

    async def enrolment(self, *, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None:
        if (user_id, course_id) not in self.learners:
            return None
        return EnrolmentSummary(
            user_id=user_id, course_id=course_id, state="active", enrolled_at=datetime(2030, 1, 1, tzinfo=UTC)
        )


class ExtraTimeInMemory:
    """Extra time by person."""

    def __init__(self) -> None:
        self.factors: dict[UUID, Decimal] = {}

    async def extra_time_factor(self, *, user_id: UUID) -> Decimal:
        return self.factors.get(user_id, Decimal(1))


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    return (module,)


@pytest.fixture
def courses() -> CoursesInMemory:
    return CoursesInMemory()


@pytest.fixture
def extra_time() -> ExtraTimeInMemory:
    return ExtraTimeInMemory()


@pytest.fixture
async def harness(
    database_url: str, tmp_path: Path, courses: CoursesInMemory, extra_time: ExtraTimeInMemory, clock
) -> AsyncIterator[ModuleHarness]:
    ports = {CourseAccess: courses, Accommodations: extra_time}
    async with module_harness(module, database_url, data_dir=tmp_path, ports=ports, clock=clock) as harness:
        yield harness
