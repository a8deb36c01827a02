"""Enrolments: one for each person and course, whatever happens."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.course.domain.entities import Enrolment, EnrolmentEnded, EnrolmentStarted
from lyceum.course.domain.values import EnrolmentState


@pytest.fixture
def enrolment(now):
    return Enrolment.start(course_id=uuid4(), user_id=uuid4(), now=now)


def events(enrolment):
    return [type(event) for event in enrolment.collect_events()]


def test_withdrawing_and_coming_back_is_heard_once_each(enrolment, now):
    assert events(enrolment) == [EnrolmentStarted]
    enrolment.withdraw(now=now)
    enrolment.withdraw(now=now)
    assert (events(enrolment), enrolment.opens_content) == ([EnrolmentEnded], False)
    enrolment.resume(now=now + timedelta(1))
    enrolment.resume(now=now + timedelta(2))
    assert (events(enrolment), enrolment.enrolled_at) == ([EnrolmentStarted], now + timedelta(1))
    assert enrolment.withdrawn_at is None


def test_a_completed_course_stays_completed(enrolment, now):
    enrolment.complete(at=now)
    enrolment.complete(at=now + timedelta(1))
    assert (enrolment.state, enrolment.completed_at) == (EnrolmentState.COMPLETED, now)
    enrolment.withdraw(now=now)
    enrolment.resume(now=now)
    assert (enrolment.state, enrolment.opens_content) == (EnrolmentState.COMPLETED, True)


def test_completing_after_withdrawing_counts_once_one_is_back(enrolment, now):
    enrolment.withdraw(now=now)
    enrolment.complete(at=now)
    assert enrolment.state is EnrolmentState.WITHDRAWN
    enrolment.resume(now=now)
    assert enrolment.state is EnrolmentState.COMPLETED


@given(st.lists(st.sampled_from(["withdraw", "resume", "complete"]), max_size=12))
def test_starts_and_ends_alternate_in_any_order_of_events(now, steps):
    enrolment = Enrolment.start(course_id=uuid4(), user_id=uuid4(), now=now)
    for step in steps:
        getattr(enrolment, step)(**({"at": now} if step == "complete" else {"now": now}))
    heard = events(enrolment)
    assert heard == [EnrolmentStarted if n % 2 == 0 else EnrolmentEnded for n in range(len(heard))]
    assert enrolment.opens_content is (heard[-1] is EnrolmentStarted)
    assert (enrolment.completed_at is not None) is ("complete" in steps)
