"""Roles, and who holds them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from lyceum.auth.api.dependencies import RolesService, forget_credentials
from lyceum.auth.domain.errors import (
    BuiltInRole,
    CannotGrant,
    InvalidRole,
    LastAdministrator,
    RoleAssignmentNotFound,
    RoleNameTaken,
    RoleScopeMismatch,
)
from lyceum.auth.ports import RoleNotFound
from lyceum.auth.schemas.internal import (
    AssignmentRequest,
    AssignmentView,
    PermissionView,
    RoleChange,
    RoleRequest,
    RoleView,
)
from lyceum.identity.ports import UserNotFound
from lyceum.kernel.errors import (
    NotAuthenticated,
    PermissionDenied,
    PreconditionFailed,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, IfMatch, PageParams, RecentProof, problems, set_etag

router = APIRouter(prefix="/api/v1", tags=["auth"])

Name = Annotated[str, Path(max_length=50, pattern=r"^[a-z0-9-]+$")]

_REFUSALS = (NotAuthenticated, PermissionDenied, ValidationFailed)


@router.get("/permissions", operation_id="list_permissions", responses=problems(*_REFUSALS))
async def list_permissions(principal: CurrentPrincipal, roles: RolesService, page: PageParams) -> Page[PermissionView]:
    """Everything that can be allowed, by name."""
    return await roles.permissions(principal, page=page)


@router.get("/roles", operation_id="list_roles", responses=problems(*_REFUSALS))
async def list_roles(principal: CurrentPrincipal, roles: RolesService, page: PageParams) -> Page[RoleView]:
    """All roles, built-in and custom, by name."""
    return await roles.list(principal, page=page)


@router.post(
    "/roles",
    status_code=201,
    operation_id="define_role",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, CannotGrant, InvalidRole, RoleNameTaken),
)
async def define_role(
    role: RoleRequest, principal: CurrentPrincipal, roles: RolesService, response: Response
) -> RoleView:
    """A custom role. Nobody can put more into it than they have themselves."""
    defined = await roles.define(principal, role)
    set_etag(response, defined.version)
    return defined


@router.patch(
    "/roles/{name}",
    operation_id="change_role",
    dependencies=[RecentProof],
    responses=problems(
        *_REFUSALS,
        CannotGrant,
        InvalidRole,
        BuiltInRole,
        RoleNotFound,
        PreconditionFailed,
        PreconditionRequired,
        VersionConflict,
    ),
)
async def change_role(
    name: Name,
    change: RoleChange,
    principal: CurrentPrincipal,
    roles: RolesService,
    precondition: IfMatch,
    request: Request,
    response: Response,
) -> RoleView:
    """Change a custom role for everybody who holds it."""
    changed = await roles.change(principal, name, change, expected=precondition.version)
    set_etag(response, changed.version)
    forget_credentials(request, None)
    return changed


@router.delete(
    "/roles/{name}",
    status_code=204,
    operation_id="remove_role",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, BuiltInRole, RoleNotFound, VersionConflict),
)
async def remove_role(name: Name, principal: CurrentPrincipal, roles: RolesService, request: Request) -> None:
    """End a custom role, and that people hold it."""
    await roles.remove(principal, name)
    forget_credentials(request, None)


@router.get("/role-assignments", operation_id="list_role_assignments", responses=problems(*_REFUSALS))
async def list_role_assignments(
    principal: CurrentPrincipal, roles: RolesService, page: PageParams, user_id: UUID | None = None
) -> Page[AssignmentView]:
    """The roles that a person holds, besides that of a learner; the caller's own without `user_id`."""
    return await roles.assignments(principal, user_id=user_id, page=page)


@router.post(
    "/role-assignments",
    status_code=201,
    operation_id="assign_role",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, CannotGrant, RoleNotFound, RoleScopeMismatch, UserNotFound, VersionConflict),
)
async def assign_role(
    assignment: AssignmentRequest, principal: CurrentPrincipal, roles: RolesService, request: Request
) -> AssignmentView:
    """Give somebody a role on the platform, in an organisation or in a course."""
    given = await roles.give(principal, assignment)
    forget_credentials(request, given.user_id)
    return given


@router.delete(
    "/role-assignments/{assignment_id}",
    status_code=204,
    operation_id="take_role",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, CannotGrant, RoleAssignmentNotFound, LastAdministrator, VersionConflict),
)
async def take_role(assignment_id: UUID, principal: CurrentPrincipal, roles: RolesService, request: Request) -> None:
    """Take a role away from somebody."""
    forget_credentials(request, await roles.take(principal, assignment_id))
