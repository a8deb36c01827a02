"""What became of things after the archive was read, as items of the loss report."""

from collections.abc import Sequence

from lyceum.course.domain.entities import CourseImport
from lyceum.course.domain.importing import LossItem, LossReport, Outcome
from lyceum.course.ports import DraftNotReady, ProblemReceipt


def with_receipts(report: LossReport, receipts: Sequence[ProblemReceipt]) -> LossReport:
    """The report with what became of the problems and of the items in them.

    Raises `KeyError` where a receipt is for a problem that the report does not have: that would be a silent loss.
    """
    fates = {receipt.source: _fate(receipt) for receipt in receipts}
    items = []
    for item in report.items:
        fate = fates.pop(item.source, None) if item.kind == "problem" else None
        items.append(item if fate is None else item.model_copy(update={"outcome": fate[0], "reason": fate[1]}))
    missing = [source for source, fate in fates.items() if fate is not None and source not in _problems(report)]
    if missing:
        raise KeyError(missing[0])
    items += [
        LossItem(source=each.source, kind=each.kind, outcome=Outcome(each.outcome), reason=each.reason)
        for receipt in receipts
        for each in receipt.outcomes
    ]
    return LossReport.of(items)


def _problems(report: LossReport) -> set[str]:
    return {item.source for item in report.items if item.kind == "problem"}


def _fate(receipt: ProblemReceipt) -> tuple[Outcome, str] | None:
    """What became of a problem as a whole; null where all of it arrived."""
    lost = [outcome for outcome in receipt.outcomes if outcome.outcome != "imported"]
    reason = "; ".join(dict.fromkeys(outcome.reason for outcome in lost if outcome.reason))
    if receipt.quiz_id is None:
        return Outcome.DROPPED, reason or "Nothing of it was kept"
    return (Outcome.CHANGED, reason) if lost else None


def not_published(request: CourseImport, error: DraftNotReady) -> LossItem:
    """That the course could not be published at once."""
    details = "; ".join(str(finding["detail"]) for finding in error.extensions.get("findings", []))
    return LossItem(
        source=str(request.course_id),
        kind="course",
        outcome=Outcome.CHANGED,
        reason=f"Kept as a draft: {details}",
    )


def unmet_requirement(source: str) -> LossItem:
    """That the node with this source no longer waits for what did not arrive."""
    reason = "It required something that is not in the course"
    return LossItem(source=source, kind="requirement", outcome=Outcome.DROPPED, reason=reason)
