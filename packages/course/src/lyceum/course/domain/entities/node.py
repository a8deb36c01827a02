"""A section, lesson, page or block as authors edit it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from lyceum.course.domain import values
from lyceum.course.domain.content import BlockContent
from lyceum.course.domain.values import NodeVisibility, refusal
from lyceum.course.ports.structure import (
    AllChildren,
    Answered,
    BlockKind,
    CompletionRule,
    NodeKind,
    ScoreAtLeast,
    SomeChildren,
    Viewed,
)
from lyceum.kernel.aggregate import Aggregate

MAX_REQUIREMENTS = 20
_CONTAINER_RULES = ("all", "any", "at-least")


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeChange:
    """What to change about a node. Null leaves a thing as it is; times are cleared through their own flags."""

    title: str | None = None
    visibility: NodeVisibility | None = None
    optional: bool | None = None
    graded: bool | None = None
    completion: CompletionRule | None = None
    requires: tuple[UUID, ...] | None = None
    available_from: datetime | None = None
    due_at: datetime | None = None
    clear_available_from: bool = False
    clear_due_at: bool = False
    content: BlockContent | None = None


@dataclass(kw_only=True, eq=False)
class Node(Aggregate):
    """`source` is the id that it had where it was imported from. Only blocks have `content`."""

    id: UUID
    course_id: UUID
    kind: NodeKind
    title: str
    source: str | None
    visibility: NodeVisibility
    optional: bool
    graded: bool
    completion: CompletionRule
    requires: tuple[UUID, ...]
    available_from: datetime | None
    due_at: datetime | None
    content: BlockContent | None
    updated_at: datetime

    @classmethod
    def create(
        cls,
        *,
        node_id: UUID,
        course_id: UUID,
        kind: NodeKind,
        title: str,
        now: datetime,
        content: BlockContent | None = None,
        source: str | None = None,
        completion: CompletionRule | None = None,
        optional: bool = False,
        visibility: NodeVisibility = NodeVisibility.VISIBLE,
    ) -> Self:
        """Raises `ValidationFailed`."""
        _check_content(kind, content)
        rule = completion or default_rule(kind, content)
        _check_rule(kind, rule)
        return cls(
            id=node_id,
            course_id=course_id,
            kind=kind,
            title=values.title(title),
            source=source,
            visibility=visibility,
            optional=optional,
            graded=False,
            completion=rule,
            requires=(),
            available_from=None,
            due_at=None,
            content=content,
            updated_at=now,
        )

    @property
    def block_kind(self) -> BlockKind | None:
        return None if self.content is None else self.content.kind

    def edit(self, change: NodeChange, *, now: datetime) -> None:
        """Raises `ValidationFailed`; then nothing has changed."""
        title = self.title if change.title is None else values.title(change.title)
        rule = self.completion if change.completion is None else change.completion
        _check_rule(self.kind, rule)
        if change.content is not None:
            _check_content(self.kind, change.content)
            if change.content.kind != self.block_kind:
                raise refusal("/content/kind", "A block keeps its kind; make a new one instead")
        requires = self.requires if change.requires is None else tuple(dict.fromkeys(change.requires))
        if len(requires) > MAX_REQUIREMENTS:
            raise refusal("/requires", f"At most {MAX_REQUIREMENTS} nodes can be required")
        if self.id in requires:
            raise refusal("/requires", "A node cannot require itself")
        self.title, self.completion, self.requires = title, rule, requires
        self.visibility = self.visibility if change.visibility is None else change.visibility
        self.optional = self.optional if change.optional is None else change.optional
        self.graded = self.graded if change.graded is None else change.graded
        self.content = self.content if change.content is None else change.content
        self.available_from = None if change.clear_available_from else (change.available_from or self.available_from)
        self.due_at = None if change.clear_due_at else (change.due_at or self.due_at)
        self.updated_at = now


def default_rule(kind: NodeKind, content: BlockContent | None) -> CompletionRule:
    """What completes a node unless its author says otherwise."""
    if kind != "block":
        return AllChildren()
    return Answered() if content is not None and content.kind == "problem" else Viewed()


def _check_content(kind: NodeKind, content: BlockContent | None) -> None:
    if (kind == "block") is (content is None):
        raise refusal("/content", "Blocks have content, and nothing else has")


def _check_rule(kind: NodeKind, rule: CompletionRule) -> None:
    if (rule.rule in _CONTAINER_RULES) is (kind == "block"):
        raise refusal("/completion/rule", f"A {kind} is not completed by the rule {rule.rule}")
    if isinstance(rule, SomeChildren) and rule.count > 1000:
        raise refusal("/completion/count", "At most 1,000")
    if isinstance(rule, ScoreAtLeast) and rule.share != round(rule.share, 4):
        raise refusal("/completion/share", "A share has at most four decimal places")
