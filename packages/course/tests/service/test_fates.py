"""What became of problems, in the loss report and in what is kept of errors."""

import pytest

from lyceum.course.domain.importing import ArchiveRefused, LossItem, LossReport, Outcome, RefusalReason
from lyceum.course.ports import ItemOutcome, ProblemReceipt
from lyceum.course.services.fates import with_receipts
from lyceum.course.services.problem_documents import problem_document
from lyceum.kernel.ids import new_id

REPORT = LossReport.of(
    [
        LossItem(source="p", kind="page", outcome=Outcome.IMPORTED),
        *(LossItem(source=name, kind="problem", outcome=Outcome.IMPORTED) for name in "abc"),
    ]
)


def receipt(source, *outcomes, quiz=True):
    items = tuple(
        ItemOutcome(source=f"{source}#{n}", kind="item", outcome=outcome, reason="" if outcome == "imported" else "why")
        for n, outcome in enumerate(outcomes)
    )
    return ProblemReceipt(source=source, quiz_id=new_id() if quiz else None, outcomes=items)


def test_a_problem_is_what_became_of_its_items():
    report = with_receipts(
        REPORT, [receipt("a", "imported"), receipt("b", "changed", "dropped"), receipt("c", "dropped", quiz=False)]
    )
    fates = {item.source: (item.outcome, item.reason) for item in report.items if item.kind == "problem"}
    assert fates == {"a": ("imported", ""), "b": ("changed", "why"), "c": ("dropped", "why")}
    assert report.counts["item"].model_dump() == {"imported": 1, "changed": 1, "dropped": 2, "total": 4}
    assert report.counts["page"].imported == 1


def test_nothing_is_dropped_without_a_reason():
    [*_, item] = with_receipts(REPORT, [receipt("c", quiz=False)]).items
    assert (item.outcome, bool(item.reason)) == (Outcome.DROPPED, True)


def test_a_fate_without_its_problem_would_be_a_silent_loss():
    with pytest.raises(KeyError):
        with_receipts(REPORT, [receipt("unknown", "dropped")])


def test_what_a_hostile_archive_is_called_can_be_kept():
    error = ArchiveRefused(RefusalReason.BAD_NAME, "no \0", entry="a\0b\ud800")
    kept = problem_document(error)
    text = repr(kept)
    assert "\\x00" not in text
    assert "\\ud800" not in text
    assert (kept["code"], kept["reason"], kept["status"]) == ("course.archive-refused", "bad-name", 422)
