"""What pages and requests show, read without loading aggregates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lyceum.auth.domain.entities import AuditEntry, AuditHead, Role, RoleAssignment, SigningKey
from lyceum.auth.schemas.internal import (
    AssignmentView,
    AuditEntryView,
    ClientView,
    ExternalIdentityView,
    SessionView,
)
from lyceum.kernel.pagination import Page, PageRequest


@dataclass(frozen=True, slots=True)
class SessionState:
    """As much of a session as deciding about a request takes."""

    id: UUID
    user_id: UUID
    authenticated_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What everything given here fits. `action` stands for those that it begins as well: `auth.role` for
    `auth.role.assigned`. From `since` on, and before `until`."""

    actor: UUID | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuthQueries(Protocol):
    async def session_by_token(self, token_hash: bytes) -> SessionState | None: ...

    async def session_by_id(self, session_id: UUID) -> SessionState | None: ...

    async def held_roles(self, user_id: UUID) -> tuple[Sequence[RoleAssignment], Sequence[Role]]:
        """Somebody's assignments, and the custom roles among them."""
        ...

    async def note_use(self, session_id: UUID, now: datetime, not_since: datetime) -> None:
        """Keep that the session was used, unless that was noted after `not_since`."""
        ...

    async def sessions(
        self, *, user_id: UUID, idle_since: datetime, now: datetime, page: PageRequest
    ) -> Page[SessionView]:
        """The active sessions of a person, the newest first; those not used after `idle_since` are over."""
        ...

    async def assignments(
        self, *, user_id: UUID, within: Sequence[UUID] | None, page: PageRequest
    ) -> Page[AssignmentView]:
        """What a person holds, the oldest first; with `within`, only in these organisations and courses."""
        ...

    async def clients(self, *, page: PageRequest) -> Page[ClientView]:
        """The registered clients, by id."""
        ...

    async def external_identities(self, *, user_id: UUID, page: PageRequest) -> Page[ExternalIdentityView]: ...

    async def signing_keys(self) -> Sequence[SigningKey]: ...

    async def audit_log(self, wanted: AuditFilter, *, page: PageRequest) -> Page[AuditEntryView]:
        """The newest entries first."""
        ...


class AuditReader(Protocol):
    """The audit log as it stood at one moment."""

    async def head(self) -> AuditHead: ...

    async def entries(self, after: int, limit: int) -> Sequence[AuditEntry]:
        """The next entries after that number, in their order."""
        ...
