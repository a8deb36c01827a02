"""What progress's tests share: courses built in a few words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from hypothesis import HealthCheck, settings

from lyceum.course.ports import AllChildren, CourseStructure, NodeKind, StructureNode, Viewed
from lyceum.progress.domain.entities import PublishedCourse
from lyceum.progress.domain.outline import Outline

settings.register_profile("package", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("package")

NAMES = UUID("0b9f5c1e-6a55-4b4f-8a63-5e0f0c8d2a11")
PUBLISHED_AT = datetime(2030, 1, 1, tzinfo=UTC)


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


@pytest.fixture
def build() -> Build:
    return Build()


@pytest.fixture
def copied() -> Callable[[CourseStructure], PublishedCourse]:
    """A fresh copy of a structure."""
    return lambda structure: PublishedCourse.first(structure, published_at=PUBLISHED_AT)


@pytest.fixture
def outlined(copied: Callable[[CourseStructure], PublishedCourse]) -> Callable[[CourseStructure], Outline]:
    """The outline of a structure that was never published before."""
    return lambda structure: copied(structure).outline()
