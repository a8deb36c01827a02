"""Lock-out: guessing gets slow, and nobody can lock somebody else out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.auth.domain.policies import lockout
from lyceum.auth.domain.policies.lockout import FailureCount
from lyceum.auth.domain.values import Origin, network_of

START = datetime(2026, 3, 2, tzinfo=UTC)
HOME = Origin("192.0.2.0/24")
PHONE = Origin("198.51.100.0/24", device="ab" * 32)


@dataclass
class Account:
    """One account with its counts, used as the sign-in service uses it: count as failed first, undo on success."""

    familiar: set[str] = field(default_factory=set)
    counts: dict[str, FailureCount] = field(default_factory=dict)

    def attempt(self, origin: Origin, now: datetime, *, right: bool = False) -> timedelta:
        keys = lockout.counted_keys(origin, self.familiar)
        wait = lockout.wait_before_attempt(keys, self.counts, now)
        if wait > timedelta(0):
            return wait
        for key in keys:
            self.counts[key] = lockout.counted_failure(key, self.counts.get(key), now)
        if right:
            for key in keys:
                left = lockout.counted_success(key, self.counts.pop(key))
                if left is not None:
                    self.counts[key] = left
            self.familiar.update(lockout.origin_keys(origin))
        return wait


def fail(account: Account, origin: Origin, times: int, now: datetime = START) -> datetime:
    """Fail so many times, each as soon as allowed; the time of the last one."""
    for _ in range(times):
        wait = account.attempt(origin, now)
        if wait:
            now += wait
            assert account.attempt(origin, now) == timedelta(0)
    return now


def test_a_few_mistakes_cost_nothing():
    account = Account()
    fail(account, HOME, lockout.FREE_FAILURES - 1)
    assert account.attempt(HOME, START, right=True) == timedelta(0)


def test_the_wait_doubles_with_every_further_mistake_up_to_its_limit():
    account, now, waits = Account(), START, []
    for _ in range(lockout.FREE_FAILURES):
        account.attempt(HOME, now)
    for _ in range(8):
        waits.append(account.attempt(HOME, now))
        now += waits[-1]
        account.attempt(HOME, now)
    assert [wait.total_seconds() for wait in waits] == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_refused_attempt_does_not_prolong_the_lock():
    account = Account()
    fail(account, HOME, lockout.FREE_FAILURES)
    first = account.attempt(HOME, START + timedelta(seconds=1))
    for _ in range(50):
        account.attempt(HOME, START + timedelta(seconds=1))
    assert account.attempt(HOME, START + timedelta(seconds=1)) == first


def test_even_the_right_password_has_to_wait():
    account = Account()
    fail(account, HOME, lockout.FREE_FAILURES)
    assert account.attempt(HOME, START, right=True) > timedelta(0)


def test_success_starts_the_origin_afresh():
    account = Account()
    fail(account, HOME, lockout.FREE_FAILURES - 1)
    account.attempt(HOME, START, right=True)
    fail(account, HOME, lockout.FREE_FAILURES - 1)
    assert account.attempt(HOME, START) == timedelta(0)


def test_mistakes_are_forgotten_after_a_day():
    account = Account()
    last = fail(account, HOME, 12)
    later = last + lockout.FORGOTTEN_AFTER
    fail(account, HOME, lockout.FREE_FAILURES - 1, later)
    assert account.attempt(HOME, later) == timedelta(0)


def test_one_network_does_not_lock_another():
    account = Account()
    fail(account, HOME, lockout.FREE_FAILURES)
    assert account.attempt(HOME, START) > timedelta(0)
    assert account.attempt(Origin("203.0.113.0/24"), START) == timedelta(0)


def test_many_networks_together_reach_the_ceiling_which_ends_with_its_window():
    account = Account()
    for number in range(lockout.STRANGER_CEILING):
        assert account.attempt(Origin(f"10.0.{number}.0/24"), START) == timedelta(0)
    newcomer = Origin("203.0.113.0/24")
    assert account.attempt(newcomer, START) == lockout.STRANGER_WINDOW
    assert account.attempt(newcomer, START + lockout.STRANGER_WINDOW) == timedelta(0)


def test_one_right_password_does_not_reset_the_ceiling():
    account = Account()
    for number in range(lockout.STRANGER_CEILING - 1):
        account.attempt(Origin(f"10.0.{number}.0/24"), START)
    account.attempt(Origin("203.0.113.0/24"), START, right=True)
    account.attempt(Origin("10.1.0.0/24"), START)
    assert account.attempt(Origin("10.1.1.0/24"), START) > timedelta(0)


def test_a_familiar_device_is_not_locked_by_others_in_its_own_network():
    account = Account(familiar=set(lockout.origin_keys(PHONE)))
    fail(account, Origin(PHONE.network), 20)
    assert account.attempt(Origin(PHONE.network), START) > timedelta(0)
    assert account.attempt(PHONE, START, right=True) == timedelta(0)


def test_a_made_up_device_token_is_counted_as_its_network():
    account = Account()
    for number in range(lockout.FREE_FAILURES):
        account.attempt(Origin(HOME.network, device=f"{number:064x}"), START)
    assert account.attempt(Origin(HOME.network, device="f" * 64), START) > timedelta(0)


def test_even_a_familiar_device_has_to_wait_after_its_own_mistakes():
    account = Account(familiar=set(lockout.origin_keys(PHONE)))
    fail(account, PHONE, lockout.FREE_FAILURES)
    assert account.attempt(PHONE, START) > timedelta(0)


strangers = st.builds(
    Origin,
    network=st.integers(0, 400).map(lambda n: f"10.{n // 250}.{n % 250}.0/24"),
    device=st.none() | st.integers(0, 9).map(lambda n: f"{n:064x}"),
)
steps = st.tuples(strangers, st.integers(0, 3600))


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=400), st.sampled_from([HOME, PHONE]), st.integers(0, lockout.FREE_FAILURES - 1))
def test_attempts_from_other_networks_never_lock_the_known_network_or_device_of_the_victim(attack, victim, mistakes):
    account = Account(familiar=set(lockout.origin_keys(victim)))
    now = START
    for _ in range(mistakes):
        account.attempt(victim, now)
    for stranger, seconds in attack:
        account.attempt(stranger, now)
        if seconds % 7 == 0:
            now += timedelta(seconds=seconds)
        keys = lockout.counted_keys(victim, account.familiar)
        assert lockout.wait_before_attempt(keys, account.counts, now) == timedelta(0)
    assert account.attempt(victim, now, right=True) == timedelta(0)


@given(st.lists(st.integers(0, 1800), min_size=120, max_size=120))
@settings(max_examples=20, deadline=None)
def test_no_rhythm_of_guessing_gets_more_than_a_few_hundred_guesses_a_day_from_a_network(pauses):
    account, now, guesses = Account(), START, 0
    for pause in pauses:
        if now >= START + timedelta(days=1):
            break
        guesses += account.attempt(HOME, now) == timedelta(0)
        now += timedelta(seconds=pause)
    assert guesses <= lockout.FREE_FAILURES + 5 + timedelta(days=1) / lockout.LONGEST_LOCK


def test_an_account_is_the_same_however_its_address_is_written_and_its_key_does_not_tell_it():
    assert lockout.account_key(" Ada@Example.org") == lockout.account_key("ada@example.org ")
    assert lockout.account_key("ada@example.org") != lockout.account_key("bob@example.org")
    assert len(lockout.account_key("x" * 1000)) == 32


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("999.1.1.1", "unknown"),
    ],
)
def test_a_network_is_a_prefix_of_the_address(address, network):
    assert network_of(address) == network
