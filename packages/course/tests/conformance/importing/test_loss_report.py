"""The loss report and the references inside texts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lyceum.course.domain.importing import (
    LossItem,
    LossReport,
    Outcome,
    Reference,
    asset_reference,
    node_reference,
    parse_reference,
    rewrite_references,
)

ITEMS = st.lists(
    st.builds(
        LossItem,
        source=st.text("abc", min_size=1, max_size=3),
        kind=st.sampled_from(["page", "video", "problem"]),
        outcome=st.sampled_from(Outcome),
        reason=st.text(max_size=5),
    )
)


def test_the_report_has_the_promised_shape() -> None:
    report = LossReport.of([LossItem(source="video/a", kind="video", outcome=Outcome.DROPPED, reason="gone")])
    nothing = {"imported": 0, "changed": 0, "dropped": 0, "total": 0}
    assert json.loads(report.model_dump_json()) == {
        "counts": {
            "lesson": nothing,
            "page": nothing,
            "section": nothing,
            "video": {"imported": 0, "changed": 0, "dropped": 1, "total": 1},
        },
        "items": [{"source": "video/a", "kind": "video", "outcome": "dropped", "reason": "gone"}],
    }


@given(ITEMS, ITEMS)
def test_the_counts_always_agree_with_the_items(first: list[LossItem], more: list[LossItem]) -> None:
    report = LossReport.of(first).with_items(more)
    assert report.items == (*first, *more)
    assert sum(count.total for count in report.counts.values()) == len(first) + len(more)
    for kind, count in report.counts.items():
        assert count.total == count.imported + count.changed + count.dropped
        assert count.dropped == sum(i.kind == kind and i.outcome == "dropped" for i in report.items)
    assert LossReport.model_validate_json(report.model_dump_json()) == report


def test_counts_that_do_not_agree_are_refused() -> None:
    report = json.loads(LossReport.of([LossItem(source="a", kind="page", outcome=Outcome.IMPORTED)]).model_dump_json())
    report["items"] = []
    with pytest.raises(ValidationError, match="agree"):
        LossReport.model_validate(report)


def test_a_later_step_can_decide_otherwise_but_not_about_what_is_not_there() -> None:
    report = LossReport.of([LossItem(source="p", kind="problem", outcome=Outcome.IMPORTED)])
    decided = report.with_fate(kind="problem", source="p", outcome=Outcome.DROPPED, reason="no such type")
    assert (decided.counts["problem"].imported, decided.counts["problem"].dropped) == (0, 1)
    assert decided.items[0].reason == "no such type"
    with pytest.raises(KeyError):
        report.with_fate(kind="video", source="p", outcome=Outcome.DROPPED, reason="")


TARGETS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)


@given(TARGETS, st.sampled_from(["", "part", "page=2"]))
def test_references_come_back_as_they_went_in(target: str, fragment: str) -> None:
    assert parse_reference(asset_reference(target, fragment)) == Reference("asset", target, fragment)
    assert parse_reference(node_reference(target, fragment)) == Reference("node", target, fragment)


@pytest.mark.parametrize(
    "text", ["", "asset:", "https://example.org/asset:x", "asset:a b", 'asset:a"onclick="x', "x:y"]
)
def test_other_addresses_are_no_references(text: str) -> None:
    assert parse_reference(text) is None


def test_references_are_rewritten_in_attributes_only() -> None:
    html = (
        '<p>asset:a href="node:n" stays text</p><a HREF="node:n#x">n</a><img alt="asset:a" src=\'asset:a%20b.png\'>'
        '<video poster="asset:p"></video><a href="https://example.org/node:n">e</a>'
    )
    found: list[Reference] = []

    def rewrite(reference: Reference) -> str:
        found.append(reference)
        return f"/{reference.kind}/{len(found)}"

    assert rewrite_references(html, rewrite) == (
        '<p>asset:a href="/node/1" stays text</p><a HREF="/node/2">n</a><img alt="asset:a" src=\'/asset/3\'>'
        '<video poster="/asset/4"></video><a href="https://example.org/node:n">e</a>'
    )
    assert [reference.target for reference in found] == ["n", "n", "a b.png", "p"]


def test_references_in_html_inside_json_are_rewritten_too() -> None:
    content = json.dumps({"prompt": '<img src="asset:a"><a href="node:n">n</a>'})
    rewritten = rewrite_references(content, lambda reference: f"/{reference.target}")
    assert json.loads(rewritten) == {"prompt": '<img src="/a"><a href="/n">n</a>'}
