"""From a request's credentials to a principal."""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from lyceum.auth.domain.entities import SessionLifetime
from lyceum.auth.domain.gateways import TokenVerifier
from lyceum.auth.domain.oauth_errors import InvalidToken
from lyceum.auth.domain.policies.roles import RoleTable
from lyceum.auth.domain.queries import AuthQueries, SessionState
from lyceum.auth.domain.values.scopes import API, parse_scope
from lyceum.auth.domain.values.tokens import csrf_token, fingerprint
from lyceum.kernel.authentication import Authenticated
from lyceum.kernel.clock import Clock
from lyceum.kernel.principal import Permission, Principal

MAX_SESSION_TOKEN_LENGTH = 200


class Verifiers(Protocol):
    async def ring(self) -> TokenVerifier:
        """The keys as they stand."""
        ...


class Authenticating:
    """The kernel's `Authentication`: two statements for a request, and one more at most once a minute for a session."""

    def __init__(
        self,
        *,
        queries: AuthQueries,
        keys: Verifiers,
        permissions: tuple[Permission, ...],
        lifetime: SessionLifetime,
        recent: timedelta,
        clock: Clock,
    ) -> None:
        self._queries = queries
        self._keys = keys
        self._permissions = permissions
        self._lifetime = lifetime
        self._recent = recent
        self._clock = clock

    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        if session is not None:
            return await self._by_session(session)
        return None if bearer is None else await self._by_token(bearer)

    async def active_session(self, token: str | None) -> SessionState | None:
        """The session with this token, if it can be used."""
        if token is None or len(token) > MAX_SESSION_TOKEN_LENGTH:
            return None
        state = await self._queries.session_by_token(fingerprint(token))
        return state if state is not None and self._is_active(state, self._clock.now()) else None

    async def _by_session(self, token: str) -> Authenticated | None:
        state = await self.active_session(token)
        if state is None:
            return None
        now = self._clock.now()
        if now >= state.last_seen_at + self._lifetime.resolution:
            await self._queries.note_use(state.id, now, now - self._lifetime.resolution)
        principal = await self._principal(state.user_id, state.id, None, state.authenticated_at)
        return Authenticated(principal=principal, csrf_token=csrf_token(token))

    async def _by_token(self, token: str) -> Authenticated | None:
        """Only tokens with the API's scope are for the API; others are for the userinfo endpoint alone."""
        try:
            claims = (await self._keys.ring()).verify_access_token(token, self._clock.now())
            user_id, session_id = UUID(claims["sub"]), UUID(claims["sid"])
            scopes = parse_scope(claims["scope"])
            authenticated_at = datetime.fromtimestamp(claims["auth_time"], UTC)
        except (InvalidToken, ValueError, TypeError, KeyError, OverflowError):
            return None
        if API not in scopes:
            return None
        state = await self._queries.session_by_id(session_id)
        if state is None or state.revoked_at is not None or state.user_id != user_id:
            return None
        return Authenticated(principal=await self._principal(user_id, session_id, scopes, authenticated_at))

    async def _principal(
        self, user_id: UUID, session_id: UUID, scopes: frozenset[str] | None, authenticated_at: datetime
    ) -> Principal:
        assignments, custom = await self._queries.held_roles(user_id)
        grants = RoleTable(self._permissions, custom).grants(assignments)
        return Principal(
            user_id=user_id,
            session_id=session_id,
            scopes=scopes,
            grants=grants,
            authenticated_at=authenticated_at,
            recent_until=authenticated_at + self._recent,
        )

    def _is_active(self, state: SessionState, now: datetime) -> bool:
        return state.revoked_at is None and now < min(state.expires_at, state.last_seen_at + self._lifetime.idle)
