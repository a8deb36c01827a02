"""The parts of an outline."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.course.ports import BlockKind, CompletionRule, NodeKind
from lyceum.progress.domain.needs import Need


@dataclass(frozen=True, slots=True)
class Node:
    """A section, lesson, page or block, at its place in reading order (parents come before what is in them).

    `end` is the place after the last node in it; `parent` is -1 for a section. `blocks` is the set of all blocks in it,
    optional ones too. `counting` are the children that its rule looks at; `count` is how many of those it wants, null
    for all of them. `graded` and `due_at` are the node's own; they hold for what is in it, too.
    """

    id: UUID
    kind: NodeKind
    title: str
    optional: bool
    completion: CompletionRule
    block_kind: BlockKind | None
    quiz_id: UUID | None
    parent: int
    end: int
    blocks: int
    need: Need
    graded: bool
    due_at: datetime | None
    counting: tuple[int, ...] = ()
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """What keeps a node and everything in it closed: nodes to be done first, and the moment it opens.

    `blocks` is the set of all blocks behind it.
    """

    place: int
    requires: tuple[int, ...]
    available_from: datetime | None
    blocks: int
