"""Aggregates, one file each."""

from lyceum.auth.domain.entities.audit_entry import GENESIS, AuditEntry, AuditHead
from lyceum.auth.domain.entities.authorization_code import CODE_LIFETIME, AuthorizationCode
from lyceum.auth.domain.entities.client import AuthMethod, Client, GrantType
from lyceum.auth.domain.entities.consent import Consent
from lyceum.auth.domain.entities.credential import PasswordCredential, PasswordWasChanged
from lyceum.auth.domain.entities.external_identity import ExternalIdentity, PendingSignIn
from lyceum.auth.domain.entities.role import (
    ADMINISTRATOR,
    AUTHOR,
    BUILT_IN_ROLES,
    INSTRUCTOR,
    LEARNER,
    Role,
    RoleAssignment,
    RoleWasAssigned,
    RoleWasRevoked,
)
from lyceum.auth.domain.entities.session import (
    Session,
    SessionEnd,
    SessionLifetime,
    SessionWasRevoked,
    SessionWasStarted,
)
from lyceum.auth.domain.entities.signing_key import SigningKey
from lyceum.auth.domain.entities.token_family import (
    FamilyEnd,
    FamilyWasRevoked,
    TokenFamily,
    parse_refresh_token,
    refresh_token,
)

__all__ = [
    "ADMINISTRATOR",
    "AUTHOR",
    "BUILT_IN_ROLES",
    "CODE_LIFETIME",
    "GENESIS",
    "INSTRUCTOR",
    "LEARNER",
    "AuditEntry",
    "AuditHead",
    "AuthMethod",
    "AuthorizationCode",
    "Client",
    "Consent",
    "ExternalIdentity",
    "FamilyEnd",
    "FamilyWasRevoked",
    "GrantType",
    "PasswordCredential",
    "PasswordWasChanged",
    "PendingSignIn",
    "Role",
    "RoleAssignment",
    "RoleWasAssigned",
    "RoleWasRevoked",
    "Session",
    "SessionEnd",
    "SessionLifetime",
    "SessionWasRevoked",
    "SessionWasStarted",
    "SigningKey",
    "TokenFamily",
    "parse_refresh_token",
    "refresh_token",
]
