"""What the services need of persistence."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from lyceum.identity.domain.entities import Group, Organisation, Registration, User
from lyceum.kernel.unit_of_work import UnitOfWork


class Registrations(Protocol):
    async def get(self, registration_id: UUID) -> Registration:
        """Raises `RegistrationNotFound`."""
        ...

    def add(self, registration: Registration) -> None: ...

    async def count_since(self, email: str, moment: datetime) -> int:
        """How many were requested for this address since then."""
        ...

    async def expired(self, moment: datetime, *, limit: int) -> Sequence[UUID]:
        """The user ids of unverified ones that expired before then, at most so many."""
        ...

    async def remove(self, user_ids: Sequence[UUID]) -> None:
        """Drop the unverified ones of these; the rest stay."""
        ...


class Users(Protocol):
    async def get(self, user_id: UUID) -> User:
        """Raises `UserNotFound`."""
        ...

    async def with_email(self, email: str) -> User | None:
        """Compared without regard to case."""
        ...

    def add(self, user: User) -> None:
        """The commit raises `EmailTaken` when another account has the address."""
        ...


class Organisations(Protocol):
    async def get(self, organisation_id: UUID) -> Organisation:
        """Raises `OrganisationNotFound`."""
        ...

    def add(self, organisation: Organisation) -> None:
        """The commit raises `SlugTaken` when another one has the slug."""
        ...


class Groups(Protocol):
    async def get(self, group_id: UUID) -> Group:
        """Raises `GroupNotFound`."""
        ...

    def add(self, group: Group) -> None: ...

    async def remove(self, group: Group) -> None:
        """Drops the group; its members stay in the organisation."""
        ...


class Memberships(Protocol):
    """Who belongs to which organisation and group. Joining and leaving twice changes nothing."""

    async def join_organisation(self, user_id: UUID, organisation_id: UUID, moment: datetime) -> None: ...

    async def leave_organisation(self, user_id: UUID, organisation_id: UUID) -> None:
        """Leaves its groups too."""
        ...

    async def join_group(self, user_id: UUID, group_id: UUID, moment: datetime) -> None: ...

    async def leave_group(self, user_id: UUID, group_id: UUID) -> None: ...

    async def is_member(self, user_id: UUID, organisation_id: UUID) -> bool: ...

    async def stays_member(self, user_id: UUID, organisation_id: UUID) -> bool:
        """Whether they are one; if so, nobody ends it before the unit does."""
        ...

    async def share_organisation(self, user_id: UUID, other_id: UUID) -> bool: ...

    async def organisations_of(self, user_id: UUID) -> frozenset[UUID]: ...


class IdentityUnit(UnitOfWork, Protocol):
    """A transaction over identity's aggregates."""

    registrations: Registrations
    users: Users
    organisations: Organisations
    groups: Groups
    memberships: Memberships
