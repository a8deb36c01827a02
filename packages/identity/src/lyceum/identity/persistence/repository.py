"""The repositories on SQLAlchemy."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.identity.domain.entities import Group, Organisation, Registration, User
from lyceum.identity.models.model import group_members, groups, organisation_members, registrations, users
from lyceum.identity.ports import GroupNotFound, OrganisationNotFound, RegistrationNotFound, UserNotFound


class SqlRegistrations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, registration_id: UUID) -> Registration:
        registration = await self._session.get(Registration, registration_id)
        if registration is None:
            raise RegistrationNotFound()
        return registration

    def add(self, registration: Registration) -> None:
        self._session.add(registration)

    async def count_since(self, email: str, moment: datetime) -> int:
        statement = (
            select(func.count())
            .select_from(registrations)
            .where(registrations.c.email == email, registrations.c.requested_at >= moment)
        )
        return (await self._session.execute(statement)).scalar_one()

    async def expired(self, moment: datetime, *, limit: int) -> Sequence[UUID]:
        statement = (
            select(registrations.c.user_id)
            .where(registrations.c.expires_at < moment, registrations.c.verified_at.is_(None))
            .limit(limit)
        )
        return (await self._session.execute(statement)).scalars().all()

    async def remove(self, user_ids: Sequence[UUID]) -> None:
        await self._session.execute(
            delete(registrations).where(registrations.c.user_id.in_(user_ids), registrations.c.verified_at.is_(None))
        )


class SqlUsers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, user_id: UUID) -> User:
        user = await self._session.get(User, user_id)
        if user is None:
            raise UserNotFound()
        return user

    async def with_email(self, email: str) -> User | None:
        return (await self._session.execute(select(User).where(users.c.email == email))).scalar_one_or_none()

    def add(self, user: User) -> None:
        self._session.add(user)


class SqlOrganisations:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, organisation_id: UUID) -> Organisation:
        organisation = await self._session.get(Organisation, organisation_id)
        if organisation is None:
            raise OrganisationNotFound()
        return organisation

    def add(self, organisation: Organisation) -> None:
        self._session.add(organisation)


class SqlGroups:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, group_id: UUID) -> Group:
        group = await self._session.get(Group, group_id)
        if group is None:
            raise GroupNotFound()
        return group

    def add(self, group: Group) -> None:
        self._session.add(group)

    async def remove(self, group: Group) -> None:
        await self._session.delete(group)


class SqlMemberships:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def join_organisation(self, user_id: UUID, organisation_id: UUID, moment: datetime) -> None:
        values = {"user_id": user_id, "organisation_id": organisation_id, "joined_at": moment}
        await self._session.execute(insert(organisation_members).values(values).on_conflict_do_nothing())

    async def leave_organisation(self, user_id: UUID, organisation_id: UUID) -> None:
        own_groups = select(groups.c.id).where(groups.c.organisation_id == organisation_id)
        # In this order: whoever joins a group holds this row, so that the second statement sees that group.
        await self._session.execute(delete(organisation_members).where(_member(user_id, organisation_id)))
        await self._session.execute(
            delete(group_members).where(group_members.c.user_id == user_id, group_members.c.group_id.in_(own_groups))
        )

    async def join_group(self, user_id: UUID, group_id: UUID, moment: datetime) -> None:
        values = {"user_id": user_id, "group_id": group_id, "joined_at": moment}
        await self._session.execute(insert(group_members).values(values).on_conflict_do_nothing())

    async def leave_group(self, user_id: UUID, group_id: UUID) -> None:
        await self._session.execute(
            delete(group_members).where(group_members.c.user_id == user_id, group_members.c.group_id == group_id)
        )

    async def is_member(self, user_id: UUID, organisation_id: UUID) -> bool:
        found = await self._session.execute(select(exists().where(_member(user_id, organisation_id))))
        return found.scalar_one()

    async def stays_member(self, user_id: UUID, organisation_id: UUID) -> bool:
        held = (
            select(organisation_members.c.user_id).where(_member(user_id, organisation_id)).with_for_update(read=True)
        )
        return (await self._session.execute(held)).scalar_one_or_none() is not None

    async def share_organisation(self, user_id: UUID, other_id: UUID) -> bool:
        mine, theirs = organisation_members.alias(), organisation_members.alias()
        both = exists().where(
            mine.c.user_id == user_id,
            theirs.c.user_id == other_id,
            mine.c.organisation_id == theirs.c.organisation_id,
        )
        return (await self._session.execute(select(both))).scalar_one()

    async def organisations_of(self, user_id: UUID) -> frozenset[UUID]:
        statement = select(organisation_members.c.organisation_id).where(organisation_members.c.user_id == user_id)
        return frozenset((await self._session.execute(statement)).scalars())


def _member(user_id: UUID, organisation_id: UUID) -> ColumnElement[bool]:
    return (organisation_members.c.user_id == user_id) & (organisation_members.c.organisation_id == organisation_id)
