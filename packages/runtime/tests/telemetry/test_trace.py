"""W3C trace context."""

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.runtime.telemetry import current_trace, current_traceparent, start_trace, traced

TRACE = "0af7651916cd43dd8448eb211c80319c"
SPAN = "b7ad6b7169203331"
FORM = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@pytest.mark.parametrize(
    "parent",
    [
        f"00-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-00",
        f"cc-{TRACE}-{SPAN}-01-what-the-future-brings",
        f"01-{TRACE}-{SPAN}-ff",
    ],
)
def test_a_parent_that_is_well_formed_is_gone_on_from(parent):
    trace = start_trace(parent)
    assert trace.trace_id == TRACE
    assert trace.span_id != SPAN
    assert trace.flags == parent.split("-")[3]
    assert FORM.fullmatch(trace.traceparent)


@pytest.mark.parametrize(
    "parent",
    [
        None,
        "",
        "garbage",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE[1:]}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-1",
        f"0-{TRACE}-{SPAN}-01",
        f"00-{TRACE[:-1]}g-{SPAN}-01",
    ],
)
def test_anything_else_starts_a_new_trace(parent):
    trace = start_trace(parent)
    assert trace.trace_id != TRACE
    assert FORM.fullmatch(trace.traceparent)


@given(st.text())
def test_no_text_breaks_it(parent):
    assert FORM.fullmatch(start_trace(parent).traceparent)


def test_a_request_without_an_id_takes_that_of_its_trace():
    trace = start_trace()
    assert trace.request_id == trace.trace_id
    assert start_trace(request_id="given").request_id == "given"


def test_outside_of_work_there_is_no_trace():
    assert current_trace() is None
    assert current_traceparent() is None


def test_work_has_its_trace_until_it_ends():
    with traced(f"00-{TRACE}-{SPAN}-01") as outer:
        assert current_traceparent() == outer.traceparent
        with traced() as inner:
            assert current_trace() is inner
        assert current_trace() is outer
    assert current_trace() is None


async def test_tasks_inherit_the_trace():
    async def work():
        return current_trace()

    with traced() as trace:
        assert await asyncio.create_task(work()) is trace
