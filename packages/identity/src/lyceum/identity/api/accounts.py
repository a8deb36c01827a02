"""People, for those who look after them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from lyceum.identity.api.dependencies import AccountsService, ProfilesService
from lyceum.identity.domain.values import UserStatus
from lyceum.identity.ports import UserNotFound
from lyceum.identity.schemas.internal import Accommodation, AccommodationChange, Account, Profile, Status
from lyceum.identity.services.accounts import OwnAccount
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

router = APIRouter(prefix="/api/v1/users", tags=["identity"])

# PostgreSQL has no such character in texts.
NO_NUL = r"^[^\x00]*$"
_REFUSALS = (NotAuthenticated, PermissionDenied, UserNotFound, ValidationFailed)


@router.get("", operation_id="list_users", responses=problems(NotAuthenticated, PermissionDenied, ValidationFailed))
async def list_users(
    principal: CurrentPrincipal,
    accounts: AccountsService,
    page: PageParams,
    q: Annotated[
        str | None, Query(max_length=100, pattern=NO_NUL, description="Part of a name or an e-mail address.")
    ] = None,
    status: Status | None = None,
    organisation: UUID | None = None,
) -> Page[Account]:
    """Accounts, newest first: all of them, or those of the organisations that the caller looks after."""
    return await accounts.list(
        principal,
        page=page,
        text=q,
        status=None if status is None else UserStatus(status),
        organisation=organisation,
    )


@router.get("/{user_id}", operation_id="get_user", responses=problems(*_REFUSALS))
async def get_user(
    user_id: UUID, principal: CurrentPrincipal, accounts: AccountsService, response: Response
) -> Account:
    """One account."""
    account = await accounts.get(principal, user_id)
    set_etag(response, account.version)
    return account


@router.get(
    "/{user_id}/profile",
    operation_id="get_profile",
    responses=problems(NotAuthenticated, UserNotFound, ValidationFailed),
)
async def get_profile(user_id: UUID, principal: CurrentPrincipal, profiles: ProfilesService) -> Profile:
    """What a person shows of themselves to the caller."""
    return await profiles.profile(principal, user_id)


@router.post(
    "/{user_id}/deactivation",
    operation_id="deactivate_user",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, OwnAccount, VersionConflict),
)
async def deactivate_user(user_id: UUID, principal: CurrentPrincipal, accounts: AccountsService) -> Account:
    """Close the account until it is reactivated: its sessions end and nobody signs in to it."""
    return await accounts.deactivate(principal, user_id)


@router.post(
    "/{user_id}/reactivation",
    operation_id="reactivate_user",
    dependencies=[RecentProof],
    responses=problems(*_REFUSALS, VersionConflict),
)
async def reactivate_user(user_id: UUID, principal: CurrentPrincipal, accounts: AccountsService) -> Account:
    """Open a deactivated account again."""
    return await accounts.reactivate(principal, user_id)


@router.get("/{user_id}/accommodation", operation_id="get_accommodation", responses=problems(*_REFUSALS))
async def get_accommodation(
    user_id: UUID, principal: CurrentPrincipal, accounts: AccountsService, response: Response
) -> Accommodation:
    """The extra time that is agreed with a person."""
    accommodation = await accounts.accommodation(principal, user_id)
    set_etag(response, accommodation.version)
    return accommodation


@router.put(
    "/{user_id}/accommodation",
    operation_id="agree_accommodation",
    responses=problems(*_REFUSALS, PreconditionFailed, PreconditionRequired, VersionConflict),
)
async def agree_accommodation(
    user_id: UUID,
    change: AccommodationChange,
    principal: CurrentPrincipal,
    accounts: AccountsService,
    precondition: IfMatch,
    response: Response,
) -> Accommodation:
    """Agree extra time with a person; 1 takes it back. Attempts that start from now on use it."""
    accommodation = await accounts.agree_extra_time(
        principal, user_id, change.extra_time_factor, expected=precondition.version
    )
    set_etag(response, accommodation.version)
    return accommodation
