"""Course's units, queries and object storage without a database, for service tests."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from lyceum.course.domain.assets import Asset
from lyceum.course.domain.entities import Course, CourseExport, CourseImport, Draft, Enrolment, Node
from lyceum.course.domain.values import InstructorRole
from lyceum.course.domain.versions import CourseVersion
from lyceum.course.ports import (
    CourseNotFound,
    EnrolledAlready,
    ExportNotFound,
    ImportNotFound,
    NodeNotFound,
    SlugTaken,
    VersionNotFound,
)
from lyceum.course.services.published_events import published
from lyceum.kernel.errors import NotFound, VersionConflict
from lyceum.testing.memory_unit import MemoryRepository, MemoryStore, MemoryUnit


class MemoryCourses(MemoryRepository[Course]):
    async def slug_taken(self, slug: str) -> bool:
        return any(course.slug == slug for course in self.all())


class MemoryInstructors:
    def __init__(self, rows: dict[tuple[UUID, UUID], InstructorRole]) -> None:
        self._rows = rows

    async def role_of(self, user_id: UUID, course_id: UUID) -> InstructorRole | None:
        return self._rows.get((course_id, user_id))

    async def of_course(self, course_id: UUID, *, to_change: bool = False) -> Mapping[UUID, InstructorRole]:
        return {user_id: role for (course, user_id), role in sorted(self._rows.items()) if course == course_id}

    async def appoint(self, user_id: UUID, course_id: UUID, role: InstructorRole) -> None:
        self._rows[course_id, user_id] = role

    async def dismiss(self, user_id: UUID, course_id: UUID) -> None:
        self._rows.pop((course_id, user_id), None)


class MemoryDrafts(MemoryRepository[Draft]):
    async def get_to_change(self, course_id: UUID) -> Draft:
        return await self.get(course_id)


class MemoryNodes:
    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit

    async def get(self, course_id: UUID, node_id: UUID) -> Node:
        node = self._unit.find(Node, node_id)
        if node is None or node.course_id != course_id:
            raise NodeNotFound()
        return node

    async def of_course(self, course_id: UUID) -> Mapping[UUID, Node]:
        return {node.id: node for node in self._unit.every(Node) if node.course_id == course_id}

    def add(self, node: Node) -> None:
        self._unit.attach(Node, node)

    async def remove(self, course_id: UUID, node_ids: Iterable[UUID]) -> None:
        for node_id in node_ids:
            node = self._unit.find(Node, node_id)
            if node is not None and node.course_id == course_id:
                self._unit.detach(Node, node_id)


class MemoryVersions:
    def __init__(self, rows: dict[tuple[UUID, int], CourseVersion]) -> None:
        self._rows = rows

    async def get(self, course_id: UUID, number: int) -> CourseVersion:
        if (course_id, number) not in self._rows:
            raise VersionNotFound()
        return self._rows[course_id, number]

    async def add(self, version: CourseVersion) -> None:
        if (version.course_id, version.number) in self._rows:
            raise VersionConflict()
        self._rows[version.course_id, version.number] = version


class MemoryAssets:
    def __init__(self, rows: dict[tuple[UUID, str], Asset]) -> None:
        self._rows = rows

    async def find(self, course_id: UUID, path: str) -> Asset | None:
        return self._rows.get((course_id, path))

    async def of_course(self, course_id: UUID) -> Sequence[Asset]:
        return [asset for (course, _), asset in sorted(self._rows.items()) if course == course_id]

    async def put(self, course_id: UUID, assets: Iterable[Asset]) -> None:
        self._rows.update({(course_id, asset.path): asset for asset in assets})

    async def remove(self, course_id: UUID, path: str) -> bool:
        return self._rows.pop((course_id, path), None) is not None


class MemoryEnrolments(MemoryRepository[Enrolment]):
    async def find(self, course_id: UUID, user_id: UUID) -> Enrolment | None:
        found = (each for each in self.all() if (each.course_id, each.user_id) == (course_id, user_id))
        return next(found, None)


class MemoryCourseUnit(MemoryUnit):
    courses: MemoryCourses
    instructors: MemoryInstructors
    drafts: MemoryDrafts
    nodes: MemoryNodes
    versions: MemoryVersions
    assets: MemoryAssets
    enrolments: MemoryEnrolments
    imports: MemoryRepository[CourseImport]
    exports: MemoryRepository[CourseExport]

    def bind(self) -> None:
        self.courses = MemoryCourses(self, Course, CourseNotFound)
        self.instructors = MemoryInstructors(self.rows("instructors"))
        self.drafts = MemoryDrafts(self, Draft, CourseNotFound)
        self.nodes = MemoryNodes(self)
        self.versions = MemoryVersions(self.rows("versions"))
        self.assets = MemoryAssets(self.rows("assets"))
        self.enrolments = MemoryEnrolments(self, Enrolment, CourseNotFound)
        self.imports = MemoryRepository(self, CourseImport, ImportNotFound)
        self.exports = MemoryRepository(self, CourseExport, ExportNotFound)

    def check(self) -> None:
        slugs = [course.slug for course in self.every(Course)]
        if len(slugs) != len(set(slugs)):
            raise SlugTaken()
        takings = [(each.course_id, each.user_id) for each in self.every(Enrolment)]
        if len(takings) != len(set(takings)):
            raise EnrolledAlready()


class MemoryObjects:
    """Object storage as services see it."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    async def save(self, key: str, content: Path | AsyncIterator[bytes], media_type: str) -> None:
        if isinstance(content, Path):
            self.objects[key] = await asyncio.to_thread(content.read_bytes)
        else:
            self.objects[key] = b"".join([chunk async for chunk in content])

    async def adopt(self, platform_key: str, key: str) -> None:
        if platform_key not in self.objects:
            raise NotFound()
        self.objects[key] = self.objects[platform_key]

    async def fetch(self, key: str, destination: Path) -> None:
        if key not in self.objects:
            raise NotFound()
        await asyncio.to_thread(destination.write_bytes, self.objects[key])

    async def exists(self, key: str) -> bool:
        return key in self.objects

    async def remove(self, key: str) -> None:
        self.objects.pop(key, None)

    async def remove_folder(self, folder: str) -> None:
        self.objects = {key: value for key, value in self.objects.items() if not key.startswith(f"{folder}/")}


class MemoryCourse:
    """Everything that the services need of persistence."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.objects = MemoryObjects()

    def units(self) -> MemoryCourseUnit:
        return MemoryCourseUnit(self.store, published)

    def all(self, kind: type) -> list[Any]:
        """The committed aggregates of one kind."""
        return list(self.store.aggregates.get(kind, {}).values())
