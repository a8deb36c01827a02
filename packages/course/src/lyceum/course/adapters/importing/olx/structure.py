"""Sections, lessons and pages of an OLX course."""

from collections.abc import Callable

from lyceum.course.adapters.importing.olx.components import blocks_of
from lyceum.course.adapters.importing.olx.context import OlxContext
from lyceum.course.adapters.importing.olx.settings import (
    flag,
    hiding,
    moment,
    optional_of,
    report_leftovers,
    title_of,
)
from lyceum.course.adapters.importing.olx.tree import OlxNode
from lyceum.course.domain.importing import ImportedLesson, ImportedPage, ImportedSection, Visibility

_USED = frozenset({"start", "due", "graded", "format"})
_LEVELS = ("chapter", "sequential", "vertical")


def fill_gaps(course: OlxNode) -> None:
    """Put what stands too high in the course into nodes of the levels between, made for it."""
    _fill(course, 0)


def _fill(node: OlxNode, level: int) -> None:
    if level == len(_LEVELS):
        return
    wanted = _LEVELS[level]
    filled: list[OlxNode] = []
    for child in node.children:
        if child.tag == wanted or child.tag in _BESIDE_THE_OUTLINE:
            filled.append(child)
        elif filled and filled[-1].url_name.endswith("~made") and filled[-1].tag == wanted:
            filled[-1].children.append(child)
        else:
            attributes = {"display_name": child.attributes.get("display_name", "")}
            made = OlxNode(wanted, f"{child.tag[:100]}-{child.url_name}~made", child.element, attributes, [child])
            filled.append(made)
    node.children = filled
    for child in filled:
        if child.tag == wanted:
            _fill(child, level + 1)


_BESIDE_THE_OUTLINE = frozenset({"wiki", "textbook", "static_tab", "course_info", "about", "discussion_topic"})
"""Children of a course that are no part of what learners go through."""


class StructureBuilder:
    """Makes sections of chapters, lessons of sequentials and pages of verticals."""

    def __init__(self, context: OlxContext, page_done: Callable[[], None]) -> None:
        self._context = context
        self._page_done = page_done

    def section(self, node: OlxNode) -> ImportedSection:
        return ImportedSection(
            source=node.source,
            title=title_of(node, "Section"),
            visibility=self._report("section", node),
            optional=optional_of(node),
            starts_at=moment(node.attributes.get("start")),
            due_at=moment(node.attributes.get("due")),
            lessons=tuple(self.lesson(child) for child in node.children if child.tag == "sequential"),
        )

    def lesson(self, node: OlxNode) -> ImportedLesson:
        graded = flag(node, "graded")
        return ImportedLesson(
            source=node.source,
            title=title_of(node, "Lesson"),
            visibility=self._report("lesson", node),
            optional=optional_of(node),
            graded=graded,
            grading_label=node.attributes.get("format") or None,
            starts_at=moment(node.attributes.get("start")),
            due_at=moment(node.attributes.get("due")),
            pages=tuple(self.page(child, graded=graded) for child in node.children if child.tag == "vertical"),
        )

    def page(self, node: OlxNode, *, graded: bool) -> ImportedPage:
        graded = graded or flag(node, "graded")
        visibility = self._report("page", node)
        blocks = [block for child in node.children for block in blocks_of(child, self._context, graded=graded)]
        self._page_done()
        return ImportedPage(
            source=node.source,
            title=title_of(node, "Page"),
            visibility=visibility,
            optional=optional_of(node),
            graded=graded,
            starts_at=moment(node.attributes.get("start")),
            due_at=moment(node.attributes.get("due")),
            blocks=tuple(blocks),
        )

    def _report(self, kind: str, node: OlxNode) -> Visibility:
        report_leftovers(node, _USED, self._context.ledger)
        reasons = hiding(node)
        if node.draft:
            reasons.append("it was never published at its origin, so it is a draft")
        if node.fault is not None:
            self._context.ledger.changed(kind, node.source, f"it is empty: {node.fault}")
        elif node.url_name.endswith("~made"):
            self._context.ledger.changed(kind, node.source, "made for what stood outside of any at its origin")
        elif reasons:
            self._context.ledger.changed(kind, node.source, "; ".join(reasons))
        else:
            self._context.ledger.imported(kind, node.source)
        if node.draft:
            return Visibility.DRAFT
        return Visibility.HIDDEN if reasons else Visibility.VISIBLE
