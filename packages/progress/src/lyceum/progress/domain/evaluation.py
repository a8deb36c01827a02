"""How far a learner has come: a pure function of the course, the facts and the moment.

A block counts when its own rule is met and every gate over it is open. So a block that was answered before it was
opened counts from the moment it is, whatever order the facts arrived in.
"""

from dataclasses import dataclass
from datetime import datetime

from lyceum.progress.domain.nodes import Gate, Node
from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.values import Facts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`done` is the set of blocks that count; `closed` are the gates that are not open, by place."""

    outline: Outline
    facts: Facts
    done: int
    closed: dict[int, Gate]

    @property
    def required(self) -> int:
        """The number of blocks on the cheapest way through the course."""
        return self.outline.need.size

    @property
    def remaining(self) -> int:
        """How many of those are left."""
        return self.outline.need.left(self.done)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left. A course that asks for nothing is not completed by anybody: publishing such a
        version by mistake would otherwise complete everybody, for good."""
        return self.required > 0 and self.remaining == 0

    @property
    def percentage(self) -> int:
        """What is done of the course, in whole per cent, rounded down: 100 exactly when it is complete."""
        return percentage(self.required, self.remaining) if self.required else 0

    def left(self, node: Node) -> int:
        """How many blocks the node still asks for."""
        return node.need.left(self.done)

    def locks(self, place: int) -> list[Gate]:
        """The closed gates over a node, its own first."""
        if not self.closed:
            return []
        return [gate for step in self.outline.chain(place) if (gate := self.closed.get(step)) is not None]

    def unmet(self, gate: Gate) -> list[int]:
        """The places of what the gate requires and is not done."""
        return [place for place in gate.requires if self.left(self.outline.nodes[place])]


def evaluate(outline: Outline, facts: Facts, now: datetime) -> Evaluation:
    """More facts and later moments never make less of it done."""
    satisfied = outline.satisfied(facts)
    behind = 0
    closed: dict[int, Gate] = {}
    for gate in outline.gates:
        done = satisfied & ~behind
        if not is_due(gate, now) or any(outline.nodes[place].need.left(done) for place in gate.requires):
            behind |= gate.blocks
            closed[gate.place] = gate
    return Evaluation(outline, facts, satisfied & ~behind, closed)


def is_due(gate: Gate, now: datetime) -> bool:
    """Whether its moment has come."""
    return gate.available_from is None or gate.available_from <= now


def percentage(required: int, remaining: int) -> int:
    """Whole per cent of what is required, rounded down; 100 where nothing is."""
    return 100 if not required else (required - remaining) * 100 // required
