"""A published course as evaluation needs it: flat, with every question about a set of blocks answered by one number.

Blocks have numbers that stay theirs for as long as the course exists (`PublishedCourse` gives them), so a set of
blocks is an integer, and what a learner has seen fits into a few bytes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.course.ports import AnyChild, CourseStructure, ScoreAtLeast, SomeChildren, StructureNode, Viewed
from lyceum.progress.domain.gates import in_deciding_order
from lyceum.progress.domain.needs import Need, all_of, some_of
from lyceum.progress.domain.nodes import Gate, Node
from lyceum.progress.domain.values import Facts, needed_share


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Outline:
    """`gates` are in an order in which each depends on earlier ones only. `sections` are places among the nodes.

    `viewable` are the blocks that are done by being viewed; `quizzes` has the blocks that the result of a quiz can
    complete, with the share that each needs. `revision` tells two copies of one course apart.
    """

    course_id: UUID
    number: int
    revision: int
    title: str
    nodes: tuple[Node, ...]
    sections: tuple[int, ...]
    need: Need
    gates: tuple[Gate, ...]
    viewable: int
    quizzes: Mapping[str, tuple[tuple[int, int], ...]]
    places: Mapping[UUID, int]
    gate_at: Mapping[int, Gate]
    has_due_dates: bool

    def place_of(self, node_id: UUID) -> int | None:
        """Where a node is; null where this version has none with that id."""
        return self.places.get(node_id)

    def chain(self, place: int) -> Iterator[int]:
        """A node and what it lies in, from the inside out."""
        while place >= 0:
            yield place
            place = self.nodes[place].parent

    def path(self, place: int) -> tuple[str, ...]:
        """The titles that lead to a node, its own last."""
        return tuple(reversed([self.nodes[step].title for step in self.chain(place)]))

    def is_graded(self, place: int) -> bool:
        """Whether a node, or what it lies in, counts towards a grade."""
        return any(self.nodes[step].graded for step in self.chain(place))

    def due_at(self, place: int) -> datetime | None:
        """The moment that holds for a node: its own, or that of the innermost part around it that has one."""
        return next((due for step in self.chain(place) if (due := self.nodes[step].due_at) is not None), None)

    def page_at(self, place: int) -> UUID | None:
        """The page to open for a node: the one that it is or lies on, or the first one in it."""
        around = (step for step in self.chain(place) if self.nodes[step].kind == "page")
        inside = (step for step in range(place, self.nodes[place].end) if self.nodes[step].kind == "page")
        found = next(around, next(inside, None))
        return None if found is None else self.nodes[found].id

    def gates_over(self, place: int) -> list[Gate]:
        """The gates behind which a node lies, its own first."""
        return [gate for step in self.chain(place) if (gate := self.gate_at.get(step)) is not None]

    def satisfied(self, facts: Facts) -> int:
        """The blocks whose own rule the facts meet, closed or not."""
        blocks = facts.viewed & self.viewable
        if self.quizzes:
            for quiz, share in facts.results.items():
                for block, needed in self.quizzes.get(quiz, ()):
                    if share >= needed:
                        blocks |= block
        return blocks


def outline_of(structure: CourseStructure, numbers: Mapping[UUID, int], *, revision: int) -> Outline:
    """Prepare a structure for evaluation. `numbers` has the number of each of its blocks."""
    reading = _Reading(numbers)
    sections = tuple(reading.add(section, parent=-1) for section in structure.sections)
    nodes = tuple(reading.nodes)
    places = {node.id: place for place, node in enumerate(nodes)}
    gates = in_deciding_order(
        [
            Gate(
                place=places[source.id],
                # A node that this version no longer has cannot be asked for.
                requires=tuple(places[required] for required in source.requires if required in places),
                available_from=source.available_from,
                blocks=nodes[places[source.id]].blocks,
            )
            for source in reading.gated
        ],
        nodes,
    )
    return Outline(
        course_id=structure.course_id,
        number=structure.number,
        revision=revision,
        title=structure.title,
        nodes=nodes,
        sections=sections,
        need=all_of(nodes[section].need for section in sections if not nodes[section].optional),
        gates=gates,
        viewable=reading.viewable,
        quizzes={quiz: tuple(uses) for quiz, uses in reading.quizzes.items()},
        places=places,
        gate_at={gate.place: gate for gate in gates},
        has_due_dates=any(node.due_at is not None for node in nodes),
    )


class _Reading:
    """Walks a structure once, from the first section to the last block."""

    def __init__(self, numbers: Mapping[UUID, int]) -> None:
        self.nodes: list[Node] = []
        self.gated: list[StructureNode] = []
        self.viewable = 0
        self.quizzes: dict[str, list[tuple[int, int]]] = {}
        self._numbers = numbers

    def add(self, source: StructureNode, *, parent: int) -> int:
        """Append the node and what is in it; its place."""
        place = len(self.nodes)
        self.nodes.append(_node(source, parent=parent, end=place + 1, blocks=0, need=Need()))
        if source.requires or source.available_from is not None:
            self.gated.append(source)
        if source.kind == "block":
            self.nodes[place] = self._block(source, parent)
        else:
            self.nodes[place] = self._container(source, place, parent)
        return place

    def _block(self, source: StructureNode, parent: int) -> Node:
        block = 1 << self._numbers[source.id]
        need = Need(block)
        match source.completion:
            case Viewed():
                self.viewable |= block
            case _ if source.quiz_id is None:
                # There is nothing to answer, so nothing that a learner could owe.
                need = Need()
            case rule:
                needed = needed_share(rule.share) if isinstance(rule, ScoreAtLeast) else 0
                self.quizzes.setdefault(str(source.quiz_id), []).append((block, needed))
        return _node(source, parent=parent, end=len(self.nodes), blocks=block, need=need)

    def _container(self, source: StructureNode, place: int, parent: int) -> Node:
        children = [self.add(child, parent=place) for child in source.children]
        counting = tuple(c for c in children if not self.nodes[c].optional and self.nodes[c].need.size)
        match source.completion:
            case AnyChild():
                count = 1
            case SomeChildren(count=wanted):
                count = wanted
            case _:
                count = len(counting)
        blocks = 0
        for child in children:
            blocks |= self.nodes[child].blocks
        return _node(
            source,
            parent=parent,
            end=len(self.nodes),
            blocks=blocks,
            need=some_of((self.nodes[child].need for child in counting), count),
            counting=counting,
            count=count if count < len(counting) else None,
        )


def _node(
    source: StructureNode,
    *,
    parent: int,
    end: int,
    blocks: int,
    need: Need,
    counting: tuple[int, ...] = (),
    count: int | None = None,
) -> Node:
    return Node(
        id=source.id,
        kind=source.kind,
        title=source.title,
        optional=source.optional,
        completion=source.completion,
        block_kind=source.block_kind,
        quiz_id=source.quiz_id,
        parent=parent,
        end=end,
        blocks=blocks,
        need=need,
        graded=source.graded,
        due_at=source.due_at,
        counting=counting,
        count=count,
    )
