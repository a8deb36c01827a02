"""Lock-out after failed sign-ins, which slows guessing without letting a stranger lock a person out.

Failures are counted per account and origin. An origin is, from the surest to the vaguest:

- a device that signed in to this account before (it shows its device token),
- a network that signed in to this account before,
- any other network; those are counted together a second time, as strangers.

A familiar device or network answers only for itself: nothing that happens elsewhere is even looked at, so no number of
attempts from other networks delays the person there. The ceiling on strangers stops guessing from many networks at
once. Compare the device cookies in OWASP's "Slow Down Online Guessing Attacks with Device Cookies".

Accounts are counted by e-mail address whether or not they exist, so that a lock tells nothing. A refused attempt is not
counted. Callers count an attempt as failed before they verify the password, and undo that on success: parallel attempts
can't slip through between the check and the count.
"""

import hashlib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lyceum.auth.domain.values.networks import Origin

STRANGERS = "strangers"
FREE_FAILURES = 5
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
STRANGER_CEILING = 100
STRANGER_WINDOW = timedelta(hours=1)
FAMILIAR_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class FailureCount:
    """Failed attempts on one account from one origin (or from all strangers), since `first_at`."""

    failures: int
    first_at: datetime
    last_at: datetime


Counts = Mapping[str, FailureCount]
"""Counts of one account by origin key."""


def account_key(email: str) -> bytes:
    """The key that attempts on an account are counted under: it doesn't tell the address."""
    return hashlib.sha256(unicodedata.normalize("NFKC", email.strip()).casefold().encode("utf-8", "replace")).digest()


def device_key(device: str) -> str:
    return f"device:{device}"


def network_key(network: str) -> str:
    return f"network:{network}"


def origin_keys(origin: Origin) -> tuple[str, ...]:
    """The keys under which an origin can be familiar, the surest first."""
    network = network_key(origin.network)
    return (device_key(origin.device), network) if origin.device else (network,)


def counted_keys(origin: Origin, familiar: Collection[str]) -> tuple[str, ...]:
    """The keys that an attempt is checked and counted under; `familiar` are the account's familiar origin keys."""
    for key in origin_keys(origin):
        if key in familiar:
            return (key,)
    return (network_key(origin.network), STRANGERS)


def wait_before_attempt(keys: Collection[str], counts: Counts, now: datetime) -> timedelta:
    """How long the next attempt under these keys has to wait; zero if it may happen now."""
    ends = [_locked_until(key, counts[key]) for key in keys if key in counts]
    return max([timedelta(0), *(end - now for end in ends)])


def counted_failure(key: str, count: FailureCount | None, now: datetime) -> FailureCount:
    """The count after one more failed attempt."""
    if count is None or _is_forgotten(key, count, now):
        return FailureCount(failures=1, first_at=now, last_at=now)
    return replace(count, failures=count.failures + 1, last_at=now)


def counted_success(key: str, count: FailureCount) -> FailureCount | None:
    """The count after an attempt that had been counted as failed turned out right; null where nothing is left.

    The origin starts afresh. Strangers only get this one attempt back: the ceiling is about all of them, and one who
    knew the password says nothing about the rest.
    """
    if key != STRANGERS or count.failures <= 1:
        return None
    return replace(count, failures=count.failures - 1)


def _locked_until(key: str, count: FailureCount) -> datetime:
    if key == STRANGERS:
        return count.first_at + STRANGER_WINDOW if count.failures >= STRANGER_CEILING else count.first_at
    if count.failures < FREE_FAILURES:
        return count.last_at
    doublings = min(count.failures - FREE_FAILURES, 10)
    lock: timedelta = min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)
    return count.last_at + lock


def _is_forgotten(key: str, count: FailureCount, now: datetime) -> bool:
    if key == STRANGERS:
        return now >= count.first_at + STRANGER_WINDOW
    return now >= count.last_at + FORGOTTEN_AFTER
