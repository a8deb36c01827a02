"""Auth's transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import ClassVar

from sqlalchemy import delete, exists
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.auth.domain.errors import ExternalAccountInUse, RoleNameTaken
from lyceum.auth.domain.policies.lockout import FORGOTTEN_AFTER
from lyceum.auth.models.model import authorization_codes, pending_sign_ins, sessions, token_families
from lyceum.auth.persistence.grants import (
    SqlAuthorizationCodes,
    SqlClients,
    SqlConsents,
    SqlExternalIdentities,
    SqlPendingSignIns,
    SqlSigningKeys,
    SqlTokenFamilies,
)
from lyceum.auth.persistence.repository import (
    SqlAssignments,
    SqlAuditEntries,
    SqlCredentials,
    SqlRoles,
    SqlSessions,
    SqlSignInFailures,
    remove_outdated,
)
from lyceum.kernel.errors import LyceumError, VersionConflict
from lyceum.runtime.unit_of_work import SqlUnitOfWork


class SqlAuthUnit(SqlUnitOfWork):
    conflicts: ClassVar[Mapping[str, Callable[[], LyceumError]]] = {
        "uq_roles_name": RoleNameTaken,
        "uq_external_identities_issuer_subject": ExternalAccountInUse,
        # Two requests made the same thing at once; asked again, the second finds it there.
        "uq_role_assignments_holding": VersionConflict,
        "uq_consents_user_id_client_id": VersionConflict,
        "pk_credentials": VersionConflict,
    }

    sessions: SqlSessions
    credentials: SqlCredentials
    sign_in_failures: SqlSignInFailures
    clients: SqlClients
    consents: SqlConsents
    authorization_codes: SqlAuthorizationCodes
    token_families: SqlTokenFamilies
    signing_keys: SqlSigningKeys
    external_identities: SqlExternalIdentities
    pending_sign_ins: SqlPendingSignIns
    roles: SqlRoles
    assignments: SqlAssignments
    audit: SqlAuditEntries

    def bind(self, session: AsyncSession) -> None:
        self.sessions = SqlSessions(session)
        self.credentials = SqlCredentials(session)
        self.sign_in_failures = SqlSignInFailures(session)
        self.clients = SqlClients(session)
        self.consents = SqlConsents(session)
        self.authorization_codes = SqlAuthorizationCodes(session)
        self.token_families = SqlTokenFamilies(session)
        self.signing_keys = SqlSigningKeys(session)
        self.external_identities = SqlExternalIdentities(session)
        self.pending_sign_ins = SqlPendingSignIns(session)
        self.roles = SqlRoles(session)
        self.assignments = SqlAssignments(session)
        self.audit = SqlAuditEntries(session)

    async def forget_expired(self, now: datetime, kept_since: datetime) -> None:
        """Drop what expired before `kept_since`, and what counted failures long ago."""
        for table in (authorization_codes, pending_sign_ins, token_families):
            await self.session.execute(delete(table).where(table.c.expires_at < kept_since))
        # A refresh token can outlive its session, but not the knowledge whether that was revoked.
        in_use = exists().where(token_families.c.session_id == sessions.c.id)
        await self.session.execute(delete(sessions).where(sessions.c.expires_at < kept_since, ~in_use))
        await remove_outdated(self.session, now=now, before=now - FORGOTTEN_AFTER)
