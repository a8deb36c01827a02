"""Keeping the books of an import, so that nothing gets lost without a line."""

from collections.abc import Iterable

from lyceum.course.domain.importing import ArchiveTooLarge, LossItem, LossReport, Outcome, RefusalReason

MAX_LINES = 200_000
"""Far more than any course has; what needs more is meant to fill a report, not to teach."""


class Ledger:
    """Collects the items of the loss report, and which files of the archive are spoken for.

    Raises `ArchiveTooLarge` at the first line too many.
    """

    def __init__(self) -> None:
        self._items: list[LossItem] = []
        self._missing: dict[str, tuple[str, dict[str, None]]] = {}
        self._lines = 0
        self._accounted: set[str] = set()

    def imported(self, kind: str, source: str, reason: str = "") -> None:
        self._add(kind, source, Outcome.IMPORTED, reason)

    def changed(self, kind: str, source: str, reason: str) -> None:
        self._add(kind, source, Outcome.CHANGED, reason)

    def dropped(self, kind: str, source: str, reason: str) -> None:
        self._add(kind, source, Outcome.DROPPED, reason)

    def kept(self, kind: str, source: str, changes: Iterable[str]) -> None:
        """Changed for these reasons, or imported where there are none."""
        reason = "; ".join(dict.fromkeys(changes))
        if reason:
            self.changed(kind, source, reason)
        else:
            self.imported(kind, source)

    def missing(self, target: str, where: str, reason: str) -> None:
        """Something refers to what the archive does not hold. One item for each target, naming all places."""
        places = self._missing.setdefault(target, (reason, {}))[1]
        if where not in places:
            self._count()
            places[where] = None

    def account_for(self, path: str) -> None:
        """This file of the archive is read, and what is in it has items of its own."""
        self._accounted.add(path)

    def is_accounted(self, path: str) -> bool:
        return path in self._accounted

    def report(self) -> LossReport:
        """All items; missing things come last."""
        missing = (
            _item("reference", target, Outcome.DROPPED, f"{reason}; named by {', '.join(places)}")
            for target, (reason, places) in self._missing.items()
        )
        return LossReport.of((*self._items, *missing))

    def _add(self, kind: str, source: str, outcome: Outcome, reason: str) -> None:
        self._count()
        self._items.append(_item(kind, source, outcome, reason))

    def _count(self) -> None:
        self._lines += 1
        if self._lines > MAX_LINES:
            raise ArchiveTooLarge(
                RefusalReason.TOO_MANY_NODES,
                f"The loss report of this archive would have more than {MAX_LINES} lines",
                limit=MAX_LINES,
            )


def _item(kind: str, source: str, outcome: Outcome, reason: str) -> LossItem:
    return LossItem(source=_storable(source), kind=_storable(kind), outcome=outcome, reason=_storable(reason))


def _storable(text: str) -> str:
    """Texts of the archive may hold what no database takes: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")
