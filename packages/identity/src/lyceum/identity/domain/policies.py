"""Who may do what with people."""

from collections.abc import Iterable
from uuid import UUID

from lyceum.identity.domain.entities import User
from lyceum.identity.domain.values import ProfileVisibility, UserStatus
from lyceum.kernel.principal import Permission, Principal

READ_USERS = "identity.user.read"
MANAGE_USERS = "identity.user.manage"
MANAGE_ORGANISATIONS = "identity.organisation.manage"
MANAGE_MEMBERS = "identity.member.manage"
MANAGE_ACCOMMODATIONS = "identity.accommodation.manage"

PERMISSIONS = (
    Permission(name=READ_USERS, description="see people and their accounts", roles=frozenset({"administrator"})),
    Permission(name=MANAGE_USERS, description="deactivate and reactivate accounts", roles=frozenset({"administrator"})),
    Permission(
        name=MANAGE_ORGANISATIONS, description="found and rename organisations", roles=frozenset({"administrator"})
    ),
    Permission(
        name=MANAGE_MEMBERS,
        description="change who belongs to organisations and groups",
        roles=frozenset({"administrator"}),
    ),
    Permission(name=MANAGE_ACCOMMODATIONS, description="see and agree extra time", roles=frozenset({"administrator"})),
)

MAX_REGISTRATIONS_PER_HOUR = 5


def may_see_user(principal: Principal, user_id: UUID, organisations: Iterable[UUID]) -> bool:
    """Oneself, or somebody of an organisation (or the platform) on which the caller may see people."""
    return principal.user_id == user_id or holds(principal, READ_USERS, organisations)


def holds(principal: Principal, permission: str, organisations: Iterable[UUID]) -> bool:
    """Whether the caller has the permission on the platform or on one of these organisations."""
    return principal.allows(permission) or any(
        principal.allows(permission, organisation=organisation) for organisation in organisations
    )


def may_see_profile(principal: Principal, user: User, *, share_organisation: bool) -> bool:
    """By the person's own choice of visibility; a deactivated account has no public profile."""
    if principal.user_id == user.id or principal.allows(READ_USERS):
        return True
    if not principal.is_authenticated or user.status is not UserStatus.ACTIVE:
        return False
    if user.visibility is ProfileVisibility.PLATFORM:
        return True
    return user.visibility is ProfileVisibility.ORGANISATION and share_organisation
