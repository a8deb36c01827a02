"""Rotation of signing keys, with overlap: a key is published before it signs and after it stopped.

Relying parties cache the JWKS, so a key has to be there for a while before the first token that needs it, and stay
until the last token it signed is no longer looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lyceum.auth.domain.entities.signing_key import SigningKey


@dataclass(frozen=True, slots=True)
class KeySchedule:
    """How long a key signs, how long before that it is published, and how long after.

    `published_after` has to cover the life of the tokens it signed, and an ID token as a logout hint is welcome for
    some days more.
    """

    signs_for: timedelta = timedelta(days=90)
    published_before: timedelta = timedelta(days=2)
    published_after: timedelta = timedelta(days=7)


def current_key(keys: Sequence[SigningKey], now: datetime) -> SigningKey | None:
    """The key that signs: the one that was activated last. Null before the first key.

    With a clock set back before all of them it is the oldest, so that there is never no key.
    """
    in_order = _in_order(keys)
    active = [key for key in in_order if key.activates_at <= now]
    return active[-1] if active else next(iter(in_order), None)


def published_keys(keys: Sequence[SigningKey], schedule: KeySchedule, now: datetime) -> list[SigningKey]:
    """The keys of the JWKS: next, current, and those whose successor took over less than `published_after` ago."""
    in_order = _in_order(keys)
    successors = [*in_order[1:], None] if in_order else []
    return [
        key
        for key, successor in zip(in_order, successors, strict=True)
        if successor is None or successor.activates_at > now - schedule.published_after
    ]


def next_activation(keys: Sequence[SigningKey], schedule: KeySchedule, now: datetime) -> datetime | None:
    """When a key that has to be made now shall start to sign; null while none is needed.

    The very first key signs at once. A later one is made `published_before` its predecessor's time is over; if nobody
    looked for longer than that, it is still published for `published_before` first and the old key signs on meanwhile.
    """
    current = current_key(keys, now)
    if current is None:
        return now
    if any(key.activates_at > now for key in keys):
        return None
    due = current.activates_at + schedule.signs_for
    if now < due - schedule.published_before:
        return None
    return max(due, now + schedule.published_before)


def expired_keys(keys: Sequence[SigningKey], schedule: KeySchedule, now: datetime) -> list[SigningKey]:
    """The keys that nobody needs any more and that can be deleted."""
    published = {key.id for key in published_keys(keys, schedule, now)}
    return [key for key in keys if key.id not in published]


def _in_order(keys: Sequence[SigningKey]) -> list[SigningKey]:
    return sorted(keys, key=lambda key: (key.activates_at, key.id))
