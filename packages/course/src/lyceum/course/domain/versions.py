"""Published versions: a snapshot of the visible outline with all its contents, and what differs between two of them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.course.domain.content import BlockContent
from lyceum.course.domain.entities import Branch, Node
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports.structure import CourseStructure, StructureNode


class PublishedBlock(BaseModel):
    """A block of a version with what it holds. `position` counts from 0 within its page."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    page_id: UUID
    position: int
    title: str
    optional: bool
    content: BlockContent


@dataclass(frozen=True, kw_only=True)
class CourseVersion:
    """What learners see, or saw. Never changed.

    `hashes` has the hash of every node's own content (not that of its children) by id: two versions are compared by it.
    """

    course_id: UUID
    number: int
    title: str
    content_hash: str
    structure: CourseStructure
    hashes: Mapping[str, str]
    blocks: tuple[PublishedBlock, ...]
    note: str
    restored_from: int | None
    published_at: datetime
    published_by: UUID

    def restored(self, *, number: int, note: str, now: datetime, by: UUID) -> "CourseVersion":
        """The same content as a later version."""
        return CourseVersion(
            course_id=self.course_id,
            number=number,
            title=self.title,
            content_hash=self.content_hash,
            structure=self.structure.model_copy(update={"number": number}),
            hashes=self.hashes,
            blocks=self.blocks,
            note=note,
            restored_from=self.number,
            published_at=now,
            published_by=by,
        )


def snapshot(
    *,
    course_id: UUID,
    title: str,
    number: int,
    tree: Iterable[Branch],
    nodes: Mapping[UUID, Node],
    note: str,
    now: datetime,
    by: UUID,
) -> CourseVersion:
    """The visible part of a draft as a version. What is hidden takes all below it along."""
    hashes: dict[str, str] = {}
    blocks: list[PublishedBlock] = []

    def publish(branch: Branch, parent: UUID | None, position: int) -> StructureNode | None:
        node = nodes[UUID(branch["id"])]
        if node.visibility is not NodeVisibility.VISIBLE:
            return None
        hashes[branch["id"]] = node_hash(node)
        if node.content is not None and parent is not None:
            blocks.append(
                PublishedBlock(
                    id=node.id,
                    page_id=parent,
                    position=position,
                    title=node.title,
                    optional=node.optional,
                    content=node.content,
                )
            )
        return _structure_node(node, _visible(branch["children"], node.id))

    def _visible(branches: list[Branch], parent: UUID | None) -> tuple[StructureNode, ...]:
        found: list[StructureNode] = []
        for branch in branches:
            node = publish(branch, parent, len(found))
            if node is not None:
                found.append(node)
        return tuple(found)

    structure = CourseStructure(course_id=course_id, number=number, title=title, sections=_visible(list(tree), None))
    return CourseVersion(
        course_id=course_id,
        number=number,
        title=title,
        content_hash=_hash([title, *([place, hashes[place[-1]]] for place in _places(structure.sections, ()))]),
        structure=structure,
        hashes=hashes,
        blocks=tuple(blocks),
        note=note,
        restored_from=None,
        published_at=now,
        published_by=by,
    )


def node_hash(node: Node) -> str:
    """SHA-256 over everything about a node that learners can notice, in hexadecimal."""
    return _hash(
        {
            "kind": node.kind,
            "title": node.title,
            "optional": node.optional,
            "graded": node.graded,
            "completion": node.completion.model_dump(mode="json"),
            "requires": [str(required) for required in node.requires],
            "available_from": node.available_from and node.available_from.isoformat(),
            "due_at": node.due_at and node.due_at.isoformat(),
            "content": node.content and node.content.model_dump(mode="json"),
        }
    )


class NodeDifference(BaseModel):
    """A node that two versions do not have alike. `path` has the titles from the section down to it."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    kind: str
    path: tuple[str, ...]
    change: str
    """`added`, `removed`, `moved` (elsewhere or in another order), `changed`, or `moved and changed`."""


def differences(old: CourseVersion | None, new: CourseVersion) -> list[NodeDifference]:
    """What became different from `old` (null: nothing was there) to `new`, in the order of `new`, removals last."""
    before = _located(old)
    after = _located(new)
    found = []
    for node_id, (kind, path, _) in after.items():
        change = _change(node_id, before, after, old, new)
        if change:
            found.append(NodeDifference(id=UUID(node_id), kind=kind, path=path, change=change))
    for node_id, (kind, path, _) in before.items():
        if node_id not in after:
            found.append(NodeDifference(id=UUID(node_id), kind=kind, path=path, change="removed"))
    return found


_Located = dict[str, tuple[str, tuple[str, ...], tuple[str | None, str | None]]]


def _located(version: CourseVersion | None) -> _Located:
    """Each node with its kind, its path, and where it is: its parent, and the sibling before it that stayed."""
    return {} if version is None else dict(_locate(version.structure.sections, (), None))


def _locate(
    nodes: Iterable[StructureNode], path: tuple[str, ...], parent: str | None
) -> Iterator[tuple[str, tuple[str, tuple[str, ...], tuple[str | None, str | None]]]]:
    previous: str | None = None
    for node in nodes:
        own_path = (*path, node.title)
        yield str(node.id), (node.kind, own_path, (parent, previous))
        yield from _locate(node.children, own_path, str(node.id))
        previous = str(node.id)


def _change(
    node_id: str, before: _Located, after: _Located, old: CourseVersion | None, new: CourseVersion
) -> str | None:
    if old is None or node_id not in before:
        return "added"
    moved = _home(node_id, before, after) != _home(node_id, after, before)
    changed = old.hashes[node_id] != new.hashes[node_id]
    return "moved and changed" if moved and changed else "moved" if moved else "changed" if changed else None


def _home(node_id: str, here: _Located, there: _Located) -> tuple[str | None, str | None]:
    """Parent and nearest earlier sibling that both versions have below that parent: a neighbour's coming or going moves
    nobody."""
    parent, previous = here[node_id][2]
    while previous is not None and (previous not in there or there[previous][2][0] != parent):
        previous = here[previous][2][1]
    return parent, previous


def _structure_node(node: Node, children: tuple[StructureNode, ...]) -> StructureNode:
    content = node.content
    return StructureNode(
        id=node.id,
        kind=node.kind,
        title=node.title,
        optional=node.optional,
        completion=node.completion,
        requires=node.requires,
        available_from=node.available_from,
        graded=node.graded,
        due_at=node.due_at,
        block_kind=node.block_kind,
        quiz_id=content.quiz_id if content is not None and content.kind == "problem" else None,
        children=children,
    )


def _places(nodes: Iterable[StructureNode], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for node in nodes:
        place = (*above, str(node.id))
        yield place
        yield from _places(node.children, place)


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
