"""The keys that sign our tokens: made when needed, rotated in time, forgotten when nobody needs them."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from lyceum.auth.domain.entities import SigningKey
from lyceum.auth.domain.gateways import KeyMaker, TokenSigner, TokenVerifier
from lyceum.auth.domain.policies.signing_keys import KeySchedule, expired_keys, next_activation
from lyceum.auth.domain.queries import AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.services.auditing import note
from lyceum.kernel.clock import Clock
from lyceum.kernel.ids import new_id

ROTATE = "auth.rotate-signing-keys"
KEPT_FOR = timedelta(minutes=1)


class Ring(TokenSigner, TokenVerifier, Protocol):
    """The keys as they stand at one moment."""

    def jwks(self) -> dict[str, Any]:
        """The public halves (RFC 7517 section 5)."""
        ...


class SigningKeys:
    """Processes don't tell each other of new keys: each looks again after a minute, and a key is published long before
    it signs."""

    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        maker: KeyMaker,
        rings: Callable[[Sequence[SigningKey], datetime], Ring],
        schedule: KeySchedule,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._maker = maker
        self._rings = rings
        self._schedule = schedule
        self._clock = clock
        self._kept: tuple[datetime, Ring] | None = None
        self._refreshing = asyncio.Lock()

    async def ring(self) -> Ring:
        """The present keys; makes the first one. Raises `Unavailable` where they can't be opened."""
        now = self._clock.now()
        if self._kept is None or not self._kept[0] <= now < self._kept[0] + KEPT_FOR:
            async with self._refreshing:
                if self._kept is None or not self._kept[0] <= now < self._kept[0] + KEPT_FOR:
                    keys = await self._queries.signing_keys()
                    if not keys:
                        await self.rotate()
                        keys = await self._queries.signing_keys()
                    self._kept = (now, self._rings(keys, now))
        return self._kept[1]

    async def rotate(self) -> None:
        """Make the next key if it is time, and forget those that nobody needs."""
        now = self._clock.now()
        if next_activation(known := await self._queries.signing_keys(), self._schedule, now) is None and not (
            expired_keys(known, self._schedule, now)
        ):
            return
        fresh = await self._maker.make()
        async with self._units() as unit:
            keys = await unit.signing_keys.locked()
            activates_at = next_activation(keys, self._schedule, now)
            if activates_at is not None:
                unit.signing_keys.add(
                    SigningKey(
                        id=new_id(),
                        kid=fresh.kid,
                        sealed_jwk=fresh.sealed_jwk,
                        created_at=now,
                        activates_at=activates_at,
                    )
                )
            expired = expired_keys(keys, self._schedule, now)
            for key in expired:
                await unit.signing_keys.remove(key)
            await note(
                unit,
                actor=None,
                action="auth.signing-keys.rotated",
                target=f"signing-key:{fresh.kid if activates_at else 'none'}",
                details={"made": activates_at is not None, "forgotten": [key.kid for key in expired]},
                now=now,
            )
            await unit.commit()
