"""What progress's tests share: courses built in a few words, the modules it stands on, and the module itself."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import HealthCheck, settings

from lyceum.course.ports import (
    AllChildren,
    CourseAccess,
    CourseStructure,
    CourseStructures,
    EnrolmentSummary,
    NodeKind,
    NotPublished,
    StructureNode,
    Viewed,
)
from lyceum.identity.ports import UserDirectory, UserSummary
from lyceum.kernel.events import EventEnvelope
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal
from lyceum.progress.domain.entities import PublishedCourse
from lyceum.progress.domain.outline import Outline
from lyceum.progress.module import module
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.wiring import guarded
from lyceum.testing.files import module_at
from lyceum.testing.harness import ModuleHarness, module_harness

settings.register_profile("package", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("package")

NAMES = UUID("0b9f5c1e-6a55-4b4f-8a63-5e0f0c8d2a11")
START = datetime(2030, 1, 1, tzinfo=UTC)


class Build:
    """Makes courses whose nodes are found again by name: `build.id("a page")`."""

    def __init__(self) -> None:
        self.course_id = uuid4()

    @staticmethod
    def id(name: str) -> UUID:
        return uuid5(NAMES, name)

    def node(self, kind: NodeKind, name: str, *children: StructureNode, **fields: Any) -> StructureNode:
        requires = tuple(self.id(required) for required in fields.pop("requires", ()))
        fields.setdefault("completion", Viewed() if kind == "block" else AllChildren())
        if kind == "block":
            fields.setdefault("block_kind", "problem" if "quiz_id" in fields else "rich_text")
        return StructureNode(id=self.id(name), kind=kind, title=name, requires=requires, children=children, **fields)

    def section(self, name: str, *children: StructureNode, **fields: Any) -> StructureNode:
        return self.node("section", name, *children, **fields)

    def lesson(self, name: str, *children: StructureNode, **fields: Any) -> StructureNode:
        return self.node("lesson", name, *children, **fields)

    def page(self, name: str, *children: StructureNode, **fields: Any) -> StructureNode:
        return self.node("page", name, *children, **fields)

    def block(self, name: str, **fields: Any) -> StructureNode:
        return self.node("block", name, **fields)

    def problem(self, name: str, rule: Any, **fields: Any) -> StructureNode:
        """A problem with the quiz `quiz of <name>`."""
        return self.block(name, completion=rule, quiz_id=self.id(f"quiz of {name}"), **fields)

    def structure(self, *sections: StructureNode, number: int = 1) -> CourseStructure:
        return CourseStructure(course_id=self.course_id, number=number, title="A course", sections=sections)

    def simple(self, *pages: StructureNode, number: int = 1) -> CourseStructure:
        """One section with one lesson."""
        return self.structure(self.section("section", self.lesson("lesson", *pages)), number=number)

    def blocks(self, *names: str, number: int = 1) -> CourseStructure:
        """One page with blocks to view."""
        return self.simple(self.page("page", *(self.block(name) for name in names)), number=number)


class CoursesInMemory:
    """The ports of course, saying what the test lets them. `asked` has what was called, in order."""

    def __init__(self) -> None:
        self.structures: dict[UUID, CourseStructure] = {}
        self.enrolments: dict[tuple[UUID, UUID], EnrolmentSummary] = {}
        self.instructors: set[UUID] = set()
        self.asked: list[str] = []

    def enrol(
        self,
        user_id: UUID,
        course_id: UUID,
        state: Literal["active", "completed", "withdrawn"] = "active",
        at: datetime = START,
    ) -> None:
        self.enrolments[user_id, course_id] = EnrolmentSummary(
            user_id=user_id, course_id=course_id, state=state, enrolled_at=at
        )

    async def published_structure(self, *, course_id: UUID) -> CourseStructure:
        self.asked.append("published_structure")
        if course_id not in self.structures:
            raise NotPublished()
        return self.structures[course_id]

    async def enrolment(self, *, user_id: UUID, course_id: UUID) -> EnrolmentSummary | None:
        self.asked.append("enrolment")
        return self.enrolments.get((user_id, course_id))

    async def may_instruct(self, *, actor: Principal, course_id: UUID) -> bool:
        return actor.user_id in self.instructors

    async def may_author(self, *, actor: Principal, course_id: UUID) -> bool:
        return False


class PeopleInMemory:
    """The directory of identity."""

    def __init__(self) -> None:
        self.names: dict[UUID, str] = {}

    async def find_users(self, *, user_ids: list[UUID]) -> list[UserSummary]:
        return [await self.get_user(user_id=user_id) for user_id in user_ids if user_id in self.names]

    async def get_user(self, *, user_id: UUID) -> UserSummary:
        return UserSummary(
            id=user_id,
            email="somebody@example.org",
            display_name=self.names[user_id],
            locale="en",
            time_zone="UTC",
            active=True,
        )

    async def find_user_by_email(self, *, email: str) -> UserSummary | None:
        return None


@pytest.fixture
def build() -> Build:
    return Build()


@pytest.fixture
def copied() -> Callable[[CourseStructure], PublishedCourse]:
    """A fresh copy of a structure."""
    return lambda structure: PublishedCourse.first(structure, published_at=START)


@pytest.fixture
def outlined(copied: Callable[[CourseStructure], PublishedCourse]) -> Callable[[CourseStructure], Outline]:
    """The outline of a structure that was never published before."""
    return lambda structure: copied(structure).outline()


@pytest.fixture
def courses() -> CoursesInMemory:
    return CoursesInMemory()


@pytest.fixture
def people() -> PeopleInMemory:
    return PeopleInMemory()


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    return (module,)


@pytest.fixture
async def harness(
    database_url: str, tmp_path: Path, courses: CoursesInMemory, people: PeopleInMemory, clock
) -> AsyncIterator[ModuleHarness]:
    ports = {CourseStructures: courses, CourseAccess: courses, UserDirectory: people}
    async with module_harness(
        module,
        database_url,
        data_dir=tmp_path,
        ports={kind: guarded(kind, port) for kind, port in ports.items()},
        clock=clock,
    ) as harness:
        yield harness


class Deliver:
    """Brings events to the module's consumer, as its relay would."""

    def __init__(self, harness: ModuleHarness) -> None:
        self._harness = harness

    async def __call__(self, *envelopes: EventEnvelope) -> None:
        await self._harness.module.consumer.receive(envelopes)

    @staticmethod
    def event(event_type: str, **data: Any) -> EventEnvelope:
        return EventEnvelope(id=new_id(), source="test", type=event_type, subject="test", time=START, data=data)

    async def published(self, structure: CourseStructure, *, at: datetime = START) -> None:
        await self(
            self.event(
                "lyceum.course.course.published.v1",
                course_id=str(structure.course_id),
                number=structure.number,
                published_at=at.isoformat(),
            )
        )

    async def enrolled(self, user_id: UUID, course_id: UUID, *, at: datetime = START) -> None:
        await self(
            self.event(
                "lyceum.course.enrolment.started.v1",
                user_id=str(user_id),
                course_id=str(course_id),
                enrolled_at=at.isoformat(),
            )
        )

    async def withdrew(self, user_id: UUID, course_id: UUID) -> None:
        await self(self.event("lyceum.course.enrolment.withdrawn.v1", user_id=str(user_id), course_id=str(course_id)))

    @classmethod
    def graded(
        cls, user_id: UUID, course_id: UUID | None, quiz_id: UUID, *, score: str = "1", max_score: str = "1"
    ) -> EventEnvelope:
        return cls.event(
            "lyceum.assessment.attempt.graded.v1",
            attempt_id=str(uuid4()),
            quiz_id=str(quiz_id),
            course_id=course_id and str(course_id),
            user_id=str(user_id),
            score=score,
            max_score=max_score,
            graded_at=START.isoformat(),
        )


@pytest.fixture
def deliver(harness: ModuleHarness) -> Deliver:
    return Deliver(harness)


@pytest.fixture
def learner() -> Principal:
    """Somebody signed in, without any role."""
    return Principal(user_id=uuid4())


@pytest.fixture
async def taking(harness, courses, deliver, learner, build):
    """Publishes a structure and enrols the learner in it; used as `await taking(structure)`."""

    async def take(structure: CourseStructure) -> None:
        courses.structures[structure.course_id] = structure
        courses.enrol(learner.user_id, structure.course_id)
        await deliver.published(structure)
        await deliver.enrolled(learner.user_id, structure.course_id)

    return take


@pytest.fixture
def memory() -> Any:
    """Persistence without a database: `units`, queries and study log in one."""
    return module_at(Path(__file__).parent / "service" / "memory.py").MemoryProgress()
