"""A person's own account, and what others see of it."""

from collections.abc import Callable
from uuid import UUID

from lyceum.identity.domain.entities import User
from lyceum.identity.domain.policies import may_see_profile
from lyceum.identity.domain.repositories import IdentityUnit
from lyceum.identity.domain.values import ProfileVisibility
from lyceum.identity.ports import UserNotFound
from lyceum.identity.schemas.internal import Me, Profile, ProfileChange
from lyceum.kernel.clock import Clock
from lyceum.kernel.principal import Principal


class Profiles:
    def __init__(self, *, units: Callable[[], IdentityUnit], clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def me(self, principal: Principal) -> Me:
        """Raises `NotAuthenticated`."""
        user_id = principal.require_user()
        async with self._units() as unit:
            return _me(await unit.users.get(user_id))

    async def edit(self, principal: Principal, change: ProfileChange, *, expected: int | None) -> Me:
        """Raises `NotAuthenticated`, `PreconditionFailed`, `ValidationFailed`."""
        user_id = principal.require_user()
        async with self._units() as unit:
            user = await unit.users.get(user_id)
            user.expect(expected)
            user.edit_profile(
                now=self._clock.now(),
                display_name=change.display_name,
                bio=change.bio,
                visibility=None if change.visibility is None else ProfileVisibility(change.visibility),
                locale=change.locale,
                time_zone=change.time_zone,
            )
            await unit.commit()
            return _me(user)

    async def profile(self, principal: Principal, user_id: UUID) -> Profile:
        """Raises `NotAuthenticated`, and `UserNotFound` as well where the profile is not for the caller's eyes."""
        caller = principal.require_user()
        async with self._units() as unit:
            user = await unit.users.get(user_id)
            shared = await unit.memberships.share_organisation(caller, user_id)
        if not may_see_profile(principal, user, share_organisation=shared):
            raise UserNotFound()
        return Profile(id=user.id, display_name=user.display_name, bio=user.bio)


def _me(user: User) -> Me:
    return Me(
        id=user.id,
        email=user.email,
        display_name=user.display_name,
        bio=user.bio,
        visibility=user.visibility.value,
        locale=user.locale,
        time_zone=user.time_zone,
        extra_time_factor=user.extra_time_factor,
        created_at=user.created_at,
        version=user.version,
    )
