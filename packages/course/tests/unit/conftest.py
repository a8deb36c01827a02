"""Courses in a few words, for tests without I/O."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from lyceum.course.domain.content import RichText
from lyceum.course.domain.entities import Draft, Node, NodeChange
from lyceum.course.domain.versions import CourseVersion, snapshot

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
NAMES = UUID("3b1c2c55-0c0e-4a53-9d6a-5b2f3f0b9d10")
KINDS = ("section", "lesson", "page", "block")


class Sketch:
    """An outline with its nodes, which are found again by name. The kind of each follows from its
    parent's."""

    def __init__(self) -> None:
        self.course_id = uuid4()
        self.draft = Draft.begin(self.course_id)
        self.nodes: dict[UUID, Node] = {}

    @staticmethod
    def id(name: str) -> UUID:
        return uuid5(NAMES, name)

    def add(self, name: str, parent: str | None = None, **fields: Any) -> Node:
        kind = KINDS[0] if parent is None else KINDS[KINDS.index(self[parent].kind) + 1]
        change = {key: fields.pop(key) for key in ("requires", "available_from", "due_at", "graded") if key in fields}
        if kind == "block":
            fields.setdefault("content", RichText(html=f"<p>{name}</p>"))
        node = Node.create(node_id=self.id(name), course_id=self.course_id, kind=kind, title=name, now=NOW, **fields)
        node.version = 1
        if "requires" in change:
            change["requires"] = tuple(self.id(required) for required in change["requires"])
        node.edit(NodeChange(**change), now=NOW)
        self.draft.insert(node.id, kind, parent_id=None if parent is None else self.id(parent))
        self.nodes[node.id] = node
        return node

    def page(self, *blocks: str) -> "Sketch":
        """A section, a lesson and a page with these blocks."""
        self.add("section")
        self.add("lesson", "section")
        self.add("page", "lesson")
        for block in blocks:
            self.add(block, "page")
        return self

    def __getitem__(self, name: str) -> Node:
        return self.nodes[self.id(name)]

    def version(self, number: int = 1, title: str = "A course") -> CourseVersion:
        return snapshot(
            course_id=self.course_id,
            title=title,
            number=number,
            tree=self.draft.tree,
            nodes=self.nodes,
            note="",
            now=NOW,
            by=uuid4(),
        )


@pytest.fixture
def sketch() -> Sketch:
    return Sketch()


@pytest.fixture(scope="session")
def new_sketch() -> type[Sketch]:
    """For tests that need several."""
    return Sketch


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW
