"""What counts of what a learner's client tells. Progress declares no permissions of its own: one's progress is one's
own, and who teaches a course is for course to say (`CourseAccess.may_instruct`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lyceum.kernel.principal import Permission
from lyceum.progress.domain.evaluation import Evaluation, evaluate, is_due
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import Facts

PERMISSIONS: tuple[Permission, ...] = ()

Closed = Literal["locked", "not-yet-available"]


@dataclass(frozen=True, slots=True)
class Look:
    """That a learner was at a node; `counts` where that is a view of a block."""

    place: int
    counts: bool


def depends_on_facts(outline: Outline, place: int) -> bool:
    """Whether what the learner did decides if the node is open."""
    return any(gate.requires for gate in outline.gates_over(place))


def closed(outline: Outline, looks: Sequence[Look], facts: Facts, now: datetime) -> list[Closed | None]:
    """For each look, why it does not count; null where it does.

    Their order does not matter: a look at a node counts when the other looks open it.
    """
    reasons: list[Closed | None] = [None] * len(looks)
    waiting = list(range(len(looks)))
    viewed = facts.viewed
    while True:
        evaluation = evaluate(outline, Facts(viewed, facts.results), now)
        still = [index for index in waiting if evaluation.locks(looks[index].place)]
        if not still or len(still) == len(waiting):
            break
        for index in set(waiting).difference(still):
            if looks[index].counts:
                viewed |= outline.nodes[looks[index].place].blocks
        waiting = still
    for index in still:
        reasons[index] = closed_by(evaluation, looks[index].place, now)
    return reasons


def closed_by(evaluation: Evaluation, place: int, now: datetime) -> Closed | None:
    """Why a node is closed: something has to be done first, or it is only too early. Null for an open one."""
    gates = evaluation.locks(place)
    if not gates:
        return None
    waits_only_for_time = all(not is_due(gate, now) and not evaluation.unmet(gate) for gate in gates)
    return "not-yet-available" if waits_only_for_time else "locked"
