"""Working on the draft: the outline, and what its nodes hold."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from lyceum.course.domain.content import BlockContent
from lyceum.course.domain.entities import Branch, Draft, Node, NodeChange
from lyceum.course.domain.importing import HtmlSanitiser
from lyceum.course.domain.repositories import CourseUnit
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports import DraftConflict, NodeNotFound
from lyceum.course.schemas.internal import DraftNode, DraftView, MoveRequest, NodeEdit, NodeRequest, NodeView
from lyceum.course.services.authority import course_to_author
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal

_CONTENT: TypeAdapter[BlockContent] = TypeAdapter(BlockContent)


class Drafting:
    """Two authors on different nodes never meet; on the same node or outline, the second gets `DraftConflict`.

    All of these raise `NotAuthenticated`, `CourseNotFound` and `PermissionDenied`.
    """

    def __init__(self, *, units: Callable[[], CourseUnit], sanitiser: HtmlSanitiser, clock: Clock) -> None:
        self._units = units
        self._sanitiser = sanitiser
        self._clock = clock

    async def outline(self, principal: Principal, course_id: UUID) -> DraftView:
        """The whole outline, without what blocks hold."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            draft = await unit.drafts.get(course_id)
            return _draft_view(draft, await unit.nodes.of_course(course_id))

    async def node(self, principal: Principal, course_id: UUID, node_id: UUID) -> NodeView:
        """Raises `NodeNotFound`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            return node_view(await unit.nodes.get(course_id, node_id))

    async def add(
        self, principal: Principal, course_id: UUID, request: NodeRequest, *, expected: int | None
    ) -> NodeView:
        """Raises `NodeNotFound` for an unknown parent, `DraftConflict`, `ValidationFailed`."""
        content = None if request.content is None else self._content(request.content)
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            draft = await self._expected_draft(unit, course_id, expected)
            node = Node.create(
                node_id=new_id(),
                course_id=course_id,
                kind=request.kind,
                title=request.title,
                content=content,
                completion=request.completion,
                optional=request.optional,
                visibility=NodeVisibility(request.visibility),
                now=self._clock.now(),
            )
            draft.insert(node.id, node.kind, parent_id=request.parent_id, position=request.position)
            unit.nodes.add(node)
            await unit.commit()
            return node_view(node)

    async def edit(
        self, principal: Principal, course_id: UUID, node_id: UUID, edit: NodeEdit, *, expected: int | None
    ) -> NodeView:
        """Raises `NodeNotFound`, `DraftConflict` (with the node as it is now), `ValidationFailed`."""
        content = None if edit.content is None else self._content(edit.content)
        change = NodeChange(
            title=edit.title,
            visibility=None if edit.visibility is None else NodeVisibility(edit.visibility),
            optional=edit.optional,
            graded=edit.graded,
            completion=edit.completion,
            requires=None if edit.requires is None else tuple(edit.requires),
            available_from=edit.available_from,
            due_at=edit.due_at,
            clear_available_from="available_from" in edit.model_fields_set and edit.available_from is None,
            clear_due_at="due_at" in edit.model_fields_set and edit.due_at is None,
            content=content,
        )
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            node = await unit.nodes.get(course_id, node_id)
            if expected is not None and node.version != expected:
                raise DraftConflict(expected=expected, actual=node.version, current=node_view(node))
            await _check_requirements(unit, course_id, change.requires)
            node.edit(change, now=self._clock.now())
            await unit.commit()
            return node_view(node)

    async def move(
        self, principal: Principal, course_id: UUID, request: MoveRequest, *, expected: int | None
    ) -> DraftView:
        """Raises `NodeNotFound`, `DraftConflict` (with the outline as it is now), `ValidationFailed`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            draft = await self._expected_draft(unit, course_id, expected)
            draft.move(request.node_id, parent_id=request.parent_id, position=request.position)
            nodes = await unit.nodes.of_course(course_id)
            await unit.commit()
            return _draft_view(draft, nodes)

    async def remove(self, principal: Principal, course_id: UUID, node_id: UUID, *, expected: int | None) -> None:
        """Takes all below it along. Raises `NodeNotFound`, `DraftConflict`."""
        async with self._units() as unit:
            await course_to_author(unit, principal, course_id)
            draft = await self._expected_draft(unit, course_id, expected)
            await unit.nodes.remove(course_id, draft.remove(node_id))
            await unit.commit()

    async def _expected_draft(self, unit: CourseUnit, course_id: UUID, expected: int | None) -> Draft:
        draft = await unit.drafts.get_to_change(course_id)
        if expected is not None and draft.version != expected:
            current = _draft_view(draft, await unit.nodes.of_course(course_id))
            raise DraftConflict(expected=expected, actual=draft.version, current=current)
        return draft

    def _content(self, raw: Mapping[str, Any]) -> BlockContent:
        try:
            content = _CONTENT.validate_python(raw)
        except ValidationError as error:
            raise ValidationFailed(
                errors=[
                    {"pointer": "/".join(["/content", *map(str, each["loc"][1:])]), "detail": each["msg"]}
                    for each in error.errors(include_input=False, include_url=False, include_context=False)
                ]
            ) from error
        if content.kind == "rich_text":
            return content.model_copy(update={"html": self._sanitiser.clean(content.html).html})
        return content


async def _check_requirements(unit: CourseUnit, course_id: UUID, requires: tuple[UUID, ...] | None) -> None:
    if requires:
        draft = await unit.drafts.get(course_id)
        if not all(draft.contains(required) for required in requires):
            raise NodeNotFound("A required part is not in this course")


def _draft_view(draft: Draft, nodes: Mapping[UUID, Node]) -> DraftView:
    def view(branch: Branch) -> DraftNode:
        node = nodes[UUID(branch["id"])]
        return DraftNode(
            id=node.id,
            kind=node.kind,
            title=node.title,
            visibility=node.visibility.value,
            optional=node.optional,
            block_kind=node.block_kind,
            version=node.version,
            children=[view(child) for child in branch["children"]],
        )

    return DraftView(course_id=draft.id, version=draft.version, sections=[view(branch) for branch in draft.tree])


def node_view(node: Node) -> NodeView:
    """A node as its authors see it."""
    return NodeView(
        id=node.id,
        kind=node.kind,
        title=node.title,
        visibility=node.visibility.value,
        optional=node.optional,
        graded=node.graded,
        completion=node.completion,
        requires=list(node.requires),
        available_from=node.available_from,
        due_at=node.due_at,
        block_kind=node.block_kind,
        content=None if node.content is None else node.content.model_dump(mode="json"),
        version=node.version,
    )
