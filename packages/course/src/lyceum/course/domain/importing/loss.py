"""The loss report: what became of every single thing in an archive."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from lyceum.course.domain.importing.values import ImportedValue


class Outcome(StrEnum):
    """`imported`: all of it is in the course. `changed`: it is, but not as it was. `dropped`: it is not."""

    IMPORTED = "imported"
    CHANGED = "changed"
    DROPPED = "dropped"


class LossItem(ImportedValue):
    """One thing of the archive and its fate.

    `source` is a node's source id, the path of a file, or either followed by `#` and a part of it. `kind` is one of
    `course`, `section`, `lesson`, `page`, `rich_text`, `video`, `problem`, `file`, `embed`, `asset`, `caption`,
    `reference` (a link or file that the archive names but does not hold), `setting`, `document` (a file with course
    data that is neither node nor asset), or, where the origin has a thing of which Lyceum has no notion, the origin's
    own word for it (`library_content`, `wiki`, `rubric`, …). `reason` says why, for people; empty where nothing needs
    a word.
    """

    source: str
    kind: str
    outcome: Outcome
    reason: str = ""


class KindCounts(ImportedValue):
    """How many things of one kind had which fate. `total` is the sum of the three."""

    imported: int = 0
    changed: int = 0
    dropped: int = 0
    total: int = 0


class LossReport(ImportedValue):
    """All items in the order of the archive, and how many of each kind had which fate.

    In JSON: `{"counts": {"page": {"imported": 55, "changed": 2, "dropped": 1, "total": 58}, …}, "items": [{"source",
    "kind", "outcome", "reason"}, …]}`. `section`, `lesson` and `page` are always among the counts. Counts that do not
    agree with the items are refused.
    """

    counts: dict[str, KindCounts]
    items: tuple[LossItem, ...]

    @classmethod
    def of(cls, items: Iterable[LossItem]) -> Self:
        """The report over these items."""
        listed = tuple(items)
        return cls(counts=_count(listed), items=listed)

    @model_validator(mode="after")
    def _counts_agree(self) -> Self:
        if self.counts != _count(self.items):
            raise ValueError("the counts do not agree with the items")
        return self

    def with_items(self, items: Iterable[LossItem]) -> Self:
        """The same report with more items at its end."""
        return self.of((*self.items, *items))

    def with_fate(self, *, kind: str, source: str, outcome: Outcome, reason: str) -> Self:
        """The same report after a later step (taking in problems, say) decided otherwise about one item.

        Raises `KeyError` where there is no such item: a fate without its thing would be a silent loss.
        """
        found = False
        items = []
        for item in self.items:
            if item.kind == kind and item.source == source:
                found = True
                item = item.model_copy(update={"outcome": outcome, "reason": reason})
            items.append(item)
        if not found:
            raise KeyError(f"{kind} {source}")
        return self.of(items)


def _count(items: tuple[LossItem, ...]) -> dict[str, KindCounts]:
    tally: dict[str, dict[str, int]] = {kind: {} for kind in ("section", "lesson", "page")}
    for item in items:
        counts = tally.setdefault(item.kind, {})
        counts[item.outcome] = counts.get(item.outcome, 0) + 1
        counts["total"] = counts.get("total", 0) + 1
    return {kind: KindCounts(**counts) for kind, counts in sorted(tally.items())}
