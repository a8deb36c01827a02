"""The aggregates of progress."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid5

from lyceum.course.ports import CourseStructure, StructureNode
from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.progress.domain.evaluation import evaluate
from lyceum.progress.domain.outline import Outline, outline_of
from lyceum.progress.domain.values import EnrolmentState, Facts, reached_share


@dataclass(frozen=True, kw_only=True, slots=True)
class CompletionReached(DomainEvent):
    user_id: UUID
    course_id: UUID
    number: int
    completed_at: datetime


@dataclass(kw_only=True, eq=False)
class PublishedCourse(Aggregate):
    """What learners of a course see now: progress's own copy of it.

    `id` is the course's. `blocks` are all blocks that any copy ever had; the place of a block in it is its number, so
    that what learners viewed still holds when a block is moved, dropped, or brought back.
    """

    id: UUID
    structure: CourseStructure
    published_at: datetime
    blocks: list[UUID]

    @classmethod
    def first(cls, structure: CourseStructure, *, published_at: datetime) -> "PublishedCourse":
        """The first copy."""
        blocks = list(dict.fromkeys(_block_ids(structure.sections)))
        return cls(id=structure.course_id, structure=structure, published_at=published_at, blocks=blocks)

    def replace(self, structure: CourseStructure, *, published_at: datetime) -> bool:
        """Take what was published later; false for what was published before the present copy."""
        if published_at < self.published_at:
            return False
        self.structure = structure
        self.published_at = published_at
        self.blocks = list(dict.fromkeys([*self.blocks, *_block_ids(structure.sections)]))
        return True

    def outline(self) -> Outline:
        """The copy, prepared for evaluation."""
        numbers = {block: number for number, block in enumerate(self.blocks)}
        return outline_of(self.structure, numbers, revision=self.version)


@dataclass(kw_only=True, eq=False)
class CourseProgress(Aggregate):
    """One learner in one course.

    Whether the course is complete is never said by a client and never stored ahead: it follows from the facts. Once
    reached, completion stays, also when a later version asks for more.
    """

    user_id: UUID
    course_id: UUID
    state: EnrolmentState
    enrolled_at: datetime
    active_at: datetime
    viewed: int = 0
    results: dict[str, int] = field(default_factory=dict)
    position_node: UUID | None = None
    position_seconds: int | None = None
    position_at: datetime | None = None
    completed_at: datetime | None = None

    @property
    def id(self) -> UUID:  # type: ignore[override]  # who and what are the identity; this only gives them one name
        return uuid5(self.course_id, self.user_id.hex)

    @classmethod
    def enrol(
        cls, *, user_id: UUID, course_id: UUID, enrolled_at: datetime, state: EnrolmentState = EnrolmentState.ACTIVE
    ) -> "CourseProgress":
        """Somebody of whom nothing is known but the enrolment."""
        return cls(user_id=user_id, course_id=course_id, state=state, enrolled_at=enrolled_at, active_at=enrolled_at)

    @property
    def facts(self) -> Facts:
        """What the learner did."""
        return Facts(self.viewed, self.results)

    def return_to(self, *, enrolled_at: datetime) -> None:
        """Take the course again. Doing it twice changes nothing."""
        if self.state is EnrolmentState.WITHDRAWN:
            self.state = EnrolmentState.ACTIVE
            self.enrolled_at = enrolled_at

    def withdraw(self) -> None:
        """No longer take the course; the facts are kept. Doing it twice changes nothing."""
        self.state = EnrolmentState.WITHDRAWN

    def answer(self, quiz_id: UUID, *, score: Decimal, max_score: Decimal, at: datetime) -> None:
        """A result in a quiz; of several, the best share counts. Ignored while the person does not take the course."""
        if self.state is not EnrolmentState.ACTIVE:
            return
        result = Facts(results={str(quiz_id): reached_share(score, max_score)})
        self.results = dict(self.facts.union(result).results)
        self.active_at = max(self.active_at, at)

    def settle(self, outline: Outline, *, now: datetime) -> None:
        """Complete the course if nothing is left of it. Doing it again changes nothing."""
        if self.completed_at is not None or self.state is not EnrolmentState.ACTIVE:
            return
        if evaluate(outline, self.facts, now).is_complete:
            self.completed_at = now
            self.record(
                CompletionReached(
                    user_id=self.user_id, course_id=self.course_id, number=outline.number, completed_at=now
                )
            )


def _block_ids(nodes: tuple[StructureNode, ...]) -> list[UUID]:
    found: list[UUID] = []
    for node in nodes:
        found.extend([node.id] if node.kind == "block" else _block_ids(node.children))
    return found
