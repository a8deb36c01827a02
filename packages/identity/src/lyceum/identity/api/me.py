"""The caller's own account."""

from fastapi import APIRouter, Response

from lyceum.identity.api.dependencies import ProfilesService
from lyceum.identity.schemas.internal import Me, ProfileChange
from lyceum.kernel.errors import (
    NotAuthenticated,
    PreconditionFailed,
    PreconditionRequired,
    ValidationFailed,
    VersionConflict,
)
from lyceum.runtime.http import CurrentPrincipal, IfMatch, problems, set_etag

router = APIRouter(prefix="/api/v1/me", tags=["identity"])


@router.get("", operation_id="get_me", responses=problems(NotAuthenticated))
async def get_me(principal: CurrentPrincipal, profiles: ProfilesService, response: Response) -> Me:
    """The account of whoever is signed in, with its preferences."""
    me = await profiles.me(principal)
    set_etag(response, me.version)
    return me


@router.patch(
    "",
    operation_id="edit_me",
    responses=problems(NotAuthenticated, PreconditionFailed, PreconditionRequired, ValidationFailed, VersionConflict),
)
async def edit_me(
    change: ProfileChange,
    principal: CurrentPrincipal,
    profiles: ProfilesService,
    precondition: IfMatch,
    response: Response,
) -> Me:
    """Change the profile or the preferences; what is left out stays as it is."""
    me = await profiles.edit(principal, change, expected=precondition.version)
    set_etag(response, me.version)
    return me
