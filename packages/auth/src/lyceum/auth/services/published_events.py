"""What the world hears of each domain event."""

from collections.abc import Iterable

from lyceum.auth.domain.entities import (
    PasswordWasChanged,
    RoleWasAssigned,
    RoleWasRevoked,
    SessionWasRevoked,
    SessionWasStarted,
)
from lyceum.auth.schemas.events import PasswordChanged, RoleAssigned, RoleRevoked, SessionRevoked, SessionStarted
from lyceum.kernel.aggregate import DomainEvent
from lyceum.kernel.events import PublishedEvent


def published(event: DomainEvent) -> Iterable[PublishedEvent]:
    """The published events for one domain event; none for what stays inside."""
    match event:
        case SessionWasStarted():
            yield SessionStarted(
                session_id=event.session_id,
                user_id=event.user_id,
                started_at=event.started_at,
                familiar=event.familiar,
            )
        case SessionWasRevoked():
            yield SessionRevoked(
                session_id=event.session_id,
                user_id=event.user_id,
                revoked_at=event.revoked_at,
                reason=event.reason.value,
            )
        case PasswordWasChanged():
            yield PasswordChanged(user_id=event.user_id, changed_at=event.changed_at)
        case RoleWasAssigned():
            yield RoleAssigned(
                assignment_id=event.assignment_id,
                user_id=event.user_id,
                role=event.role,
                scope=event.reach.kind,
                scope_id=event.reach.id,
                assigned_at=event.assigned_at,
            )
        case RoleWasRevoked():
            yield RoleRevoked(
                assignment_id=event.assignment_id,
                user_id=event.user_id,
                role=event.role,
                scope=event.reach.kind,
                scope_id=event.reach.id,
                revoked_at=event.revoked_at,
            )
