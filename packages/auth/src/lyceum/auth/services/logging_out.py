"""Sign-out asked for by a client."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from lyceum.auth.domain.entities import SessionEnd, SessionLifetime
from lyceum.auth.domain.errors import LogoutRequestInvalid
from lyceum.auth.domain.policies.authorization_requests import Parameters
from lyceum.auth.domain.policies.logout import client_of, decide_logout, place_after, read_logout_request
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.schemas.internal import SignOutQuestion
from lyceum.auth.services.auditing import note
from lyceum.auth.services.authorizing import active_session
from lyceum.auth.services.clients import Clients
from lyceum.auth.services.ending import end_session
from lyceum.auth.services.signing_keys import SigningKeys
from lyceum.kernel.clock import Clock

MAX_PARAMETERS = 10


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
            if decision.confirm:
                page = f"{self._issuer}/sign-out"
                if client is not None:
                    page += f"?{urlencode({'request': urlencode(request.handed_on(client))})}"
                return LoggedOut(page, None)
            location = decision.location or f"{self._issuer}/"
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

    async def question(self, query: str) -> SignOutQuestion:
        """Who wants the person to sign out. `query` is what our page was handed, or what somebody put in its place.

        Raises `LogoutRequestInvalid` unless it names a client, and a place of that very client or none.
        """
        try:
            request = read_logout_request(parse_qsl(query, max_num_fields=MAX_PARAMETERS))
        except ValueError:
            raise LogoutRequestInvalid("Too many parameters") from None
        async with self._units() as unit:
            client = await self._clients.find(unit, request.client_id)
        if client is None:
            raise LogoutRequestInvalid("There is no such application")
        return SignOutQuestion(client_name=client.name, location=place_after(request, client))
