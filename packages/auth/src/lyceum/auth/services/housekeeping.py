"""Forgetting what is of no use any more."""

from collections.abc import Callable
from datetime import timedelta

from lyceum.auth.domain.repositories import AuthUnit
from lyceum.kernel.clock import Clock

FORGET_EXPIRED = "auth.forget-expired"
EXPIRED_KEPT_FOR = timedelta(days=30)
"""How long after its end a session can still be looked at."""


class Housekeeping:
    def __init__(self, *, units: Callable[[], AuthUnit], clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def forget_expired(self) -> None:
        """Drop sessions, codes, tokens and counts that ended long ago."""
        now = self._clock.now()
        async with self._units() as unit:
            await unit.forget_expired(now, now - EXPIRED_KEPT_FOR)
            await unit.commit()
