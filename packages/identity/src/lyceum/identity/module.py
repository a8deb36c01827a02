"""Identity as the apps see it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from lyceum.identity.api import ROUTERS
from lyceum.identity.container import IdentityContainer
from lyceum.identity.domain.policies import PERMISSIONS
from lyceum.identity.models.model import metadata, tables
from lyceum.identity.ports import (
    Accommodations,
    CredentialStore,
    EmailTaken,
    UserDirectory,
    UserNotFound,
    UserProvisioning,
)
from lyceum.identity.schemas.events import PUBLISHED
from lyceum.identity.services.registering import SEND_MAIL
from lyceum.kernel.errors import ValidationFailed
from lyceum.runtime.jobs import JobContext, JobSpec
from lyceum.runtime.module import ModuleSpec


def jobs(container: Any) -> Sequence[JobSpec]:
    async def send_mail(context: JobContext, *, registration_id: str) -> None:
        await container.registering().send_mail(registration_id=UUID(registration_id))

    async def forget_expired(context: JobContext) -> None:
        await container.registering().forget_expired()

    return (
        JobSpec(name=SEND_MAIL, run=send_mail),
        JobSpec(name="identity.forget-expired-registrations", run=forget_expired, schedule="17 * * * *"),
    )


module = ModuleSpec(
    name="identity",
    container=IdentityContainer,
    metadata=metadata,
    tables=tables,
    migrations="lyceum.identity.migrations",
    permissions=PERMISSIONS,
    provides={UserDirectory: "directory", UserProvisioning: "directory", Accommodations: "directory"},
    requires={"credentials": CredentialStore},
    errors=(UserNotFound, EmailTaken, ValidationFailed),
    events=PUBLISHED,
    routers=ROUTERS,
    credential_paths=("/api/v1/registrations",),
    jobs=jobs,
)
