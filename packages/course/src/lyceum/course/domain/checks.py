"""What is looked at before a draft is published."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.course.domain.entities import Branch, Draft, Node
from lyceum.course.domain.importing.references import Reference, rewrite_references
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports.structure import AllChildren, AnyChild, SomeChildren


class Finding(BaseModel):
    """Something about a draft. An `error` keeps it from being published, a `warning` does not.

    `code` is one of `empty`, `no-content`, `no-quiz`, `missing-asset`, `dead-link`, `requires-itself`,
    `requires-hidden`, `too-few-children`.
    """

    model_config = ConfigDict(frozen=True)

    severity: Literal["error", "warning"]
    code: str
    node_id: UUID | None
    detail: str


def check_draft(draft: Draft, nodes: Mapping[UUID, Node], assets: Set[str]) -> list[Finding]:
    """Everything that is wrong or odd, in the order of the outline. `assets` are the paths of the course's files."""
    visible = list(_visible(draft.tree, nodes))
    shown = {node.id for node, _ in visible}
    findings: list[Finding] = []
    if not any(node.kind == "block" for node, _ in visible):
        findings.append(Finding(severity="error", code="empty", node_id=None, detail="There is nothing to study yet"))
    sources = {node.source for node, _ in visible if node.source} | {str(node_id) for node_id in shown}
    for node, branch in visible:
        findings.extend(_check_node(node, branch, shown, nodes))
        findings.extend(_check_references(node, assets, sources))
    findings.extend(_check_openings(visible, shown))
    return findings


def _visible(tree: list[Branch], nodes: Mapping[UUID, Node]) -> Iterator[tuple[Node, Branch]]:
    for branch in tree:
        node = nodes[UUID(branch["id"])]
        if node.visibility is NodeVisibility.VISIBLE:
            yield node, branch
            yield from _visible(branch["children"], nodes)


def _check_node(node: Node, branch: Branch, shown: Set[UUID], nodes: Mapping[UUID, Node]) -> Iterator[Finding]:
    content = node.content
    if content is not None and content.kind == "problem" and content.quiz_id is None:
        yield Finding(severity="error", code="no-quiz", node_id=node.id, detail="The problem has no quiz")
    if content is not None and (
        (content.kind == "rich_text" and not content.html.strip()) or (content.kind == "video" and not content.sources)
    ):
        yield Finding(severity="warning", code="no-content", node_id=node.id, detail="The block is empty")
    for required in node.requires:
        if required not in shown:
            detail = "It requires a part that learners do not see, and would stay locked"
            yield Finding(severity="error", code="requires-hidden", node_id=node.id, detail=detail)
    if isinstance(node.completion, SomeChildren):
        children = sum(UUID(child["id"]) in shown for child in branch["children"])
        if children < node.completion.count:
            detail = f"It asks for {node.completion.count} children and has {children}"
            yield Finding(severity="error", code="too-few-children", node_id=node.id, detail=detail)


def _check_references(node: Node, assets: Set[str], sources: Set[str]) -> Iterator[Finding]:
    content = node.content
    if content is None:
        return
    wanted: list[str] = []
    if content.kind == "rich_text":
        for reference in _references(content.html):
            if reference.kind == "asset":
                wanted.append(reference.target)
            elif reference.target not in sources:
                detail = f"A link leads to {reference.target}, which learners do not see"
                yield Finding(severity="warning", code="dead-link", node_id=node.id, detail=detail)
    elif content.kind == "file":
        wanted.append(content.asset)
    elif content.kind == "video":
        wanted.extend(source.value for source in content.sources if source.kind == "asset")
        wanted.extend(caption.asset for caption in content.captions)
        wanted.extend([content.transcript] if content.transcript else [])
    for path in wanted:
        if path not in assets:
            detail = f"The file {path} is missing"
            yield Finding(severity="warning", code="missing-asset", node_id=node.id, detail=detail)


def _references(html: str) -> list[Reference]:
    found: list[Reference] = []

    def note(reference: Reference) -> str:
        found.append(reference)
        return str(reference)

    rewrite_references(html, note)
    return found


def _check_openings(visible: Sequence[tuple[Node, Branch]], shown: Set[UUID]) -> Iterator[Finding]:
    """Lets somebody who does all that is open go as far as one can get: what stays closed can be opened by nobody."""
    nodes = {node.id: node for node, _ in visible}
    children = {
        node.id: [nodes[UUID(child["id"])] for child in branch["children"] if UUID(child["id"]) in shown]
        for node, branch in visible
    }
    parents = {child.id: parent for parent, found in children.items() for child in found}
    missing = {node.id: _wanted(node, children[node.id]) for node in nodes.values()}
    locks = {node.id: {required for required in node.requires if required in shown} for node in nodes.values()}
    keys: dict[UUID, list[UUID]] = {}
    for node_id, required in locks.items():
        for key in required:
            keys.setdefault(key, []).append(node_id)
    opened: set[UUID] = set()
    done: set[UUID] = set()
    pending = [node_id for node_id in nodes if node_id not in parents]
    while pending:
        current = pending.pop()
        if current not in opened:
            if locks[current] or (current in parents and parents[current] not in opened):
                continue
            opened.add(current)
            pending.extend(child.id for child in children[current])
        if current in done or missing[current] > 0:
            continue
        done.add(current)
        for waiting in keys.get(current, ()):
            locks[waiting].discard(current)
            pending.append(waiting)
        parent = parents.get(current)
        if parent is not None and not (nodes[current].optional and isinstance(nodes[parent].completion, AllChildren)):
            missing[parent] -= 1
            pending.append(parent)
    for node_id in nodes:
        reachable = node_id not in parents or parents[node_id] in opened
        if reachable and node_id not in opened:
            detail = "What it requires can be done only after it, or never"
            yield Finding(severity="error", code="requires-itself", node_id=node_id, detail=detail)


def _wanted(node: Node, children: Sequence[Node]) -> int:
    """How many of its children have to be done for the node to be done."""
    match node.completion:
        case SomeChildren(count=count):
            return count
        case AnyChild():
            return min(1, len(children))
        case _:
            return sum(not child.optional for child in children)
