"""Organisations, their members and groups."""

from uuid import UUID

from fastapi import APIRouter, Response

from lyceum.identity.api.dependencies import OrganisingService
from lyceum.identity.ports import GroupNotFound, OrganisationNotFound, SlugTaken, UserNotFound
from lyceum.identity.schemas.internal import GroupView, Member, NameChange, OrganisationRequest, OrganisationView
from lyceum.identity.services.organising import NotAMember
from lyceum.kernel.errors import (
    NotAuthenticated,
    PermissionDenied,
    PreconditionFailed,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.kernel.pagination import Page
from lyceum.runtime.http import CurrentPrincipal, IfMatch, PageParams, problems, set_etag

router = APIRouter(prefix="/api/v1", tags=["identity"])

_REFUSALS = (NotAuthenticated, PermissionDenied, ValidationFailed)
_VERSIONED = (PreconditionFailed, PreconditionRequired, VersionConflict)
_OF_ORGANISATION = problems(*_REFUSALS, OrganisationNotFound)
_OF_GROUP = problems(*_REFUSALS, GroupNotFound)


@router.post(
    "/organisations",
    status_code=201,
    operation_id="found_organisation",
    responses=problems(*_REFUSALS, SlugTaken),
)
async def found_organisation(
    request: OrganisationRequest, principal: CurrentPrincipal, organising: OrganisingService, response: Response
) -> OrganisationView:
    """A new organisation without members."""
    organisation = await organising.found(principal, slug=request.slug, name=request.name)
    set_etag(response, organisation.version)
    return organisation


@router.get("/organisations", operation_id="list_organisations", responses=problems(NotAuthenticated, ValidationFailed))
async def list_organisations(
    principal: CurrentPrincipal, organising: OrganisingService, page: PageParams
) -> Page[OrganisationView]:
    """The caller's organisations by name, or all for who manages them."""
    return await organising.list(principal, page=page)


@router.get("/organisations/{organisation_id}", operation_id="get_organisation", responses=_OF_ORGANISATION)
async def get_organisation(
    organisation_id: UUID, principal: CurrentPrincipal, organising: OrganisingService, response: Response
) -> OrganisationView:
    """One organisation."""
    organisation = await organising.get(principal, organisation_id)
    set_etag(response, organisation.version)
    return organisation


@router.patch(
    "/organisations/{organisation_id}",
    operation_id="rename_organisation",
    responses=problems(*_REFUSALS, *_VERSIONED, OrganisationNotFound),
)
async def rename_organisation(
    organisation_id: UUID,
    change: NameChange,
    principal: CurrentPrincipal,
    organising: OrganisingService,
    precondition: IfMatch,
    response: Response,
) -> OrganisationView:
    """Another name; the short name stays."""
    organisation = await organising.rename(principal, organisation_id, name=change.name, expected=precondition.version)
    set_etag(response, organisation.version)
    return organisation


@router.get(
    "/organisations/{organisation_id}/members",
    operation_id="list_organisation_members",
    responses=_OF_ORGANISATION,
)
async def list_organisation_members(
    organisation_id: UUID, principal: CurrentPrincipal, organising: OrganisingService, page: PageParams
) -> Page[Member]:
    """Who belongs to the organisation, by name."""
    return await organising.members(principal, organisation_id, page=page)


@router.put(
    "/organisations/{organisation_id}/members/{user_id}",
    status_code=204,
    operation_id="admit_member",
    responses=problems(*_REFUSALS, OrganisationNotFound, UserNotFound),
)
async def admit_member(
    organisation_id: UUID, user_id: UUID, principal: CurrentPrincipal, organising: OrganisingService
) -> None:
    """Make a person a member; a member stays one."""
    await organising.admit(principal, organisation_id, user_id)


@router.delete(
    "/organisations/{organisation_id}/members/{user_id}",
    status_code=204,
    operation_id="dismiss_member",
    responses=_OF_ORGANISATION,
)
async def dismiss_member(
    organisation_id: UUID, user_id: UUID, principal: CurrentPrincipal, organising: OrganisingService
) -> None:
    """End a membership, and those in the organisation's groups. Everybody may end their own."""
    await organising.dismiss(principal, organisation_id, user_id)


@router.post(
    "/organisations/{organisation_id}/groups",
    status_code=201,
    operation_id="form_group",
    responses=_OF_ORGANISATION,
)
async def form_group(
    organisation_id: UUID,
    request: NameChange,
    principal: CurrentPrincipal,
    organising: OrganisingService,
    response: Response,
) -> GroupView:
    """A new group without members."""
    group = await organising.form_group(principal, organisation_id, name=request.name)
    set_etag(response, group.version)
    return group


@router.get("/organisations/{organisation_id}/groups", operation_id="list_groups", responses=_OF_ORGANISATION)
async def list_groups(
    organisation_id: UUID, principal: CurrentPrincipal, organising: OrganisingService, page: PageParams
) -> Page[GroupView]:
    """The organisation's groups, by name."""
    return await organising.groups(principal, organisation_id, page=page)


@router.patch(
    "/groups/{group_id}",
    operation_id="rename_group",
    responses=problems(*_REFUSALS, *_VERSIONED, GroupNotFound),
)
async def rename_group(
    group_id: UUID,
    change: NameChange,
    principal: CurrentPrincipal,
    organising: OrganisingService,
    precondition: IfMatch,
    response: Response,
) -> GroupView:
    """Another name for the group."""
    group = await organising.rename_group(principal, group_id, name=change.name, expected=precondition.version)
    set_etag(response, group.version)
    return group


@router.delete("/groups/{group_id}", status_code=204, operation_id="dissolve_group", responses=_OF_GROUP)
async def dissolve_group(group_id: UUID, principal: CurrentPrincipal, organising: OrganisingService) -> None:
    """End the group; its members stay in the organisation."""
    await organising.dissolve_group(principal, group_id)


@router.get("/groups/{group_id}/members", operation_id="list_group_members", responses=_OF_GROUP)
async def list_group_members(
    group_id: UUID, principal: CurrentPrincipal, organising: OrganisingService, page: PageParams
) -> Page[Member]:
    """Who is in the group, by name."""
    return await organising.group_members(principal, group_id, page=page)


@router.put(
    "/groups/{group_id}/members/{user_id}",
    status_code=204,
    operation_id="add_group_member",
    responses=problems(*_REFUSALS, GroupNotFound, NotAMember),
)
async def add_group_member(
    group_id: UUID, user_id: UUID, principal: CurrentPrincipal, organising: OrganisingService
) -> None:
    """Put a member of the organisation into the group."""
    await organising.add_to_group(principal, group_id, user_id)


@router.delete(
    "/groups/{group_id}/members/{user_id}",
    status_code=204,
    operation_id="remove_group_member",
    responses=_OF_GROUP,
)
async def remove_group_member(
    group_id: UUID, user_id: UUID, principal: CurrentPrincipal, organising: OrganisingService
) -> None:
    """Take a person out of the group."""
    await organising.remove_from_group(principal, group_id, user_id)
