"""Outlines kept in memory: they are read with every request and change only when a course is published."""

from collections import OrderedDict
from collections.abc import Iterable
from uuid import UUID

from lyceum.progress.domain.outline import Outline
from lyceum.progress.domain.queries import ProgressQueries

# About 1 KB each, and as much again for what is rendered from them.
MAX_NODES = 50_000


class Outlines:
    """Whoever reads a learner's row learns the revision of the course's copy with it, and asks for that one: so every
    process notices a new copy by itself, and none is asked for twice."""

    def __init__(self, *, queries: ProgressQueries, max_nodes: int = MAX_NODES) -> None:
        self._queries = queries
        self._max_nodes = max_nodes
        self._kept: OrderedDict[UUID, Outline] = OrderedDict()
        self._nodes = 0

    async def known(self, course_id: UUID) -> Outline | None:
        """The outline as this process last saw it, which may be out of date; null if there is no copy."""
        return await self.at(course_id, revision=0)

    async def at(self, course_id: UUID, *, revision: int) -> Outline | None:
        """The outline of that revision or of a later one; null if there is no copy."""
        return (await self.many([(course_id, revision)])).get(course_id)

    async def many(self, wanted: Iterable[tuple[UUID, int]]) -> dict[UUID, Outline]:
        """Several at once. Those that are not in memory are read together."""
        found: dict[UUID, Outline] = {}
        missing: list[UUID] = []
        for course_id, revision in wanted:
            kept = self._kept.get(course_id)
            if kept is not None and kept.revision >= revision:
                self._kept.move_to_end(course_id)
                found[course_id] = kept
            else:
                missing.append(course_id)
        if missing:
            for outline in await self._queries.outlines(missing):
                found[outline.course_id] = outline
                self._keep(outline)
        return found

    async def newest(self, course_id: UUID) -> Outline | None:
        """The outline as it is stored now."""
        for outline in await self._queries.outlines([course_id]):
            self._keep(outline)
            return outline
        return None

    def _keep(self, outline: Outline) -> None:
        former = self._kept.get(outline.course_id)
        if former is not None:
            if former.revision > outline.revision:
                return  # read earlier, and overtaken while waiting
            self._nodes -= len(former.nodes)
        self._kept[outline.course_id] = outline
        self._kept.move_to_end(outline.course_id)
        self._nodes += len(outline.nodes)
        while self._nodes > self._max_nodes and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._nodes -= len(dropped.nodes)
