"""What administrators do with accounts."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from lyceum.identity.domain import policies
from lyceum.identity.domain.entities import User
from lyceum.identity.domain.queries import IdentityQueries
from lyceum.identity.domain.repositories import IdentityUnit
from lyceum.identity.domain.values import UserStatus
from lyceum.identity.ports import UserNotFound
from lyceum.identity.schemas.internal import Accommodation, Account
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import Conflict, PermissionDenied
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal, ScopeKind


class OwnAccount(Conflict):
    code = "identity.own-account"
    title = "You cannot do this to your own account"


class Accounts:
    """Each of these needs its permission on the platform or on an organisation that the person belongs to."""

    def __init__(self, *, units: Callable[[], IdentityUnit], queries: IdentityQueries, clock: Clock) -> None:
        self._units = units
        self._queries = queries
        self._clock = clock

    async def list(
        self,
        principal: Principal,
        *,
        page: PageRequest,
        text: str | None = None,
        status: UserStatus | None = None,
        organisation: UUID | None = None,
    ) -> Page[Account]:
        """The accounts that the caller may see. Raises `NotAuthenticated`, `PermissionDenied`."""
        principal.require_user()
        within = None
        if not principal.allows(policies.READ_USERS):
            within = principal.scope_ids(policies.READ_USERS, ScopeKind.ORGANISATION)
            if not within:
                raise PermissionDenied(permission=policies.READ_USERS)
        return await self._queries.accounts(
            page=page, text=text, status=status, organisation=organisation, within=within
        )

    async def get(self, principal: Principal, user_id: UUID) -> Account:
        """Raises `NotAuthenticated`, `UserNotFound`."""
        async with self._units() as unit:
            return _account(await self._visible(unit, principal, user_id))

    async def deactivate(self, principal: Principal, user_id: UUID) -> Account:
        """Raises `NotAuthenticated`, `UserNotFound`, `PermissionDenied`, and `OwnAccount` for one's own."""
        caller = principal.require_user()
        if caller == user_id:
            raise OwnAccount()
        async with self._units() as unit:
            user = await self._manageable(unit, principal, user_id, policies.MANAGE_USERS)
            user.deactivate(by=caller, now=self._clock.now())
            await unit.commit()
            return _account(user)

    async def reactivate(self, principal: Principal, user_id: UUID) -> Account:
        """Raises `NotAuthenticated`, `UserNotFound`, `PermissionDenied`."""
        caller = principal.require_user()
        async with self._units() as unit:
            user = await self._manageable(unit, principal, user_id, policies.MANAGE_USERS)
            user.reactivate(by=caller, now=self._clock.now())
            await unit.commit()
            return _account(user)

    async def accommodation(self, principal: Principal, user_id: UUID) -> Accommodation:
        """Own, or with the permission any. Raises `NotAuthenticated`, `UserNotFound`, `PermissionDenied`."""
        principal.require_user()
        async with self._units() as unit:
            if principal.user_id == user_id:
                return _accommodation(await unit.users.get(user_id))
            return _accommodation(await self._manageable(unit, principal, user_id, policies.MANAGE_ACCOMMODATIONS))

    async def agree_extra_time(
        self, principal: Principal, user_id: UUID, factor: Decimal, *, expected: int | None
    ) -> Accommodation:
        """Raises `NotAuthenticated`, `UserNotFound`, `PermissionDenied`, `PreconditionFailed`, `ValidationFailed`."""
        caller = principal.require_user()
        async with self._units() as unit:
            user = await self._manageable(unit, principal, user_id, policies.MANAGE_ACCOMMODATIONS)
            user.expect(expected)
            user.agree_extra_time(factor, by=caller, now=self._clock.now())
            await unit.commit()
            return _accommodation(user)

    async def _visible(self, unit: IdentityUnit, principal: Principal, user_id: UUID) -> User:
        principal.require_user()
        organisations = await unit.memberships.organisations_of(user_id)
        if not policies.may_see_user(principal, user_id, organisations):
            raise UserNotFound()
        return await unit.users.get(user_id)

    async def _manageable(self, unit: IdentityUnit, principal: Principal, user_id: UUID, permission: str) -> User:
        principal.require_user()
        organisations = await unit.memberships.organisations_of(user_id)
        if policies.holds(principal, permission, organisations):
            return await unit.users.get(user_id)
        if policies.may_see_user(principal, user_id, organisations):
            raise PermissionDenied(permission=permission)
        raise UserNotFound()


def _account(user: User) -> Account:
    return Account(
        id=user.id,
        email=user.email,
        display_name=user.display_name,
        status=user.status.value,
        locale=user.locale,
        time_zone=user.time_zone,
        created_at=user.created_at,
        version=user.version,
    )


def _accommodation(user: User) -> Accommodation:
    return Accommodation(user_id=user.id, extra_time_factor=user.extra_time_factor, version=user.version)
