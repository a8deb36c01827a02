"""An imported course as aggregates, and aggregates as a course to export."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from lyceum.course.domain import content
from lyceum.course.domain.entities import Branch, Draft, Node
from lyceum.course.domain.importing import (
    Caption,
    EmbedBlock,
    FileBlock,
    ImportedBlock,
    ImportedCourse,
    ImportedLesson,
    ImportedPage,
    ImportedSection,
    ProblemBlock,
    RichTextBlock,
    VideoBlock,
    VideoSource,
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

ImportedContainer = ImportedSection | ImportedLesson | ImportedPage


@dataclass(frozen=True)
class Assembled:
    """The outline and the nodes of an imported course."""

    draft: Draft
    nodes: tuple[Node, ...]


def assemble(course: ImportedCourse, *, course_id: UUID, quizzes: Mapping[str, UUID], now: datetime) -> Assembled:
    """Nodes for everything in the course but the problems that became no quiz.

    Ids come from the course's and the source's, so that doing it again gives the same ones. `quizzes` has quiz ids by
    the source of their problem.
    """
    nodes: list[Node] = []

    def branch(item: ImportedContainer | ImportedBlock, kind: NodeKind, children: Iterable[Branch]) -> Branch:
        node = Node.create(
            node_id=uuid5(course_id, item.source),
            course_id=course_id,
            kind=kind,
            title=item.title,
            source=item.source,
            optional=item.optional,
            visibility=_visibility(item),
            content=_content(item, quizzes) if kind == "block" else None,
            now=now,
        )
        if not isinstance(item, RichTextBlock | VideoBlock | ProblemBlock | FileBlock | EmbedBlock):
            node.graded, node.available_from, node.due_at = item.graded, item.starts_at, item.due_at
        nodes.append(node)
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
    return Assembled(Draft(id=course_id, tree=tree), tuple(nodes))


def disassemble(
    base: ImportedCourse, *, draft: Draft, nodes: Mapping[UUID, Node], problems: Mapping[UUID, ForeignProblem]
) -> ImportedCourse:
    """The draft as a course to export; `base` has what is said about the course itself.

    `problems` are the quizzes by their id. A problem block whose quiz is not there is left out.
    """

    def fields(node: Node) -> dict[str, object]:
        return {
            "source": _source(node),
            "title": node.title,
            "visibility": Visibility(node.visibility.value),
            "optional": node.optional,
            "graded": node.graded,
            "starts_at": node.available_from,
            "due_at": node.due_at,
        }

    def page(branch: Branch) -> ImportedPage:
        held = (_block(nodes[UUID(child["id"])], problems) for child in branch["children"])
        return ImportedPage.model_validate(
            {**fields(nodes[UUID(branch["id"])]), "blocks": tuple(block for block in held if block is not None)}
        )

    def lesson(branch: Branch) -> ImportedLesson:
        pages = tuple(page(child) for child in branch["children"])
        return ImportedLesson.model_validate({**fields(nodes[UUID(branch["id"])]), "pages": pages})

    def section(branch: Branch) -> ImportedSection:
        lessons = tuple(lesson(child) for child in branch["children"])
        return ImportedSection.model_validate({**fields(nodes[UUID(branch["id"])]), "lessons": lessons})

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


def _block(node: Node, problems: Mapping[UUID, ForeignProblem]) -> ImportedBlock | None:
    held = node.content
    source, title, optional = _source(node), node.title, node.optional
    hidden = node.visibility is not NodeVisibility.VISIBLE
    match held:
        case content.RichText():
            return RichTextBlock(source=source, title=title, optional=optional, hidden=hidden, html=held.html)
        case content.Video():
            return VideoBlock(
                source=source,
                title=title,
                optional=optional,
                hidden=hidden,
                sources=tuple(VideoSource(kind=each.kind, value=each.value) for each in held.sources),
                captions=tuple(Caption(language=each.language, asset=each.asset) for each in held.captions),
                transcript=held.transcript,
                duration_seconds=held.duration_seconds,
            )
        case content.Problem():
            problem = None if held.quiz_id is None else problems.get(held.quiz_id)
            if problem is None:
                return None
            problem = problem.model_copy(update={"source": source})
            return ProblemBlock(source=source, title=title, optional=optional, hidden=hidden, problem=problem)
        case content.File():
            return FileBlock(source=source, title=title, optional=optional, hidden=hidden, asset=held.asset)
        case content.Embed():
            return EmbedBlock(
                source=source,
                title=title,
                optional=optional,
                hidden=hidden,
                url=held.url,
                presentation=held.presentation,
            )
        case None:
            return None
