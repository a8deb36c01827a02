"""Identity's units and queries without a database."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lyceum.identity.domain.entities import Group, Organisation, Registration, User
from lyceum.identity.domain.values import UserStatus
from lyceum.identity.ports import (
    EmailTaken,
    GroupNotFound,
    OrganisationNotFound,
    RegistrationNotFound,
    SlugTaken,
    UserNotFound,
    UserSummary,
)
from lyceum.identity.schemas.internal import Account, GroupView, Member, OrganisationView
from lyceum.identity.services.published_events import published
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.testing.memory_unit import MemoryRepository, MemoryStore, MemoryUnit

OF_ORGANISATIONS = "organisation_members"
OF_GROUPS = "group_members"


class MemoryRegistrations(MemoryRepository[Registration]):
    async def count_since(self, email: str, moment: datetime) -> int:
        return sum(same(each.email, email) and each.requested_at >= moment for each in self.all())

    async def expired(self, moment: datetime, *, limit: int) -> Sequence[UUID]:
        expired = [each.user_id for each in self.all() if each.expires_at < moment and each.verified_at is None]
        return expired[:limit]

    async def remove(self, user_ids: Sequence[UUID]) -> None:
        for registration in self.all():
            if registration.user_id in user_ids and registration.verified_at is None:
                self.drop(registration)


class MemoryUsers(MemoryRepository[User]):
    async def with_email(self, email: str) -> User | None:
        return next((user for user in self.all() if same(user.email, email)), None)


class MemoryGroups(MemoryRepository[Group]):
    async def remove(self, group: Group) -> None:
        self.drop(group)


class MemoryMemberships:
    def __init__(self, unit: MemoryUnit) -> None:
        self._unit = unit
        self._members = unit.rows(OF_ORGANISATIONS)
        self._in_groups = unit.rows(OF_GROUPS)

    async def join_organisation(self, user_id: UUID, organisation_id: UUID, moment: datetime) -> None:
        self._members.setdefault((organisation_id, user_id), moment)

    async def leave_organisation(self, user_id: UUID, organisation_id: UUID) -> None:
        self._members.pop((organisation_id, user_id), None)
        for group in self._unit.every(Group):
            if group.organisation_id == organisation_id:
                self._in_groups.pop((group.id, user_id), None)

    async def join_group(self, user_id: UUID, group_id: UUID, moment: datetime) -> None:
        self._in_groups.setdefault((group_id, user_id), moment)

    async def leave_group(self, user_id: UUID, group_id: UUID) -> None:
        self._in_groups.pop((group_id, user_id), None)

    async def is_member(self, user_id: UUID, organisation_id: UUID) -> bool:
        return (organisation_id, user_id) in self._members

    async def stays_member(self, user_id: UUID, organisation_id: UUID) -> bool:
        return await self.is_member(user_id, organisation_id)

    async def share_organisation(self, user_id: UUID, other_id: UUID) -> bool:
        return not (await self.organisations_of(user_id)).isdisjoint(await self.organisations_of(other_id))

    async def organisations_of(self, user_id: UUID) -> frozenset[UUID]:
        return frozenset(organisation_id for organisation_id, member in self._members if member == user_id)


class MemoryIdentityUnit(MemoryUnit):
    registrations: MemoryRegistrations
    users: MemoryUsers
    organisations: MemoryRepository[Organisation]
    groups: MemoryGroups
    memberships: MemoryMemberships

    def bind(self) -> None:
        self.registrations = MemoryRegistrations(self, Registration, RegistrationNotFound)
        self.users = MemoryUsers(self, User, UserNotFound)
        self.organisations = MemoryRepository(self, Organisation, OrganisationNotFound)
        self.groups = MemoryGroups(self, Group, GroupNotFound)
        self.memberships = MemoryMemberships(self)

    def check(self) -> None:
        if repeated(user.email.casefold() for user in self.every(User)):
            raise EmailTaken()
        if repeated(organisation.slug for organisation in self.every(Organisation)):
            raise SlugTaken()


class MemoryIdentity:
    """Everything that the services need of persistence."""

    def __init__(self) -> None:
        self.store = MemoryStore()

    def units(self) -> MemoryIdentityUnit:
        return MemoryIdentityUnit(self.store, published)

    async def accounts(
        self,
        *,
        page: PageRequest,
        text: str | None,
        status: UserStatus | None,
        organisation: UUID | None,
        within: frozenset[UUID] | None,
    ) -> Page[Account]:
        found = [
            user
            for user in self._every(User)
            if (text is None or any(text.casefold() in field.casefold() for field in (user.display_name, user.email)))
            and (status is None or user.status is status)
            and (organisation is None or self._belongs(user.id, {organisation}))
            and (within is None or self._belongs(user.id, within))
        ]
        found.sort(key=lambda user: (user.created_at, user.id), reverse=True)
        if page.cursor:
            last = decode_cursor(page.cursor, datetime, UUID)
            found = [user for user in found if (user.created_at, user.id) < last]
        items = [Account.model_validate({**vars(user), "status": user.status.value}) for user in found[: page.limit]]
        more = len(found) > page.limit
        return Page(
            items=items,
            next_cursor=encode_cursor(items[-1].created_at.isoformat(), items[-1].id) if more else None,
        )

    async def summaries(self, user_ids: list[UUID]) -> list[UserSummary]:
        return [summary(user) for user in self._every(User) if user.id in user_ids]

    async def summary_by_email(self, email: str) -> UserSummary | None:
        return next((summary(user) for user in self._every(User) if same(user.email, email)), None)

    async def organisations(self, *, page: PageRequest, within: frozenset[UUID] | None) -> Page[OrganisationView]:
        found = [each for each in self._every(Organisation) if within is None or each.id in within]
        return by_name([OrganisationView.model_validate(vars(each)) for each in found], page)

    async def groups(self, *, organisation_id: UUID, page: PageRequest) -> Page[GroupView]:
        found = [each for each in self._every(Group) if each.organisation_id == organisation_id]
        return by_name([GroupView.model_validate(vars(each)) for each in found], page)

    async def organisation_members(self, *, organisation_id: UUID, page: PageRequest) -> Page[Member]:
        return self._members(OF_ORGANISATIONS, organisation_id, page)

    async def group_members(self, *, group_id: UUID, page: PageRequest) -> Page[Member]:
        return self._members(OF_GROUPS, group_id, page)

    def _every(self, kind: type) -> list[Any]:
        return list(self.store.aggregates.get(kind, {}).values())

    def _belongs(self, user_id: UUID, organisations: Iterable[UUID]) -> bool:
        rows = self.store.rows.get(OF_ORGANISATIONS, {})
        return any((organisation, user_id) in rows for organisation in organisations)

    def _members(self, table: str, owner: UUID, page: PageRequest) -> Page[Member]:
        joined = {user: moment for (of, user), moment in self.store.rows.get(table, {}).items() if of == owner}
        members = [user for user in self._every(User) if user.id in joined]
        views = [Member.model_validate({**vars(user), "joined_at": joined[user.id]}) for user in members]
        return by_name(views, page, lambda member: member.display_name)


def by_name(views: list[Any], page: PageRequest, name: Callable[[Any], str] = lambda view: view.name) -> Page[Any]:
    views.sort(key=lambda view: (name(view), view.id))
    if page.cursor:
        last = decode_cursor(page.cursor, str, UUID)
        views = [view for view in views if (name(view), view.id) > last]
    items = views[: page.limit]
    return Page(
        items=items, next_cursor=encode_cursor(name(items[-1]), items[-1].id) if len(views) > page.limit else None
    )


def same(address: str, other: str) -> bool:
    return address.casefold() == other.casefold()


def repeated(values: Iterable[str]) -> bool:
    known = list(values)
    return len(known) != len(set(known))


def summary(user: User) -> UserSummary:
    return UserSummary.model_validate({**vars(user), "active": user.status is UserStatus.ACTIVE})
