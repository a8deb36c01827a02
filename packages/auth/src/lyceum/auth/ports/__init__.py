"""What other modules may ask of auth."""

from lyceum.auth.ports.audit_log import AuditDetails, AuditLog, AuditValue
from lyceum.auth.ports.errors import RoleNotFound
from lyceum.auth.ports.role_assignments import RoleAssignments
from lyceum.auth.schemas.events import (
    PasswordChanged,
    RoleAssigned,
    RoleRevoked,
    SessionRevoked,
    SessionStarted,
)

__all__ = [
    "AuditDetails",
    "AuditLog",
    "AuditValue",
    "PasswordChanged",
    "RoleAssigned",
    "RoleAssignments",
    "RoleNotFound",
    "RoleRevoked",
    "SessionRevoked",
    "SessionStarted",
]
