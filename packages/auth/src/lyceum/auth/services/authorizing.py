"""The authorization endpoint, and what people allow clients."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from lyceum.auth.domain.entities import AuthorizationCode, Client, Consent, Session, SessionLifetime
from lyceum.auth.domain.errors import AuthorizationRequestInvalid
from lyceum.auth.domain.oauth_errors import AccessDenied
from lyceum.auth.domain.policies.authorization import AskForConsent, AskToSignIn, decide
from lyceum.auth.domain.policies.authorization_requests import (
    AuthorizationRefused,
    Parameters,
    client_id_of,
    code_location,
    read_authorization_request,
)
from lyceum.auth.domain.policies.discovery import AUTHORIZATION_PATH
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.authorization_request import AuthorizationRequest
from lyceum.auth.domain.values.scopes import SCOPES
from lyceum.auth.domain.values.tokens import fingerprint
from lyceum.auth.schemas.internal import ConsentOutcome, ConsentQuestion
from lyceum.auth.services.auditing import note
from lyceum.auth.services.clients import Clients
from lyceum.auth.services.randomness import new_token
from lyceum.kernel.clock import Clock
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal

SINCE = "lyceum_since"
"""The parameter that we add to a request that comes back after the person was asked something (`decide`)."""

MAX_PARAMETERS = 50


class Authorizing:
    def __init__(
        self, *, units: Callable[[], AuthUnit], clients: Clients, issuer: str, lifetime: SessionLifetime, clock: Clock
    ) -> None:
        self._units = units
        self._clients = clients
        self._issuer = issuer
        self._lifetime = lifetime
        self._clock = clock

    async def authorize(self, parameters: Parameters, session_token: str | None) -> str:
        """Where to send the browser: back to the client, or to our own page that asks the person something.

        Raises `AuthorizationRequestInvalid` where the client can't be trusted with an answer.
        """
        asked, since = _without_since(parameters)
        try:
            async with self._units() as unit:
                client, request = await self._read(unit, asked)
                session = await active_session(unit, session_token, self._lifetime, self._clock.now())
                return await self._answer(unit, client, request, session, asked, since)
        except AuthorizationRefused as refusal:
            return refusal.location(self._issuer)

    async def question(self, principal: Principal, query: str) -> ConsentQuestion:
        """What a client wants from the caller. Raises `NotAuthenticated`, `AuthorizationRequestInvalid`."""
        principal.require_user()
        async with self._units() as unit:
            client, request = await self._valid(unit, query)
        wanted = {name: text for name, text in SCOPES.items() if name in request.scopes}
        return ConsentQuestion(client_id=client.client_id, client_name=client.name, scopes=wanted)

    async def answer_question(self, principal: Principal, query: str, *, allow: bool) -> ConsentOutcome:
        """Keep what the caller allows, and say where the browser goes on.

        Raises `NotAuthenticated`, `AuthorizationRequestInvalid`, and `VersionConflict` for two answers at once.
        """
        user_id, now = principal.require_user(), self._clock.now()
        async with self._units() as unit:
            client, request = await self._valid(unit, query)
            if not allow:
                refusal = AuthorizationRefused(AccessDenied(), redirect_uri=request.redirect_uri, state=request.state)
                return ConsentOutcome(location=refusal.location(self._issuer))
            consent = await unit.consents.find(user_id, client.client_id)
            if consent is None:
                unit.consents.add(
                    Consent(
                        id=new_id(), user_id=user_id, client_id=client.client_id, scopes=request.scopes, given_at=now
                    )
                )
            else:
                consent.extend(request.scopes, now)
            await note(
                unit,
                actor=user_id,
                action="auth.consent.given",
                target=f"client:{client.client_id}",
                details={"scopes": sorted(request.scopes)},
                now=now,
            )
            await unit.commit()
        return ConsentOutcome(location=f"{AUTHORIZATION_PATH}?{query}")

    async def _answer(
        self,
        unit: AuthUnit,
        client: Client,
        request: AuthorizationRequest,
        session: Session | None,
        asked: Parameters,
        since: datetime | None,
    ) -> str:
        now = self._clock.now()
        consent = None
        if session is not None and not client.first_party:
            consent = await unit.consents.find(session.user_id, client.client_id)
        step = decide(request, client=client, session=session, consent=consent, since=since, now=now)
        if isinstance(step, AskToSignIn):
            back = f"{AUTHORIZATION_PATH}?{_query(asked, step.since)}"
            hint = {} if request.login_hint is None else {"login_hint": request.login_hint}
            return f"{self._issuer}/sign-in?{urlencode({'return_to': back} | hint)}"
        if isinstance(step, AskForConsent):
            return f"{self._issuer}/consent?{urlencode({'request': _query(asked, step.since)})}"
        code = new_token()
        unit.authorization_codes.add(
            AuthorizationCode.issue(code=code, request=request, session=step.session, family_id=new_id(), now=now)
        )
        await unit.commit()
        return code_location(request, code, self._issuer)

    async def _valid(self, unit: AuthUnit, query: str) -> tuple[Client, AuthorizationRequest]:
        try:
            parameters = parse_qsl(query, max_num_fields=MAX_PARAMETERS)
            return await self._read(unit, _without_since(parameters)[0])
        except (AuthorizationRefused, ValueError):
            raise AuthorizationRequestInvalid() from None

    async def _read(self, unit: AuthUnit, parameters: Parameters) -> tuple[Client, AuthorizationRequest]:
        if any("\0" in value for _, value in parameters):
            raise AuthorizationRequestInvalid("The request has a character that it can't have")
        client = await self._clients.find(unit, client_id_of(parameters))
        request = read_authorization_request(parameters, client)
        if client is None:  # then reading it has raised already
            raise AuthorizationRequestInvalid()
        return client, request


async def active_session(unit: AuthUnit, token: str | None, lifetime: SessionLifetime, now: datetime) -> Session | None:
    """The browser's session, if it can be used."""
    session = None if token is None else await unit.sessions.find_by_token(fingerprint(token))
    return session if session is not None and session.is_active(now, lifetime) else None


def _without_since(parameters: Parameters) -> tuple[Parameters, datetime | None]:
    """The client's own parameters, and our one. What is no moment counts as if it were not there."""
    ours = [value for name, value in parameters if name == SINCE]
    asked = [(name, value) for name, value in parameters if name != SINCE]
    try:
        return asked, datetime.fromtimestamp(int(ours[0]) / 1_000_000, UTC) if len(ours) == 1 else None
    except (ValueError, OverflowError, OSError):
        return asked, None


def _query(asked: Parameters, since: datetime) -> str:
    return urlencode([*asked, (SINCE, str(round(since.timestamp() * 1_000_000)))])
