"""Rotation of signing keys."""

from datetime import timedelta

import pytest

from lyceum.auth.domain.entities import SigningKey
from lyceum.auth.domain.policies.signing_keys import (
    KeySchedule,
    current_key,
    expired_keys,
    next_activation,
    published_keys,
)
from lyceum.kernel.ids import new_id

SCHEDULE = KeySchedule(
    signs_for=timedelta(days=90), published_before=timedelta(days=2), published_after=timedelta(days=7)
)


@pytest.fixture
def make_keys(now):
    def make(*activations):
        return [
            SigningKey(id=new_id(), kid=str(activation), sealed_jwk="", created_at=now, activates_at=now + activation)
            for activation in activations
        ]

    return make


def test_a_key_is_published_before_it_signs_and_after_it_stopped(make_keys, now):
    retired, current, coming = make_keys(timedelta(days=-96), timedelta(days=-6), timedelta(days=1))
    keys = [coming, current, retired]
    assert current_key(keys, now) is current
    assert published_keys(keys, SCHEDULE, now) == [retired, current, coming]
    later = now + timedelta(days=1)
    assert current_key(keys, later) is coming
    assert published_keys(keys, SCHEDULE, later) == [current, coming]
    assert expired_keys(keys, SCHEDULE, later) == [retired]


def test_the_first_key_signs_at_once(now):
    assert current_key([], now) is None
    assert next_activation([], SCHEDULE, now) == now


def test_a_clock_set_back_leaves_the_oldest_key_to_sign(make_keys, now):
    first, second = make_keys(timedelta(hours=1), timedelta(hours=2))
    assert current_key([second, first], now) is first
    assert next_activation([second, first], SCHEDULE, now) is None


def test_a_successor_is_made_when_it_has_to_be_published_and_only_once(make_keys, now):
    current, coming = make_keys(timedelta(0), SCHEDULE.signs_for)
    due = now + SCHEDULE.signs_for
    too_early = due - SCHEDULE.published_before - timedelta(seconds=1)
    assert next_activation([current], SCHEDULE, too_early) is None
    assert next_activation([current], SCHEDULE, due - SCHEDULE.published_before) == due
    assert next_activation([current, coming], SCHEDULE, due - timedelta(hours=1)) is None


def test_an_overdue_successor_is_still_published_before_it_signs(make_keys, now):
    (current,) = make_keys(timedelta(days=-400))
    assert next_activation([current], SCHEDULE, now) == now + SCHEDULE.published_before
    assert current_key([current], now) is current
