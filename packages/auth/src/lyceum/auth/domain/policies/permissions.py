"""What auth lets be allowed."""

from lyceum.auth.domain.entities.role import ADMINISTRATOR
from lyceum.auth.domain.policies.roles import ASSIGN_ROLES, DEFINE_ROLES
from lyceum.kernel.principal import Permission

READ_AUDIT_LOG = "auth.audit-log.read"
MANAGE_CLIENTS = "auth.client.manage"

_ROLES = frozenset({ADMINISTRATOR})

PERMISSIONS = (
    Permission(name=ASSIGN_ROLES, description="give roles to people and take them away", roles=_ROLES),
    Permission(name=DEFINE_ROLES, description="make and change roles", roles=_ROLES),
    Permission(name=READ_AUDIT_LOG, description="read and verify the audit log", roles=_ROLES),
    Permission(name=MANAGE_CLIENTS, description="register applications that people sign in to", roles=_ROLES),
)
