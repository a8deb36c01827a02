"""The audit log, to read and to verify."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lyceum.auth.api.dependencies import AuditingService
from lyceum.auth.domain.queries import AuditFilter
from lyceum.auth.schemas.internal import AuditEntryView, AuditVerification
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, ValidationFailed
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, Moment, PageParams, problems

router = APIRouter(prefix="/api/v1/audit-log", tags=["auth"])


@router.get(
    "", operation_id="list_audit_entries", responses=problems(NotAuthenticated, PermissionDenied, ValidationFailed)
)
async def list_audit_entries(
    principal: CurrentPrincipal,
    auditing: AuditingService,
    page: PageParams,
    actor: UUID | None = None,
    action: Annotated[
        str | None,
        Query(
            max_length=100,
            pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$",
            description="The action, or what it begins with: `auth.role` is also `auth.role.assigned`.",
        ),
    ] = None,
    since: Annotated[Moment | None, Query(description="Only what was done then or later.")] = None,
    until: Annotated[Moment | None, Query(description="Only what was done before.")] = None,
) -> Page[AuditEntryView]:
    """Who did what, the latest first."""
    return await auditing.read(principal, AuditFilter(actor, action, since, until), page=page)


@router.get("/verification", operation_id="verify_audit_log", responses=problems(NotAuthenticated, PermissionDenied))
async def verify_audit_log(principal: CurrentPrincipal, auditing: AuditingService) -> AuditVerification:
    """Whether nobody touched the log. Compare `head` with one noted elsewhere to be sure of the end as well."""
    return await auditing.verification(principal)
