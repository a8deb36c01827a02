"""The published structure of a course: what there is to study, in which order, and what completes it."""

from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.course.schemas.completion import (
    AllChildren,
    Answered,
    AnyChild,
    BlockKind,
    BlockRule,
    CompletionRule,
    ContainerRule,
    NodeKind,
    ScoreAtLeast,
    SomeChildren,
    Viewed,
)
from lyceum.kernel.ports import Port

__all__ = [
    "AllChildren",
    "Answered",
    "AnyChild",
    "BlockKind",
    "BlockRule",
    "CompletionRule",
    "ContainerRule",
    "CourseStructure",
    "CourseStructures",
    "NodeKind",
    "ScoreAtLeast",
    "SomeChildren",
    "StructureNode",
    "Viewed",
]


class StructureNode(BaseModel):
    """A section, lesson, page or block of a published version.

    `children` are in order. Blocks have a `block_kind`; a problem has the `quiz_id` that assessment knows. `requires`
    names nodes that must be done before this one opens; `available_from` is the moment it opens, null for at once.
    `graded` and `due_at` hold for all that is in a node, unless something in there has a `due_at` of its own; versions
    from before there were these two have neither. Node ids stay the same from version to version.
    """

    model_config = ConfigDict(frozen=True)

    id: UUID
    kind: NodeKind
    title: str
    optional: bool = False
    completion: CompletionRule
    requires: tuple[UUID, ...] = ()
    available_from: datetime | None = None
    graded: bool = False
    due_at: datetime | None = None
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
