"""The published structure of a course: what there is to study, in which order, and what completes it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lyceum.kernel.ports import Port

NodeKind = Literal["section", "lesson", "page", "block"]
BlockKind = Literal["rich_text", "video", "problem", "file", "embed"]


class Viewed(BaseModel):
    """Done when the learner has looked at it."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["viewed"] = "viewed"


class Answered(BaseModel):
    """Done when the learner has handed in an answer, right or wrong."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["answered"] = "answered"


class ScoreAtLeast(BaseModel):
    """Done when the learner's best result reaches this share (0 to 1) of the points."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["score"] = "score"
    share: Annotated[Decimal, Field(gt=0, le=1)]


class AllChildren(BaseModel):
    """Done when every child that is not optional is done."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["all"] = "all"


class AnyChild(BaseModel):
    """Done when one child is done."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["any"] = "any"


class SomeChildren(BaseModel):
    """Done when `count` children are done."""

    model_config = ConfigDict(frozen=True)
    rule: Literal["at-least"] = "at-least"
    count: Annotated[int, Field(ge=1)]


BlockRule = Annotated[Viewed | Answered | ScoreAtLeast, Field(discriminator="rule")]
ContainerRule = Annotated[AllChildren | AnyChild | SomeChildren, Field(discriminator="rule")]
CompletionRule = Annotated[
    Viewed | Answered | ScoreAtLeast | AllChildren | AnyChild | SomeChildren, Field(discriminator="rule")
]


class StructureNode(BaseModel):
    """A section, lesson, page or block of a published version.

    `children` are in order. Blocks have a `block_kind`; a problem has the `quiz_id` that assessment knows. `requires`
    names nodes that must be done before this one opens; `available_from` is the moment it opens, null for at once.
    Node ids stay the same from version to version.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    kind: NodeKind
    title: str
    optional: bool = False
    completion: CompletionRule
    requires: tuple[UUID, ...] = ()
    available_from: datetime | None = None
    block_kind: BlockKind | None = None
    quiz_id: UUID | None = None
    children: tuple["StructureNode", ...] = ()


class CourseStructure(BaseModel):
    """A published version: `number` counts from 1. A course is done when all its required sections are."""

    model_config = ConfigDict(frozen=True)

    course_id: UUID
    number: int
    title: str
    sections: tuple[StructureNode, ...]


@runtime_checkable
class CourseStructures(Port, Protocol):
    """Tells other modules what a course consists of."""

    async def published_structure(self, *, course_id: UUID) -> CourseStructure:
        """The version that learners see now. Raises `CourseNotFound`, and `NotPublished` before the first publish."""
        ...
