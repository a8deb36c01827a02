"""What is looked at before a draft is published."""

from collections.abc import Iterator, Mapping, Set
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.course.domain.entities import Branch, Draft, Node
from lyceum.course.domain.importing.references import Reference, rewrite_references
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports.structure import SomeChildren


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
    findings.extend(_check_cycles(draft, nodes, shown))
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


def _check_cycles(draft: Draft, nodes: Mapping[UUID, Node], shown: Set[UUID]) -> Iterator[Finding]:
    """A node waits for what it requires, and for what those inside it require; a parent waits for its children."""
    waits: dict[UUID, set[UUID]] = {}
    for branch in draft.walk():
        node_id = UUID(branch["id"])
        children = {UUID(child["id"]) for child in branch["children"]}
        waits[node_id] = (set(nodes[node_id].requires) | children) & shown
        # What is inside a locked node is locked with it.
        for child in children:
            waits.setdefault(child, set())
    parents = {UUID(child["id"]): UUID(branch["id"]) for branch in draft.walk() for child in branch["children"]}
    for node_id in shown:
        node = nodes[node_id]
        if node.requires and _reaches(node.requires, node_id, waits, parents, nodes):
            detail = "It requires something that can only be done after it"
            yield Finding(severity="error", code="requires-itself", node_id=node_id, detail=detail)


def _reaches(
    start: tuple[UUID, ...],
    goal: UUID,
    waits: Mapping[UUID, Set[UUID]],
    parents: Mapping[UUID, UUID],
    nodes: Mapping[UUID, Node],
) -> bool:
    """Whether doing all of `start` needs `goal` done, or opened, first."""
    pending, seen = list(start), set[UUID]()
    while pending:
        current = pending.pop()
        if current == goal:
            return True
        if current in seen:
            continue
        seen.add(current)
        pending.extend(waits.get(current, ()))
        above = parents.get(current)
        while above is not None:  # to do it, everything around it must be open
            pending.extend(nodes[above].requires)
            above = parents.get(above)
    return False
