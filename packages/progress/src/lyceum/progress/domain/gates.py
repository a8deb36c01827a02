"""Putting gates into an order in which each can be decided from those before it."""

from collections.abc import Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from lyceum.progress.domain.nodes import Gate, Node


def in_deciding_order(gates: Sequence[Gate], nodes: Sequence[Node]) -> tuple[Gate, ...]:
    """The gates, each after all those that decide whether what it requires is done.

    Requirements that lead in a circle back to where they started could never be met. Course refuses them; should some
    come here all the same, those in the circle are dropped, so that they lock nothing.
    """
    remaining = {gate.place: gate for gate in gates}
    while True:
        try:
            order = tuple(TopologicalSorter(_earlier_gates(remaining, nodes)).static_order())
        except CycleError as error:
            circle = set(error.args[1])
            for place in circle:
                remaining[place] = _without(remaining[place], {remaining[other].blocks for other in circle}, nodes)
        else:
            return tuple(remaining[place] for place in order if _closes_something(remaining[place]))


def _earlier_gates(gates: dict[int, Gate], nodes: Sequence[Node]) -> dict[int, list[int]]:
    """For each gate, those that have blocks of its required nodes behind them: they decide whether these count."""
    return {
        place: [
            other.place
            for other in gates.values()
            if any(other.blocks & nodes[required].need.mentioned for required in gate.requires)
        ]
        for place, gate in gates.items()
    }


def _without(gate: Gate, closed: set[int], nodes: Sequence[Node]) -> Gate:
    kept = tuple(
        required for required in gate.requires if not any(blocks & nodes[required].need.mentioned for blocks in closed)
    )
    return replace(gate, requires=kept)


def _closes_something(gate: Gate) -> bool:
    return bool(gate.requires) or gate.available_from is not None
