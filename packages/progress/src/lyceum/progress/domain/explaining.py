"""Why a course is not complete, and why something in it is closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lyceum.course.ports import ScoreAtLeast
from lyceum.progress.domain.evaluation import Evaluation, is_due
from lyceum.progress.domain.nodes import Gate, Node
from lyceum.progress.domain.values import share_as_decimal


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement that is left, at the place of a block, or of a container of which some children are enough.

    For a score, `reached` and `needed` are shares, `reached` null before the first answer; for a choice, `needed` is
    the number of children still to be done, and `options` are the places of those to choose from.
    """

    place: int
    locked: bool
    reached: Decimal | None = None
    needed: Decimal | int | None = None
    options: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Locked:
    """A closed gate: the places of what it waits for, and the moment it opens where that has not come."""

    place: int
    requires: tuple[int, ...]
    available_from: datetime | None


def unmet_requirements(evaluation: Evaluation) -> list[Unmet]:
    """What is left, in reading order; empty exactly when nothing is."""
    nodes = evaluation.outline.nodes
    return [
        unmet
        for section in evaluation.outline.sections
        if not nodes[section].optional
        for unmet in _unmet(evaluation, section)
    ]


def next_due(evaluation: Evaluation) -> datetime | None:
    """The earliest moment at which something that is left is due, over or not; null where nothing left is due."""
    outline = evaluation.outline
    if not outline.has_due_dates:
        return None
    moments = (outline.due_at(unmet.place) for unmet in unmet_requirements(evaluation))
    return min((moment for moment in moments if moment is not None), default=None)


def locked_nodes(evaluation: Evaluation, now: datetime) -> list[Locked]:
    """The closed gates, in reading order."""
    return [
        Locked(
            place=gate.place,
            requires=tuple(evaluation.unmet(gate)),
            available_from=None if is_due(gate, now) else gate.available_from,
        )
        for gate in sorted(evaluation.closed.values(), key=_place)
    ]


def _unmet(evaluation: Evaluation, place: int) -> Iterator[Unmet]:
    node = evaluation.outline.nodes[place]
    if not evaluation.left(node):
        return
    if node.kind == "block":
        yield _unmet_block(evaluation, place, node)
    elif node.count is not None:
        yield _unmet_choice(evaluation, place, node, node.count)
    else:
        for child in node.counting:
            yield from _unmet(evaluation, child)


def _unmet_block(evaluation: Evaluation, place: int, node: Node) -> Unmet:
    locked = bool(evaluation.locks(place))
    if not isinstance(node.completion, ScoreAtLeast):
        return Unmet(place, locked)
    reached = evaluation.facts.results.get(str(node.quiz_id))
    return Unmet(
        place,
        locked,
        reached=None if reached is None else share_as_decimal(reached),
        needed=node.completion.share,
    )


def _unmet_choice(evaluation: Evaluation, place: int, node: Node, count: int) -> Unmet:
    options = tuple(child for child in node.counting if evaluation.left(evaluation.outline.nodes[child]))
    finished = len(node.counting) - len(options)
    return Unmet(place, bool(evaluation.locks(place)), needed=count - finished, options=options)


def _place(gate: Gate) -> int:
    return gate.place
