"""Checking a password, with lock-out: for signing in, and for proving oneself once more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from lyceum.auth.domain.errors import SignInLocked
from lyceum.auth.domain.gateways import PasswordHasher
from lyceum.auth.domain.policies.lockout import (
    account_key,
    counted_failure,
    counted_keys,
    counted_success,
    origin_keys,
    wait_before_attempt,
)
from lyceum.auth.domain.policies.passwords import normalise
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.networks import Origin
from lyceum.kernel.clock import Clock

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that has been counted as failed. `keys` are what it was counted under."""

    account: bytes
    keys: tuple[str, ...]
    familiar: bool
    encoded: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """`fresh_hash` is there where the stored hash has outdated parameters."""

    attempt: Attempt
    matches: bool
    fresh_hash: str | None = None


class PasswordChecks:
    def __init__(self, *, units: Callable[[], AuthUnit], hasher: PasswordHasher, clock: Clock) -> None:
        self._units = units
        self._hasher = hasher
        self._clock = clock

    async def check(self, *, email: str, user_id: UUID | None, password: str, origin: Origin) -> Checked:
        """Compare; takes as long for an account that is not there (`user_id` null).

        The attempt counts as failed until `settle` in a later unit. Raises `SignInLocked` and `Unavailable`.
        """
        attempt = await self._count(account_key(email), user_id, origin)
        typed = normalise(password)
        verdict = await self._hasher.verify(typed, attempt.encoded)
        fresh = await self._hasher.hash(typed) if verdict.matches and verdict.outdated else None
        return Checked(attempt, verdict.matches, fresh)

    async def settle(self, unit: AuthUnit, checked: Checked) -> None:
        """Take back that a right attempt was counted as failed."""
        attempt = checked.attempt
        counts = await unit.sign_in_failures.locked_counts(attempt.account, attempt.keys)
        for key, count in counts.items():
            await unit.sign_in_failures.put(attempt.account, key, counted_success(key, count))

    async def _count(self, account: bytes, user_id: UUID | None, origin: Origin) -> Attempt:
        now = self._clock.now()
        async with self._units() as unit:
            familiar = await unit.sign_in_failures.familiar(account, origin_keys(origin), now)
            keys = counted_keys(origin, familiar)
            counts = await unit.sign_in_failures.locked_counts(account, keys)
            wait = wait_before_attempt(keys, counts, now)
            if wait > timedelta(0):
                raise SignInLocked(retry_after=ceil(wait.total_seconds()))
            for key in keys:
                await unit.sign_in_failures.put(account, key, counted_failure(key, counts.get(key), now))
            # Also for an account that is not there: the time must not tell.
            credential = await unit.credentials.find(user_id or NOBODY)
            await unit.commit()
        return Attempt(account, keys, bool(familiar), None if credential is None else credential.encoded)
