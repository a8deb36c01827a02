"""Auth as the apps see it."""

from collections.abc import Sequence
from typing import Any

from lyceum.auth.api import ROUTERS
from lyceum.auth.consumers import identity
from lyceum.auth.container import AuthContainer
from lyceum.auth.domain.errors import RoleScopeMismatch
from lyceum.auth.domain.policies.permissions import PERMISSIONS
from lyceum.auth.models.model import metadata, tables
from lyceum.auth.ports import AuditLog, RoleAssignments, RoleNotFound
from lyceum.auth.schemas.events import PUBLISHED
from lyceum.auth.services.housekeeping import FORGET_EXPIRED
from lyceum.auth.services.passwords import SEND_RESET
from lyceum.auth.services.signing_keys import ROTATE
from lyceum.identity.ports import CredentialStore, PasswordRefused, UserDirectory, UserProvisioning
from lyceum.kernel.authentication import Authentication
from lyceum.kernel.errors import Unavailable, VersionConflict
from lyceum.runtime.events import Subscription
from lyceum.runtime.jobs import JobContext, JobSpec
from lyceum.runtime.module import ModuleSpec


def subscriptions(container: Any) -> Sequence[Subscription[Any]]:
    return identity.subscriptions(container.clock())


def jobs(container: Any) -> Sequence[JobSpec]:
    async def send_reset(context: JobContext, *, email: str) -> None:
        await container.passwords().send_reset(email=email)

    async def rotate(context: JobContext) -> None:
        await container.signing_keys().rotate()

    async def forget_expired(context: JobContext) -> None:
        await container.housekeeping().forget_expired()

    return (
        JobSpec(name=SEND_RESET, run=send_reset),
        JobSpec(name=ROTATE, run=rotate, schedule="7 */6 * * *"),
        JobSpec(name=FORGET_EXPIRED, run=forget_expired, schedule="37 3 * * *"),
    )


module = ModuleSpec(
    name="auth",
    container=AuthContainer,
    metadata=metadata,
    tables=tables,
    migrations="lyceum.auth.migrations",
    permissions=PERMISSIONS,
    provides={
        Authentication: "authenticating",
        CredentialStore: "passwords",
        RoleAssignments: "roles",
        AuditLog: "auditing",
    },
    requires={"users": UserDirectory, "provisioning": UserProvisioning},
    errors=(PasswordRefused, RoleNotFound, RoleScopeMismatch, Unavailable, VersionConflict),
    events=PUBLISHED,
    routers=ROUTERS,
    credential_paths=("/api/v1/password", "/api/v1/password-resets", "/api/v1/session"),
    subscriptions=subscriptions,
    jobs=jobs,
)
