"""Published events."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from lyceum.kernel.events import PublishedEvent
from lyceum.kernel.principal import ScopeKind


class SessionStarted(PublishedEvent):
    """Somebody signed in. `familiar` is false for a device and network that this account was never used from, which is
    worth a message to the person."""

    type: ClassVar[str] = "lyceum.auth.session.started.v1"

    session_id: UUID
    user_id: UUID
    started_at: datetime
    familiar: bool

    @property
    def aggregate_id(self) -> UUID:
        return self.session_id


class SessionRevoked(PublishedEvent):
    """A session ended before its time. Who keeps verified sessions in memory forgets it."""

    type: ClassVar[str] = "lyceum.auth.session.revoked.v1"

    session_id: UUID
    user_id: UUID
    revoked_at: datetime
    reason: Literal["signed-out", "revoked", "password-changed", "deactivated"]

    @property
    def aggregate_id(self) -> UUID:
        return self.session_id


class PasswordChanged(PublishedEvent):
    """A person's password is another one now; they should hear of it."""

    type: ClassVar[str] = "lyceum.auth.password.changed.v1"

    user_id: UUID
    changed_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        return self.user_id


class RoleAssigned(PublishedEvent):
    """A person holds a role in a scope. `scope_id` is null exactly for the platform."""

    type: ClassVar[str] = "lyceum.auth.role.assigned.v1"

    assignment_id: UUID
    user_id: UUID
    role: str
    scope: ScopeKind
    scope_id: UUID | None
    assigned_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        return self.assignment_id


class RoleRevoked(PublishedEvent):
    """A person no longer holds a role in a scope."""

    type: ClassVar[str] = "lyceum.auth.role.revoked.v1"

    assignment_id: UUID
    user_id: UUID
    role: str
    scope: ScopeKind
    scope_id: UUID | None
    revoked_at: datetime

    @property
    def aggregate_id(self) -> UUID:
        return self.assignment_id


PUBLISHED = (SessionStarted, SessionRevoked, PasswordChanged, RoleAssigned, RoleRevoked)
