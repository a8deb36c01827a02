"""Keeping the books of an import, so that nothing gets lost without a line."""

from collections.abc import Iterable

from lyceum.course.domain.importing import LossItem, LossReport, Outcome


class Ledger:
    """Collects the items of the loss report, and which files of the archive are spoken for."""

    def __init__(self) -> None:
        self._items: list[LossItem] = []
        self._missing: dict[str, tuple[str, list[str]]] = {}
        self._accounted: set[str] = set()

    def imported(self, kind: str, source: str, reason: str = "") -> None:
        self._items.append(LossItem(source=source, kind=kind, outcome=Outcome.IMPORTED, reason=reason))

    def changed(self, kind: str, source: str, reason: str) -> None:
        self._items.append(LossItem(source=source, kind=kind, outcome=Outcome.CHANGED, reason=reason))

    def dropped(self, kind: str, source: str, reason: str) -> None:
        self._items.append(LossItem(source=source, kind=kind, outcome=Outcome.DROPPED, reason=reason))

    def kept(self, kind: str, source: str, changes: Iterable[str]) -> None:
        """Changed for these reasons, or imported where there are none."""
        reason = "; ".join(dict.fromkeys(changes))
        if reason:
            self.changed(kind, source, reason)
        else:
            self.imported(kind, source)

    def missing(self, target: str, where: str, reason: str) -> None:
        """Something refers to what the archive does not hold. One item for each target, naming all places."""
        places = self._missing.setdefault(target, (reason, []))[1]
        if where not in places:
            places.append(where)

    def account_for(self, path: str) -> None:
        """This file of the archive is read, and what is in it has items of its own."""
        self._accounted.add(path)

    def is_accounted(self, path: str) -> bool:
        return path in self._accounted

    def report(self) -> LossReport:
        """All items; missing things come last."""
        missing = (
            LossItem(
                source=target,
                kind="reference",
                outcome=Outcome.DROPPED,
                reason=f"{reason}; named by {', '.join(places)}",
            )
            for target, (reason, places) in self._missing.items()
        )
        return LossReport.of((*self._items, *missing))
