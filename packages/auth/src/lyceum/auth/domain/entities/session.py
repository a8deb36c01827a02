"""Browser sessions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lyceum.auth.domain.values.tokens import fingerprint
from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.ids import new_id

MAX_USER_AGENT_LENGTH = 300


class SessionEnd(StrEnum):
    """Why a session ended before its time."""

    SIGNED_OUT = "signed-out"
    REVOKED = "revoked"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the reason's name, no secret
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class SessionLifetime:
    """How long a session may rest between two requests, how long it lasts at most, and how exactly its last use is
    known: it is written at most once per `resolution`, so that reading costs no write."""

    idle: timedelta = timedelta(days=7)
    absolute: timedelta = timedelta(days=30)
    resolution: timedelta = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionWasStarted(DomainEvent):
    session_id: UUID
    user_id: UUID
    started_at: datetime
    familiar: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionWasRevoked(DomainEvent):
    session_id: UUID
    user_id: UUID
    revoked_at: datetime
    reason: SessionEnd


@dataclass(kw_only=True, eq=False)
class Session(Aggregate):
    """Somebody signed in with one browser.

    The browser holds an opaque 256-bit token; only its SHA-256 is here. Every sign-in starts a new session with a new
    token, so a token planted beforehand (session fixation) is worth nothing. `authenticated_at` is OpenID Connect's
    `auth_time`: when it started, or when the person proved since then that it is them. The id is no secret: it is the
    `sid` claim of tokens.
    """

    id: UUID
    user_id: UUID
    token_hash: bytes = field(repr=False)
    started_at: datetime
    authenticated_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent: str
    network: str
    revoked_at: datetime | None = None
    revoked_because: SessionEnd | None = None

    @classmethod
    def start(
        cls,
        *,
        user_id: UUID,
        token: str,
        user_agent: str,
        network: str,
        familiar: bool,
        lifetime: SessionLifetime,
        now: datetime,
    ) -> "Session":
        """A session that starts now. `familiar`: whether this account was used from this device or network before."""
        session = cls(
            id=new_id(),
            user_id=user_id,
            token_hash=fingerprint(token),
            started_at=now,
            authenticated_at=now,
            last_seen_at=now,
            expires_at=now + lifetime.absolute,
            user_agent=user_agent[:MAX_USER_AGENT_LENGTH],
            network=network,
        )
        session.record(SessionWasStarted(session_id=session.id, user_id=user_id, started_at=now, familiar=familiar))
        return session

    def is_active(self, now: datetime, lifetime: SessionLifetime) -> bool:
        """Whether the session can be used: neither revoked nor expired, idly or absolutely."""
        return self.revoked_at is None and now < self.expires_at and now < self.last_seen_at + lifetime.idle

    def see(self, *, network: str, lifetime: SessionLifetime, now: datetime) -> bool:
        """Note that the session was used. False where it was noted a moment ago, so that nothing has to be saved."""
        if now < self.last_seen_at + lifetime.resolution and network == self.network:
            return False
        self.last_seen_at = max(now, self.last_seen_at)
        self.network = network
        return True

    def step_up(self, *, token: str, now: datetime) -> None:
        """The person proved once more that it is them. The browser gets another token: whoever copied the old one has
        nothing from now on."""
        self.token_hash = fingerprint(token)
        self.authenticated_at = now

    def revoke(self, reason: SessionEnd, now: datetime) -> None:
        """End the session for good; ending it twice changes nothing."""
        if self.revoked_at is not None:
            return
        self.revoked_at, self.revoked_because = now, reason
        self.record(SessionWasRevoked(session_id=self.id, user_id=self.user_id, revoked_at=now, reason=reason))
