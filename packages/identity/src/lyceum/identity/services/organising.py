"""Organisations, their members and their groups."""

from collections.abc import Callable
from uuid import UUID

from lyceum.identity.domain.entities import Group, Organisation
from lyceum.identity.domain.policies import MANAGE_MEMBERS, MANAGE_ORGANISATIONS
from lyceum.identity.domain.queries import IdentityQueries
from lyceum.identity.domain.repositories import IdentityUnit
from lyceum.identity.ports import GroupNotFound, OrganisationNotFound
from lyceum.identity.schemas.internal import GroupView, Member, OrganisationView
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import Conflict
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal


class NotAMember(Conflict):
    code = "identity.not-a-member"
    title = "This person does not belong to the organisation"


class Organising:
    """Founding needs the permission on the platform; the rest on the platform or on the organisation.

    Members see their own organisations; others are told that there is none.
    """

    def __init__(self, *, units: Callable[[], IdentityUnit], queries: IdentityQueries, clock: Clock) -> None:
        self._units = units
        self._queries = queries
        self._clock = clock

    async def found(self, principal: Principal, *, slug: str, name: str) -> OrganisationView:
        """Raises `NotAuthenticated`, `PermissionDenied`, `ValidationFailed`, `SlugTaken`."""
        principal.require(MANAGE_ORGANISATIONS)
        async with self._units() as unit:
            organisation = Organisation.found(slug=slug, name=name, now=self._clock.now())
            unit.organisations.add(organisation)
            await unit.commit()
            return _organisation(organisation)

    async def list(self, principal: Principal, *, page: PageRequest) -> Page[OrganisationView]:
        """All of them for who manages organisations, else one's own. Raises `NotAuthenticated`."""
        caller = principal.require_user()
        within = None
        if not principal.allows(MANAGE_ORGANISATIONS):
            async with self._units() as unit:
                within = await unit.memberships.organisations_of(caller)
        return await self._queries.organisations(page=page, within=within)

    async def get(self, principal: Principal, organisation_id: UUID) -> OrganisationView:
        """Raises `NotAuthenticated`, `OrganisationNotFound`."""
        async with self._units() as unit:
            return _organisation(await self._visible(unit, principal, organisation_id))

    async def rename(
        self, principal: Principal, organisation_id: UUID, *, name: str, expected: int | None
    ) -> OrganisationView:
        """Raises `NotAuthenticated`, `OrganisationNotFound`, `PermissionDenied`, `PreconditionFailed`."""
        async with self._units() as unit:
            organisation = await self._visible(unit, principal, organisation_id)
            principal.require(MANAGE_ORGANISATIONS, organisation=organisation_id)
            organisation.expect(expected)
            organisation.rename(name, now=self._clock.now())
            await unit.commit()
            return _organisation(organisation)

    async def members(self, principal: Principal, organisation_id: UUID, *, page: PageRequest) -> Page[Member]:
        """Raises `NotAuthenticated`, `OrganisationNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await self._visible(unit, principal, organisation_id)
        principal.require(MANAGE_MEMBERS, organisation=organisation_id)
        return await self._queries.organisation_members(organisation_id=organisation_id, page=page)

    async def admit(self, principal: Principal, organisation_id: UUID, user_id: UUID) -> None:
        """Raises `NotAuthenticated`, `OrganisationNotFound`, `PermissionDenied`, `UserNotFound`."""
        async with self._units() as unit:
            await self._visible(unit, principal, organisation_id)
            principal.require(MANAGE_MEMBERS, organisation=organisation_id)
            await unit.users.get(user_id)
            await unit.memberships.join_organisation(user_id, organisation_id, self._clock.now())
            await unit.commit()

    async def dismiss(self, principal: Principal, organisation_id: UUID, user_id: UUID) -> None:
        """Everybody may leave by themselves. Raises `NotAuthenticated`, `OrganisationNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await self._visible(unit, principal, organisation_id)
            if principal.user_id != user_id:
                principal.require(MANAGE_MEMBERS, organisation=organisation_id)
            await unit.memberships.leave_organisation(user_id, organisation_id)
            await unit.commit()

    async def form_group(self, principal: Principal, organisation_id: UUID, *, name: str) -> GroupView:
        """Raises `NotAuthenticated`, `OrganisationNotFound`, `PermissionDenied`, `ValidationFailed`."""
        async with self._units() as unit:
            await self._visible(unit, principal, organisation_id)
            principal.require(MANAGE_MEMBERS, organisation=organisation_id)
            group = Group.form(organisation_id=organisation_id, name=name, now=self._clock.now())
            unit.groups.add(group)
            await unit.commit()
            return _group(group)

    async def groups(self, principal: Principal, organisation_id: UUID, *, page: PageRequest) -> Page[GroupView]:
        """Raises `NotAuthenticated`, `OrganisationNotFound`."""
        async with self._units() as unit:
            await self._visible(unit, principal, organisation_id)
        return await self._queries.groups(organisation_id=organisation_id, page=page)

    async def rename_group(self, principal: Principal, group_id: UUID, *, name: str, expected: int | None) -> GroupView:
        """Raises `NotAuthenticated`, `GroupNotFound`, `PermissionDenied`, `PreconditionFailed`."""
        async with self._units() as unit:
            group = await self._managed_group(unit, principal, group_id)
            group.expect(expected)
            group.rename(name, now=self._clock.now())
            await unit.commit()
            return _group(group)

    async def dissolve_group(self, principal: Principal, group_id: UUID) -> None:
        """Raises `NotAuthenticated`, `GroupNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await unit.groups.remove(await self._managed_group(unit, principal, group_id))
            await unit.commit()

    async def group_members(self, principal: Principal, group_id: UUID, *, page: PageRequest) -> Page[Member]:
        """Raises `NotAuthenticated`, `GroupNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await self._managed_group(unit, principal, group_id)
        return await self._queries.group_members(group_id=group_id, page=page)

    async def add_to_group(self, principal: Principal, group_id: UUID, user_id: UUID) -> None:
        """Raises `NotAuthenticated`, `GroupNotFound`, `PermissionDenied`, and `NotAMember` of the organisation."""
        async with self._units() as unit:
            group = await self._managed_group(unit, principal, group_id)
            if not await unit.memberships.stays_member(user_id, group.organisation_id):
                raise NotAMember()
            await unit.memberships.join_group(user_id, group_id, self._clock.now())
            await unit.commit()

    async def remove_from_group(self, principal: Principal, group_id: UUID, user_id: UUID) -> None:
        """Raises `NotAuthenticated`, `GroupNotFound`, `PermissionDenied`."""
        async with self._units() as unit:
            await self._managed_group(unit, principal, group_id)
            await unit.memberships.leave_group(user_id, group_id)
            await unit.commit()

    async def _visible(self, unit: IdentityUnit, principal: Principal, organisation_id: UUID) -> Organisation:
        principal.require_user()
        organisation = await unit.organisations.get(organisation_id)
        if not await self._may_see(unit, principal, organisation_id):
            raise OrganisationNotFound()
        return organisation

    async def _managed_group(self, unit: IdentityUnit, principal: Principal, group_id: UUID) -> Group:
        principal.require_user()
        group = await unit.groups.get(group_id)
        if not await self._may_see(unit, principal, group.organisation_id):
            raise GroupNotFound()
        principal.require(MANAGE_MEMBERS, organisation=group.organisation_id)
        return group

    async def _may_see(self, unit: IdentityUnit, principal: Principal, organisation_id: UUID) -> bool:
        return (
            principal.allows(MANAGE_ORGANISATIONS, organisation=organisation_id)
            or principal.allows(MANAGE_MEMBERS, organisation=organisation_id)
            or await unit.memberships.is_member(principal.require_user(), organisation_id)
        )


def _organisation(organisation: Organisation) -> OrganisationView:
    return OrganisationView(
        id=organisation.id,
        slug=organisation.slug,
        name=organisation.name,
        created_at=organisation.created_at,
        version=organisation.version,
    )


def _group(group: Group) -> GroupView:
    return GroupView(
        id=group.id,
        organisation_id=group.organisation_id,
        name=group.name,
        created_at=group.created_at,
        version=group.version,
    )
