"""Identity's transaction."""

from collections.abc import Callable, Mapping
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from lyceum.identity.persistence.repository import (
    SqlGroups,
    SqlMemberships,
    SqlOrganisations,
    SqlRegistrations,
    SqlUsers,
)
from lyceum.identity.ports import EmailTaken, GroupNotFound, SlugTaken
from lyceum.kernel.errors import LyceumError
from lyceum.runtime.unit_of_work import SqlUnitOfWork


class SqlIdentityUnit(SqlUnitOfWork):
    conflicts: ClassVar[Mapping[str, Callable[[], LyceumError]]] = {
        "uq_users_email": EmailTaken,
        # Two requests follow one link: the account has the id that its registration foresaw.
        "pk_users": EmailTaken,
        "fk_group_members_group_id": GroupNotFound,
        "uq_organisations_slug": SlugTaken,
    }

    registrations: SqlRegistrations
    users: SqlUsers
    organisations: SqlOrganisations
    groups: SqlGroups
    memberships: SqlMemberships

    def bind(self, session: AsyncSession) -> None:
        self.registrations = SqlRegistrations(session)
        self.users = SqlUsers(session)
        self.organisations = SqlOrganisations(session)
        self.groups = SqlGroups(session)
        self.memberships = SqlMemberships(session)
