"""Refresh tokens (RFC 6749 section 6), rotated on every use (RFC 9700 section 4.14.2)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lyceum.auth.domain.entities.authorization_code import AuthorizationCode
from lyceum.auth.domain.oauth_errors import GrantReplayed, InvalidGrant, InvalidScope
from lyceum.auth.domain.values.scopes import OFFLINE_ACCESS
from lyceum.auth.domain.values.tokens import fingerprint, same
from lyceum.kernel.aggregate import Aggregate, DomainEvent

IDLE_LIFETIME = timedelta(days=30)
ABSOLUTE_LIFETIME = timedelta(days=180)


class FamilyEnd(StrEnum):
    """Why a family was revoked."""

    CODE_REPLAYED = "code-replayed"
    TOKEN_REUSED = "token-reused"  # noqa: S105 - the reason's name, no secret
    SESSION_ENDED = "session-ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyWasRevoked(DomainEvent):
    family_id: UUID
    user_id: UUID
    client_id: str
    revoked_at: datetime
    reason: FamilyEnd


@dataclass(kw_only=True, eq=False)
class TokenFamily(Aggregate):
    """All refresh tokens that descend from one authorization code; exactly one of them is valid.

    A token is `handle.secret`: the handle stays the same and finds the family, the secret changes on every use. So one
    row knows of every token it ever gave out: the right handle with another secret is a token used before, and then
    either the client or a thief has an old one. Nobody can tell which, so the whole family ends.

    There is no grace period for a repeated request. Only hashes are kept, so the same answer can't be given twice, and
    answering with another successor would let a thief and the client go on side by side unnoticed. What that costs: a
    client that loses an answer, or uses one token twice at once, has to send the person through the authorization
    endpoint again, which goes unseen while the browser session lasts.
    """

    id: UUID
    handle_hash: bytes = field(repr=False)
    secret_hash: bytes = field(repr=False)
    client_id: str
    user_id: UUID
    session_id: UUID
    scopes: frozenset[str]
    authenticated_at: datetime
    last_used_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    revoked_because: FamilyEnd | None = None

    @classmethod
    def start(cls, code: AuthorizationCode, *, handle: str, secret: str, now: datetime) -> "TokenFamily":
        """The family of a code that was just redeemed."""
        return cls(
            id=code.family_id,
            handle_hash=fingerprint(handle),
            secret_hash=fingerprint(secret),
            client_id=code.client_id,
            user_id=code.user_id,
            session_id=code.session_id,
            scopes=code.scopes,
            authenticated_at=code.authenticated_at,
            last_used_at=now,
            expires_at=now + ABSOLUTE_LIFETIME,
        )

    @property
    def outlives_session(self) -> bool:
        """Whether the tokens still work after the browser session ran out (OpenID Connect Core section 11).

        A session that somebody ended (sign-out, revocation, new password) ends them in any case.
        """
        return OFFLINE_ACCESS in self.scopes

    def rotate(self, *, client_id: str, secret: str, successor: str, now: datetime) -> None:
        """Replace the presented secret by its successor.

        Raises `InvalidGrant` where the family is another client's, revoked or expired, and `GrantReplayed` where the
        secret is not the current one: the caller then revokes the family and commits.
        """
        if client_id != self.client_id or self.revoked_at is not None:
            raise InvalidGrant()
        if not same(fingerprint(secret), self.secret_hash):
            raise GrantReplayed()
        if now >= self.expires_at or now >= self.last_used_at + IDLE_LIFETIME:
            raise InvalidGrant()
        self.secret_hash, self.last_used_at = fingerprint(successor), now

    def narrow(self, requested: frozenset[str] | None) -> frozenset[str]:
        """The scopes of the next access token: all, or the requested part of them (RFC 6749 section 6).

        Raises `InvalidScope` for more than the person agreed to.
        """
        if requested is None:
            return self.scopes
        if not requested or not requested <= self.scopes:
            raise InvalidScope()
        return requested

    def revoke(self, reason: FamilyEnd, now: datetime) -> None:
        """End the family for good; ending it twice changes nothing."""
        if self.revoked_at is not None:
            return
        self.revoked_at, self.revoked_because = now, reason
        self.record(
            FamilyWasRevoked(
                family_id=self.id, user_id=self.user_id, client_id=self.client_id, revoked_at=now, reason=reason
            )
        )


def refresh_token(handle: str, secret: str) -> str:
    """The refresh token as the client gets it."""
    return f"{handle}.{secret}"


def parse_refresh_token(token: str) -> tuple[str, str]:
    """Handle and secret of a refresh token. Raises `InvalidGrant` for anything else."""
    handle, _, secret = token.partition(".")
    if not handle or not secret:
        raise InvalidGrant()
    return handle, secret
