"""The audit log shows where somebody touched it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.auth.domain.entities import AuditEntry, AuditHead
from lyceum.auth.domain.policies.audit import AuditVerdict, Tampering, verify
from lyceum.kernel.ids import new_id

few = settings(max_examples=40)
START = datetime(2026, 3, 2, 9, 30, 0, 120_000, tzinfo=UTC)
values = st.text(max_size=8) | st.integers() | st.booleans() | st.none() | st.lists(st.text(max_size=4), max_size=3)
contents = st.lists(
    st.tuples(st.text(max_size=10), st.text(max_size=10), st.dictionaries(st.text(max_size=5), values, max_size=3)),
    min_size=1,
    max_size=8,
)
logs = st.integers(1, 8).map(lambda size: [(f"action {number}", "target", {"n": number}) for number in range(size)])
logs_of_several = logs.map(lambda contents: [("first", "", {}), *contents])


def log_of(contents):
    entries, head = [], AuditHead()
    for number, (action, target, details) in enumerate(contents):
        entry = AuditEntry.after(
            head, actor=None, action=action, target=target, details=details, now=START + timedelta(seconds=number)
        )
        entries.append(entry)
        head = entry.head
    return entries, head


@few
@given(contents)
def test_an_untouched_log_is_sound(contents):
    entries, head = log_of(contents)
    assert verify(entries, head) == AuditVerdict(len(entries))
    assert verify(entries, head).is_sound


def test_an_empty_log_is_sound():
    assert verify([], AuditHead()).is_sound


EDITS = {
    "recorded_at": lambda entry: entry.recorded_at + timedelta(microseconds=1),
    "actor": lambda entry: UUID(int=1),
    "action": lambda entry: entry.action + "!",
    "target": lambda entry: entry.target + "!",
    "details": lambda entry: entry.details | {"forged": True},
    "hash": lambda entry: bytes(32),
}


@few
@given(logs, st.data(), st.sampled_from(sorted(EDITS)))
def test_an_edit_is_found_at_its_entry(contents, data, what):
    entries, head = log_of(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    entries[at] = replace(entries[at], **{what: EDITS[what](entries[at])})
    assert verify(entries, head) == AuditVerdict(at, at + 1, Tampering.ALTERED)


@few
@given(logs, st.data())
def test_an_edit_with_a_matching_hash_breaks_the_chain_right_after_it(contents, data):
    entries, head = log_of(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    forged = replace(entries[at], action=entries[at].action + "!")
    entries[at] = replace(forged, hash=forged.expected_hash())
    verdict = verify(entries, head)
    last = at == len(entries) - 1
    assert verdict.first_bad == (at + 1 if last else at + 2)
    assert verdict.tampering is (Tampering.END if last else Tampering.UNCHAINED)


@few
@given(logs, st.data())
def test_a_log_rewritten_from_some_entry_on_is_found_by_its_head(contents, data):
    entries, head = log_of(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    changed = [*contents[:at], (contents[at][0] + "!", *contents[at][1:]), *contents[at + 1 :]]
    rewritten, _ = log_of(changed)
    assert verify(rewritten, head) == AuditVerdict(len(entries) - 1, len(entries), Tampering.END)


@few
@given(logs, st.data())
def test_a_deletion_is_found_where_the_entry_is_missing(contents, data):
    entries, head = log_of(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    last = at == len(entries) - 1
    del entries[at]
    assert verify(entries, head) == AuditVerdict(at, at + 1, Tampering.END if last else Tampering.MISSING)


@few
@given(logs, st.integers(1, 8))
def test_a_cut_off_tail_is_found_by_the_head(contents, count):
    entries, head = log_of(contents)
    kept = entries[: max(0, len(entries) - count)]
    assert verify(kept, head) == AuditVerdict(len(kept), len(kept) + 1, Tampering.END)


@few
@given(logs)
def test_an_entry_added_behind_the_head_is_found(contents):
    entries, head = log_of(contents)
    added = AuditEntry.after(head, actor=None, action="forged", target="", details={}, now=START)
    assert verify([*entries, added], head) == AuditVerdict(len(entries), len(entries) + 1, Tampering.END)


@few
@given(logs, st.data())
def test_an_inserted_entry_is_found_where_it_stands(contents, data):
    entries, head = log_of(contents)
    at = data.draw(st.integers(0, len(entries) - 1))
    before = entries[at - 1].head if at else AuditHead()
    forged = AuditEntry.after(before, actor=None, action="forged", target="", details={}, now=START)
    verdict = verify([*entries[:at], forged, *entries[at:]], head)
    assert not verdict.is_sound
    assert verdict.first_bad in (at + 1, at + 2)


@few
@given(logs_of_several, st.data())
def test_entries_that_changed_places_are_found_at_the_first(contents, data):
    entries, head = log_of(contents)
    first = data.draw(st.integers(0, len(entries) - 2))
    later = data.draw(st.integers(first + 1, len(entries) - 1))
    entries[first], entries[later] = entries[later], entries[first]
    assert verify(entries, head) == AuditVerdict(first, first + 1, Tampering.MISSING)


@few
@given(logs_of_several, st.data())
def test_entries_whose_numbers_were_swapped_are_found(contents, data):
    entries, head = log_of(contents)
    at = data.draw(st.integers(0, len(entries) - 2))
    left, right = entries[at], entries[at + 1]
    entries[at], entries[at + 1] = replace(right, sequence=left.sequence), replace(left, sequence=right.sequence)
    assert verify(entries, head) == AuditVerdict(at, at + 1, Tampering.UNCHAINED)


def test_the_hash_is_the_same_in_every_time_zone_and_key_order():
    entry = AuditEntry.after(
        AuditHead(), actor=new_id(), action="a", target="t", details={"b": 1, "a": ["é"]}, now=START
    )
    elsewhere = replace(
        entry,
        recorded_at=START.astimezone(timezone(timedelta(hours=9))),
        details=dict(reversed(entry.details.items())),
    )
    assert elsewhere.expected_hash() == entry.hash


def test_the_canonical_form_is_fixed_for_all_time():
    entry = AuditEntry.after(
        AuditHead(),
        actor=UUID(int=7),
        action="auth.role.assigned",
        target="user:1",
        details={"role": "author", "n": 1, "on": True, "list": ["ä"], "none": None},
        now=START,
    )
    assert entry.canonical().decode() == (
        '{"action":"auth.role.assigned","actor":"00000000-0000-0000-0000-000000000007",'
        '"details":{"list":["ä"],"n":1,"none":null,"on":true,"role":"author"},'
        '"recorded_at":"2026-03-02T09:30:00.120000+00:00","sequence":1,"target":"user:1"}'
    )


@pytest.mark.parametrize(
    ("given_text", "stored"), [("a\0b", "a\ufffdb"), ("a\ud800b", "a?b"), ("x" * 3000, "x" * 2000)]
)
def test_text_that_a_database_can_not_keep_is_changed_before_it_is_hashed(given_text, stored):
    entry = AuditEntry.after(
        AuditHead(), actor=None, action=given_text, target=given_text, details={given_text: [given_text]}, now=START
    )
    assert (entry.action, entry.target, entry.details) == (stored, stored, {stored: [stored]})
    assert json.loads(entry.canonical())["action"] == stored
    assert verify([entry], entry.head).is_sound
