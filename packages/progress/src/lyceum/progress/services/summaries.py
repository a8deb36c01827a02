"""A learner's progress in a course, part by part."""

from lyceum.progress.domain.evaluation import Evaluation, percentage
from lyceum.progress.domain.values import Standing
from lyceum.progress.schemas.internal import CourseProgressView, PartSummary, ResumePosition


def course_progress(standing: Standing, evaluation: Evaluation) -> CourseProgressView:
    """The whole page."""
    outline = evaluation.outline
    return CourseProgressView(
        course_id=outline.course_id,
        number=outline.number,
        title=outline.title,
        state=standing.state.value,
        required=evaluation.required,
        remaining=evaluation.remaining,
        percentage=evaluation.percentage,
        enrolled_at=standing.enrolled_at,
        active_at=standing.active_at,
        completed_at=standing.completed_at,
        resume=_resume(standing, evaluation),
        sections=[_part(evaluation, section, locked=False) for section in outline.sections],
    )


def _part(evaluation: Evaluation, place: int, *, locked: bool) -> PartSummary:
    nodes = evaluation.outline.nodes
    node = nodes[place]
    locked = locked or place in evaluation.closed
    left = evaluation.left(node)
    parts: list[PartSummary] = []
    child = place + 1
    while child < node.end:
        if nodes[child].kind != "block":
            parts.append(_part(evaluation, child, locked=locked))
        child = nodes[child].end
    return PartSummary(
        id=node.id,
        kind=node.kind,
        title=node.title,
        optional=node.optional,
        required=node.need.size,
        remaining=left,
        percentage=percentage(node.need.size, left),
        done=left == 0,
        locked=locked,
        parts=parts,
    )


def _resume(standing: Standing, evaluation: Evaluation) -> ResumePosition | None:
    outline = evaluation.outline
    seconds: int | None = None
    place: int | None = None
    if standing.position is not None:
        place, seconds = outline.place_of(standing.position.node_id), standing.position.seconds
    if place is None or evaluation.locks(place):
        # Never there, or what was there is gone or closed now.
        place, seconds = _first_open_page(evaluation), None
    if place is None:
        return None
    node = outline.nodes[place]
    page = outline.page_at(place)
    return ResumePosition(node_id=node.id, page_id=page, kind=node.kind, title=node.title, seconds=seconds)


def _first_open_page(evaluation: Evaluation) -> int | None:
    for place, node in enumerate(evaluation.outline.nodes):
        if node.kind == "page" and evaluation.left(node) and not evaluation.locks(place):
            return place
    return None
