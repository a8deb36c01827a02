"""What learners read: the outline and the pages of the version that is published."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from lyceum.course.domain.assembling import node_id
from lyceum.course.domain.content import RichText
from lyceum.course.domain.importing.references import Reference, rewrite_references
from lyceum.course.domain.policies import EDIT, INSTRUCT, is_open
from lyceum.course.domain.queries import CourseFacts, CourseQueries
from lyceum.course.domain.values import CourseState, EnrolmentState
from lyceum.course.domain.versions import PublishedBlock
from lyceum.course.ports import (
    CourseNotFound,
    CourseStructure,
    NodeNotFound,
    NotEnrolled,
    NotOpenYet,
    NotPublished,
    StructureNode,
)
from lyceum.course.schemas.internal import BlockView, PageView
from lyceum.kernel.clock import Clock
from lyceum.kernel.principal import Principal

MAX_STRUCTURES = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a version as JSON text. `number` is the version: what is cached by it never gets old."""

    course_id: UUID
    number: int
    json: bytes


class Studying:
    def __init__(self, *, queries: CourseQueries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock
        # Versions never change, so that what was read of them can stay.
        self._structures: OrderedDict[tuple[UUID, int], CourseStructure] = OrderedDict()

    async def outline(self, principal: Principal, course_id: UUID) -> Outline:
        """What there is to study, for everybody who may see the course. Raises `CourseNotFound`, `NotPublished`."""
        facts = await self._visible(principal, course_id)
        number = _published(facts)
        found = await self._queries.structure_json(course_id, number)
        if found is None:
            raise NotPublished()
        return Outline(course_id, number, found)

    async def page(self, principal: Principal, course_id: UUID, page_id: UUID) -> PageView:
        """A page with all it holds, for learners of the course and those who teach it.

        Raises `NotAuthenticated`, `CourseNotFound`, `NotPublished`, `NotEnrolled`, `NodeNotFound`, `NotOpenYet`.
        """
        principal.require_user()
        facts = await self._visible(principal, course_id)
        teaches = _teaches(principal, facts)
        if not teaches and facts.enrolment_state in (None, EnrolmentState.WITHDRAWN):
            raise NotEnrolled()
        number = _published(facts)
        structure = await self._structure(course_id, number)
        place = _find_page(structure, page_id)
        if place is None:
            raise NodeNotFound()
        if not teaches:
            _check_open(place.path, self._clock.now())
        blocks = await self._queries.page_blocks(course_id, number, page_id)
        if not teaches:
            opening = {node.id: node.available_from for node in place.path[-1].children}
            blocks = [block for block in blocks if is_open(opening.get(block.id), self._clock.now())]
        return PageView(
            id=page_id,
            course_id=course_id,
            number=number,
            title=place.path[-1].title,
            path=[node.title for node in place.path],
            graded=any(node.graded for node in place.path),
            due_at=next((node.due_at for node in reversed(place.path) if node.due_at is not None), None),
            previous_page_id=place.previous,
            next_page_id=place.next,
            blocks=[_block_view(block, structure) for block in blocks],
        )

    async def _structure(self, course_id: UUID, number: int) -> CourseStructure:
        key = (course_id, number)
        if key not in self._structures:
            found = await self._queries.structure(course_id, number)
            if found is None:
                raise NotPublished()
            self._structures[key] = found
            if len(self._structures) > MAX_STRUCTURES:
                self._structures.popitem(last=False)
            return found
        self._structures.move_to_end(key)
        return self._structures[key]

    async def _visible(self, principal: Principal, course_id: UUID) -> CourseFacts:
        facts = await self._queries.facts(course_id, principal.user_id)
        if facts is None:
            raise CourseNotFound()
        took_it = facts.enrolment_state not in (None, EnrolmentState.WITHDRAWN)
        visible = (
            facts.state == CourseState.PUBLISHED
            or (facts.state == CourseState.ARCHIVED and took_it)
            or _teaches(principal, facts)
        )
        if not visible:
            raise CourseNotFound()
        return facts


@dataclass(frozen=True, slots=True)
class _Place:
    path: tuple[StructureNode, ...]
    previous: UUID | None
    next: UUID | None


def _published(facts: CourseFacts) -> int:
    if facts.number is None:
        raise NotPublished()
    return facts.number


def _teaches(principal: Principal, facts: CourseFacts) -> bool:
    if not principal.is_authenticated:
        return False
    return facts.instructor_role is not None or any(
        principal.allows(permission, organisation=facts.organisation_id, course=facts.id)
        for permission in (EDIT, INSTRUCT)
    )


def _find_page(structure: CourseStructure, page_id: UUID) -> _Place | None:
    pages = list(_pages(structure))
    for position, path in enumerate(pages):
        if path[-1].id == page_id:
            return _Place(
                path=path,
                previous=pages[position - 1][-1].id if position else None,
                next=pages[position + 1][-1].id if position + 1 < len(pages) else None,
            )
    return None


def _pages(structure: CourseStructure) -> Iterator[tuple[StructureNode, ...]]:
    for section in structure.sections:
        for lesson in section.children:
            for page in lesson.children:
                yield section, lesson, page


def _check_open(path: tuple[StructureNode, ...], now: datetime) -> None:
    for node in path:
        if node.available_from is not None and not is_open(node.available_from, now):
            raise NotOpenYet(available_from=node.available_from)


def _block_view(block: PublishedBlock, structure: CourseStructure) -> BlockView:
    content: dict[str, Any] = block.content.model_dump(mode="json")
    if isinstance(block.content, RichText):
        content["html"] = rewrite_references(block.content.html, lambda reference: _address(reference, structure))
    return BlockView(id=block.id, title=block.title, kind=block.content.kind, optional=block.optional, content=content)


def _address(reference: Reference, structure: CourseStructure) -> str:
    course_id = structure.course_id
    fragment = f"#{reference.fragment}" if reference.fragment else ""
    if reference.kind == "asset":
        return f"/api/v1/courses/{course_id}/assets/{quote(reference.target)}{fragment}"
    page = _page_of(structure, reference.target)
    return f"/learn/{course_id}" if page is None else f"/learn/{course_id}/{page}{fragment}"


def _page_of(structure: CourseStructure, target: str) -> UUID | None:
    """The page that a link to a node leads to: the node itself, the page around it, or the first one inside.

    `target` is the node's id or, in what was imported, its source.
    """
    wanted = {str(node_id(structure.course_id, target)), target}
    for section, lesson, page in _pages(structure):
        if any(str(node.id) in wanted for node in (section, lesson, page, *page.children)):
            return page.id
    return None
