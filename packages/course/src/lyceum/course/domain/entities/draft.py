"""The outline that authors work on: which nodes there are, inside each other and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from lyceum.course.domain.values import refusal
from lyceum.course.ports import NodeNotFound
from lyceum.course.ports.structure import NodeKind
from lyceum.kernel.aggregate import Aggregate

MAX_NODES = 5_000
PARENT_KIND: dict[NodeKind, NodeKind | None] = {"section": None, "lesson": "section", "page": "lesson", "block": "page"}

Branch = dict[str, Any]
"""`{"id": text, "kind": kind, "children": [branch, …]}`, as it is stored."""


@dataclass(kw_only=True, eq=False)
class Draft(Aggregate):
    """Its id is the course's; its version changes with the outline, not with what single nodes hold.

    `tree` is never changed in place: a new list takes its place, so that persistence sees the change.
    """

    id: UUID
    tree: list[Branch]

    @classmethod
    def begin(cls, course_id: UUID) -> Self:
        """An outline with nothing in it."""
        return cls(id=course_id, tree=[])

    def insert(self, node_id: UUID, kind: NodeKind, *, parent_id: UUID | None, position: int | None = None) -> None:
        """Put a new node below its parent, at a place counted from 0; at the end without one.

        Raises `NodeNotFound` for an unknown parent, `ValidationFailed` for a parent of the wrong kind, for a place that
        is not there, and when the course has too many nodes.
        """
        if self.contains(node_id):
            raise refusal("/id", "This node is in the outline already")
        if sum(1 for _ in self.walk()) >= MAX_NODES:
            raise refusal("/parent_id", f"A course has at most {MAX_NODES} nodes")
        self._place({"id": str(node_id), "kind": kind, "children": []}, parent_id, position)

    def move(self, node_id: UUID, *, parent_id: UUID | None, position: int | None = None) -> None:
        """Put a node and all below it elsewhere. `position` counts without the node itself. Raises as `insert` does."""
        branch = self._branch(node_id)
        before = self.tree
        self.tree = _without(self.tree, str(node_id))
        try:
            self._place(branch, parent_id, position)
        except Exception:
            self.tree = before
            raise

    def remove(self, node_id: UUID) -> list[UUID]:
        """Take a node out with all below it; their ids. Raises `NodeNotFound`."""
        removed = [UUID(found["id"]) for found in _walk([self._branch(node_id)])]
        self.tree = _without(self.tree, str(node_id))
        return removed

    def contains(self, node_id: UUID) -> bool:
        return any(branch["id"] == str(node_id) for branch in self.walk())

    def walk(self) -> Iterator[Branch]:
        """All branches, each before those below it."""
        return _walk(self.tree)

    def parent_of(self, node_id: UUID) -> UUID | None:
        """Null for a section. Raises `NodeNotFound`."""
        self._branch(node_id)
        for branch in self.walk():
            if any(child["id"] == str(node_id) for child in branch["children"]):
                return UUID(branch["id"])
        return None

    def descendants(self, node_id: UUID) -> set[UUID]:
        """The ids of all nodes below one. Raises `NodeNotFound`."""
        return {UUID(branch["id"]) for branch in _walk(self._branch(node_id)["children"])}

    def _branch(self, node_id: UUID) -> Branch:
        for branch in self.walk():
            if branch["id"] == str(node_id):
                return branch
        raise NodeNotFound()

    def _place(self, branch: Branch, parent_id: UUID | None, position: int | None) -> None:
        parent = None if parent_id is None else self._branch(parent_id)
        if PARENT_KIND[branch["kind"]] != (parent["kind"] if parent else None):
            wanted = PARENT_KIND[branch["kind"]]
            raise refusal("/parent_id", f"A {branch['kind']} belongs {f'into a {wanted}' if wanted else 'at the top'}")
        siblings = parent["children"] if parent else self.tree
        place = len(siblings) if position is None else position
        if not 0 <= place <= len(siblings):
            raise refusal("/position", f"There are {len(siblings)} nodes here: a position from 0 to {len(siblings)}")
        self.tree = _with(self.tree, None if parent is None else parent["id"], place, branch)


def _walk(branches: list[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _walk(branch["children"])


def _without(branches: list[Branch], node_id: str) -> list[Branch]:
    return [
        {**branch, "children": _without(branch["children"], node_id)} for branch in branches if branch["id"] != node_id
    ]


def _with(branches: list[Branch], parent_id: str | None, place: int, new: Branch) -> list[Branch]:
    if parent_id is None:
        return [*branches[:place], new, *branches[place:]]
    return [
        {
            **branch,
            "children": [*branch["children"][:place], new, *branch["children"][place:]]
            if branch["id"] == parent_id
            else _with(branch["children"], parent_id, place, new),
        }
        for branch in branches
    ]
