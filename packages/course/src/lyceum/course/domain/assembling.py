"""An imported course as aggregates, and aggregates as a course to export."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from lyceum.course.domain import content
from lyceum.course.domain.entities import Branch, Draft, Node
from lyceum.course.domain.entities.draft import MAX_NODES
from lyceum.course.domain.importing import (
    ArchiveTooLarge,
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ImportedCourse,
    ImportedLesson,
    ImportedPage,
    ImportedSection,
    ProblemBlock,
    RefusalReason,
    RichTextBlock,
    VideoBlock,
    Visibility,
)
from lyceum.course.domain.values import NodeVisibility
from lyceum.course.ports import ForeignProblem
from lyceum.course.ports.structure import NodeKind

_VISIBILITY = {
    Visibility.VISIBLE: NodeVisibility.VISIBLE,
    Visibility.HIDDEN: NodeVisibility.HIDDEN,
    Visibility.DRAFT: NodeVisibility.DRAFT,
}

_BLOCK: TypeAdapter[ImportedBlock] = TypeAdapter(ImportedBlock)

ImportedContainer = ImportedSection | ImportedLesson | ImportedPage


@dataclass(frozen=True)
class Assembled:
    """The outline and the nodes of an imported course. `unmet` has the sources of nodes that required something that
    did not arrive, and no longer do."""

    draft: Draft
    nodes: tuple[Node, ...]
    unmet: tuple[str, ...]


def node_id(course_id: UUID, source: str) -> UUID:
    """The id of the node that came from this source: the same one each time."""
    return uuid5(course_id, source)


def assemble(course: ImportedCourse, *, course_id: UUID, quizzes: Mapping[str, UUID], now: datetime) -> Assembled:
    """Nodes for everything in the course but the problems that became no quiz.

    `quizzes` has quiz ids by the source of their problem. Raises `ArchiveTooLarge` for more nodes than an outline may
    have, `ValidationFailed` and pydantic's `ValidationError` for what no author could have entered.
    """
    nodes: dict[str, Node] = {}
    requires: dict[str, tuple[str, ...]] = {}

    def branch(item: ImportedContainer | ImportedBlock, kind: NodeKind, children: Iterable[Branch]) -> Branch:
        node = Node.create(
            node_id=node_id(course_id, item.source),
            course_id=course_id,
            kind=kind,
            title=item.title,
            source=item.source,
            completion=item.completion,
            optional=item.optional,
            visibility=_visibility(item),
            content=_content(item, quizzes) if kind == "block" else None,
            now=now,
        )
        node.graded, node.available_from, node.due_at = item.graded, item.starts_at, item.due_at
        nodes[item.source] = node
        if item.requires:
            requires[item.source] = item.requires
        if len(nodes) > MAX_NODES:
            raise ArchiveTooLarge(
                RefusalReason.TOO_MANY_NODES, f"A course has at most {MAX_NODES} nodes", limit=MAX_NODES
            )
        return {"id": str(node.id), "kind": kind, "children": list(children)}

    def blocks(page: ImportedPage) -> Iterator[Branch]:
        for block in page.blocks:
            if not isinstance(block, ProblemBlock) or block.source in quizzes:
                yield branch(block, "block", ())

    tree = [
        branch(
            section,
            "section",
            [
                branch(lesson, "lesson", [branch(page, "page", list(blocks(page))) for page in lesson.pages])
                for lesson in section.lessons
            ],
        )
        for section in course.sections
    ]
    for source, wanted in requires.items():
        nodes[source].requires = tuple(nodes[each].id for each in dict.fromkeys(wanted) if each in nodes)
    unmet = tuple(source for source, wanted in requires.items() if any(each not in nodes for each in wanted))
    return Assembled(Draft(id=course_id, tree=tree), tuple(nodes.values()), unmet)


def disassemble(
    base: ImportedCourse, *, draft: Draft, nodes: Mapping[UUID, Node], problems: Mapping[UUID, ForeignProblem]
) -> ImportedCourse:
    """The draft as a course to export; `base` has what is said about the course itself.

    `problems` are the quizzes by their id. A problem block whose quiz is not there is left out.
    """

    sources = {UUID(branch["id"]): _source(nodes[UUID(branch["id"])]) for branch in draft.walk()}
    for node in nodes.values():
        if isinstance(node.content, content.Problem) and node.content.quiz_id not in problems:
            sources.pop(node.id, None)

    def fields(node: Node) -> dict[str, Any]:
        return {
            "source": _source(node),
            "title": node.title,
            "optional": node.optional,
            "graded": node.graded,
            "starts_at": node.available_from,
            "due_at": node.due_at,
            "completion": node.completion,
            "requires": tuple(sources[required] for required in node.requires if required in sources),
        }

    def container(branch: Branch) -> dict[str, Any]:
        node = nodes[UUID(branch["id"])]
        return {**fields(node), "visibility": Visibility(node.visibility.value)}

    def block(branch: Branch) -> ImportedBlock | None:
        node = nodes[UUID(branch["id"])]
        hidden = node.visibility is not NodeVisibility.VISIBLE
        held = _held(node, problems)
        return None if held is None else _BLOCK.validate_python({**fields(node), "hidden": hidden, **held})

    def page(branch: Branch) -> ImportedPage:
        blocks = tuple(held for child in branch["children"] if (held := block(child)) is not None)
        return ImportedPage.model_validate({**container(branch), "blocks": blocks})

    def lesson(branch: Branch) -> ImportedLesson:
        pages = tuple(page(child) for child in branch["children"])
        return ImportedLesson.model_validate({**container(branch), "pages": pages})

    def section(branch: Branch) -> ImportedSection:
        lessons = tuple(lesson(child) for child in branch["children"])
        return ImportedSection.model_validate({**container(branch), "lessons": lessons})

    return base.model_copy(update={"sections": tuple(section(branch) for branch in draft.tree)})


def _visibility(item: ImportedContainer | ImportedBlock) -> NodeVisibility:
    if isinstance(item, ImportedSection | ImportedLesson | ImportedPage):
        return _VISIBILITY[item.visibility]
    return NodeVisibility.HIDDEN if item.hidden else NodeVisibility.VISIBLE


def _content(item: ImportedContainer | ImportedBlock, quizzes: Mapping[str, UUID]) -> content.BlockContent | None:
    match item:
        case RichTextBlock():
            return content.RichText(html=item.html)
        case VideoBlock():
            return content.Video(
                sources=tuple(content.VideoSource(kind=each.kind, value=each.value) for each in item.sources),
                captions=tuple(content.Caption(language=each.language, asset=each.asset) for each in item.captions),
                transcript=item.transcript,
                duration_seconds=item.duration_seconds,
            )
        case ProblemBlock():
            return content.Problem(quiz_id=quizzes[item.source])
        case FileBlock():
            return content.File(asset=item.asset)
        case EmbedBlock():
            return content.Embed(url=item.url, presentation=item.presentation)
        case _:
            return None


def _source(node: Node) -> str:
    return node.source or str(node.id)


def _held(node: Node, problems: Mapping[UUID, ForeignProblem]) -> dict[str, Any] | None:
    """What the block holds, in the words of an imported one; null for a problem without a quiz."""
    held = node.content
    if held is None:
        return None
    if isinstance(held, content.Problem):
        problem = None if held.quiz_id is None else problems.get(held.quiz_id)
        if problem is None:
            return None
        return {"kind": held.kind, "problem": problem.model_copy(update={"source": _source(node)})}
    return held.model_dump()
