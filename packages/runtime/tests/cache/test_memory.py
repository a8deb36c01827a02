"""What one process keeps is bounded, and its books balance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.runtime.cache import MemoryTier
from lyceum.runtime.cache import memory as memory_module


def tier(**bounds):
    return MemoryTier("test", **({"max_entries": 100, "max_bytes": 10_000, "max_entry_bytes": 1_000} | bounds))


def put(memory, key, value=b"x", tags=(), age=60.0):
    return memory.put(key, value, len(key) + len(value), age, tags, memory.now)


def test_the_number_of_values_is_bounded_and_the_least_used_goes():
    memory = tier(max_entries=2)
    for key in (b"a", b"b"):
        put(memory, key)
    memory.get(b"a")
    put(memory, b"c")
    assert [memory.get(key) for key in (b"a", b"b", b"c")] == [b"x", None, b"x"]


def test_the_bytes_of_all_values_are_bounded():
    memory = tier(max_bytes=250)
    for key in (b"a", b"b", b"c"):
        put(memory, key, b"x" * 100)
    assert [memory.get(key) is not None for key in (b"a", b"b", b"c")] == [False, True, True]


def test_one_value_cannot_take_all_the_room():
    memory = tier(max_entry_bytes=100)
    put(memory, b"a", b"x" * 100)
    put(memory, b"b", b"x" * 99)
    assert (memory.get(b"a"), memory.get(b"b")) == (None, b"x" * 99)


def test_a_value_for_no_time_is_not_kept():
    memory = tier()
    put(memory, b"a", age=0)
    assert memory.get(b"a") is None


def test_a_value_is_found_until_its_time_is_over_or_the_reader_wants_a_younger_one(monkeypatch):
    now = 1000.0
    monkeypatch.setattr(memory_module, "monotonic", lambda: now)
    memory = tier()
    for key in (b"a", b"b"):
        put(memory, key)
    now += 59
    assert (memory.get(b"a"), memory.get(b"b", longest=59)) == (b"x", None)
    now += 1
    assert memory.get(b"a") is None


def test_what_was_made_before_one_of_its_tags_was_invalidated_is_refused():
    memory = tier()
    ticket = memory.now
    memory.invalidate("t")
    assert not memory.put(b"a", b"x", 1, 60, ("s", "t"), ticket)
    assert memory.put(b"a", b"x", 1, 60, ("s",), ticket)
    assert memory.put(b"b", b"x", 1, 60, ("t",), memory.now)


def test_a_ticket_too_old_to_tell_keeps_nothing(monkeypatch):
    monkeypatch.setattr(MemoryTier, "_REMEMBERED_TAGS", 2)
    memory = tier()
    ticket = memory.now
    for tag in ("t1", "t2", "t3"):
        memory.invalidate(tag)
    assert not memory.put(b"a", b"x", 1, 60, ("t9",), ticket)


def test_clearing_concerns_what_is_in_the_making_too():
    memory = tier()
    put(memory, b"a")
    ticket = memory.now
    memory.clear()
    assert not memory.put(b"b", b"x", 1, 60, (), ticket)
    assert (memory.get(b"a"), memory.get(b"b")) == (None, None)
    assert put(memory, b"c")


keys = st.sampled_from([b"a", b"b", b"c", b"d"])
tags = st.sampled_from(["t", "u", "v"])


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("put"), keys, st.sets(tags), st.integers(0, 60)),
            st.tuples(st.just("invalidate"), tags),
            st.tuples(st.just("get"), keys),
            st.tuples(st.just("clear")),
        )
    )
)
def test_its_books_always_balance(steps):
    memory = tier(max_entries=3, max_bytes=100)
    for step in steps:
        if step[0] == "put":
            put(memory, step[1], b"x" * step[3], tuple(step[2]))
        elif step[0] == "invalidate":
            memory.invalidate(step[1])
            assert not [entry for entry in memory._entries.values() if step[1] in entry.tags]
        elif step[0] == "clear":
            memory.clear()
        else:
            memory.get(step[1])
        sizes = [len(key) + len(entry.value) for key, entry in memory._entries.items()]
        assert memory._bytes == sum(sizes) <= 100
        assert len(sizes) <= 3
        tagged = {(tag, key) for key, entry in memory._entries.items() for tag in entry.tags}
        assert {(tag, key) for tag, found in memory._keys_by_tag.items() for key in found} == tagged


@pytest.mark.parametrize("value", [b"", b"x" * 10])
def test_what_it_holds_is_measured(value):
    memory = tier()
    put(memory, b"key", value)
    assert memory._bytes_gauge._value.get() == 3 + len(value)
    assert memory._entries_gauge._value.get() == 1
    memory.clear()
    assert memory._bytes_gauge._value.get() == memory._entries_gauge._value.get() == 0
