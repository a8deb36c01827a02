"""Why a course is not complete yet, in words and for programs."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from lyceum.progress.domain.evaluation import Evaluation
from lyceum.progress.domain.explaining import Locked, Unmet, locked_nodes, unmet_requirements
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import EnrolmentState, Standing
from lyceum.progress.schemas.internal import (
    Explanation,
    LockedNode,
    LockReason,
    NodeReference,
    UnmetRequirement,
)

_FOUR_PLACES = Decimal("0.0001")


def explanation(standing: Standing, evaluation: Evaluation, now: datetime) -> Explanation:
    """Everything that is left, and everything that is closed."""
    outline = evaluation.outline
    unmet = [_requirement(outline, found) for found in unmet_requirements(evaluation)]
    if not evaluation.required:
        unmet.append(_nothing_required(outline))
    locked = [_locked(outline, found) for found in locked_nodes(evaluation, now)]
    if standing.state is not EnrolmentState.ACTIVE:
        locked.insert(0, _course_locked(outline.course_id, [outline.title]))
    return Explanation(
        course_id=outline.course_id,
        percentage=evaluation.percentage,
        completed_at=standing.completed_at,
        unmet=unmet,
        locked=locked,
    )


def not_enrolled(course_id: UUID) -> Explanation:
    """For somebody who never took the course, or where there is none: nothing is told about what is in it."""
    missing = UnmetRequirement(
        node_id=course_id, kind="course", path=[], rule="all", missing="Enrol in the course first.", locked=True
    )
    return Explanation(
        course_id=course_id,
        percentage=0,
        completed_at=None,
        unmet=[missing],
        locked=[_course_locked(course_id, [])],
    )


def _requirement(outline: Outline, unmet: Unmet) -> UnmetRequirement:
    node = outline.nodes[unmet.place]
    return UnmetRequirement(
        node_id=node.id,
        page_id=outline.page_at(unmet.place),
        kind=node.kind,
        path=list(outline.path(unmet.place)),
        rule=node.completion.rule,
        missing=_missing(outline, unmet),
        locked=unmet.locked,
        graded=outline.is_graded(unmet.place),
        due_at=outline.due_at(unmet.place),
        reached=None if unmet.reached is None else _short(unmet.reached),
        needed=None if unmet.needed is None else Decimal(unmet.needed),
        options=[_reference(outline, option) for option in unmet.options],
    )


def _missing(outline: Outline, unmet: Unmet) -> str:
    node = outline.nodes[unmet.place]
    if unmet.options:
        titles = ", ".join(outline.nodes[option].title for option in unmet.options)
        return f"{unmet.needed} more of: {titles}."
    match node.completion.rule:
        case "answered":
            return "Not answered yet."
        case "score" if unmet.reached is None:
            return f"Not answered yet; a score of {unmet.needed} is needed."
        case "score":
            return f"Score {_short(unmet.reached or Decimal(0))} of {unmet.needed} needed."
        case _:
            return "Not viewed yet."


def _nothing_required(outline: Outline) -> UnmetRequirement:
    return UnmetRequirement(
        node_id=outline.course_id,
        kind="course",
        path=[outline.title],
        rule="nothing-required",
        missing="Nothing in this course has to be done, so it cannot be completed.",
    )


def _locked(outline: Outline, found: Locked) -> LockedNode:
    node = outline.nodes[found.place]
    reasons = [LockReason(reason="requires", node=_reference(outline, place)) for place in found.requires]
    if found.available_from is not None:
        reasons.append(LockReason(reason="not-yet-available", available_from=found.available_from))
    return LockedNode(node_id=node.id, kind=node.kind, path=list(outline.path(found.place)), reasons=reasons)


def _course_locked(course_id: UUID, path: list[str]) -> LockedNode:
    return LockedNode(node_id=course_id, kind="course", path=path, reasons=[LockReason(reason="not-enrolled")])


def _reference(outline: Outline, place: int) -> NodeReference:
    node = outline.nodes[place]
    return NodeReference(node_id=node.id, kind=node.kind, path=list(outline.path(place)))


def _short(share: Decimal) -> Decimal:
    """Four places are enough to read; rounding down never shows a threshold as reached that is not."""
    return share.quantize(_FOUR_PLACES, rounding="ROUND_DOWN").normalize()
