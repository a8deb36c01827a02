"""Sign-out asked for by a client."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from lyceum.auth.domain.entities import SessionEnd, SessionLifetime
from lyceum.auth.domain.policies.authorization_requests import Parameters
from lyceum.auth.domain.policies.logout import client_of, decide_logout, read_logout_request
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.services.auditing import note
from lyceum.auth.services.authorizing import active_session
from lyceum.auth.services.clients import Clients
from lyceum.auth.services.ending import end_session
from lyceum.auth.services.signing_keys import SigningKeys
from lyceum.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """Where the browser goes next, and whose session ended, if one did."""

    location: str
    user_id: UUID | None


class LoggingOut:
    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        clients: Clients,
        keys: SigningKeys,
        issuer: str,
        lifetime: SessionLifetime,
        clock: Clock,
    ) -> None:
        self._units = units
        self._clients = clients
        self._keys = keys
        self._issuer = issuer
        self._lifetime = lifetime
        self._clock = clock

    async def log_out(self, parameters: Parameters, session_token: str | None) -> LoggedOut:
        """End the browser's session, or send the person to our page that asks first.

        Raises `LogoutRequestInvalid`, and `Unavailable` where the hint can't be verified for want of keys.
        """
        request = read_logout_request(parameters)
        ring = await self._keys.ring()
        hint = None if request.id_token_hint is None else ring.read_hint(request.id_token_hint)
        now = self._clock.now()
        async with self._units() as unit:
            client = await self._clients.find(unit, client_of(request, hint))
            session = await active_session(unit, session_token, self._lifetime, now)
            decision = decide_logout(request, hint=hint, client=client, session=session)
            location = decision.location or f"{self._issuer}/"
            if decision.confirm:
                return LoggedOut(f"{self._issuer}/sign-out?{urlencode({'return_to': location})}", None)
            if session is None:
                return LoggedOut(location, None)
            await end_session(unit, session, SessionEnd.SIGNED_OUT, now)
            await note(
                unit,
                actor=session.user_id,
                action="auth.session.revoked",
                target=f"session:{session.id}",
                details={"reason": SessionEnd.SIGNED_OUT.value},
                now=now,
            )
            await unit.commit()
        return LoggedOut(location, session.user_id)
