"""The audit log, to read and to verify."""

from uuid import UUID

from fastapi import APIRouter

from lyceum.auth.api.dependencies import AuditingService
from lyceum.auth.schemas.internal import AuditEntryView, AuditVerification
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, ValidationFailed
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, PageParams, problems

router = APIRouter(prefix="/api/v1/audit-log", tags=["auth"])


@router.get(
    "", operation_id="list_audit_entries", responses=problems(NotAuthenticated, PermissionDenied, ValidationFailed)
)
async def list_audit_entries(
    principal: CurrentPrincipal, auditing: AuditingService, page: PageParams, actor: UUID | None = None
) -> Page[AuditEntryView]:
    """Who did what, the latest first."""
    return await auditing.read(principal, actor=actor, page=page)


@router.get("/verification", operation_id="verify_audit_log", responses=problems(NotAuthenticated, PermissionDenied))
async def verify_audit_log(principal: CurrentPrincipal, auditing: AuditingService) -> AuditVerification:
    """Whether nobody touched the log. Compare `head` with one noted elsewhere to be sure of the end as well."""
    return await auditing.verification(principal)
