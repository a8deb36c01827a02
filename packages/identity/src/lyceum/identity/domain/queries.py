"""The read models: pages that are filled straight from rows."""

from typing import Protocol
from uuid import UUID

from lyceum.identity.domain.values import UserStatus
from lyceum.identity.ports import UserSummary
from lyceum.identity.schemas.internal import Account, GroupView, Member, OrganisationView
from lyceum.kernel.pagination import Page, PageRequest


class IdentityQueries(Protocol):
    """Every page is ordered by its keyset; `within` limits it to these organisations, null means all."""

    async def accounts(
        self,
        *,
        page: PageRequest,
        text: str | None,
        status: UserStatus | None,
        organisation: UUID | None,
        within: frozenset[UUID] | None,
    ) -> Page[Account]:
        """Newest first. `text` is looked for in name and address."""
        ...

    async def summaries(self, user_ids: list[UUID]) -> list[UserSummary]: ...

    async def summary_by_email(self, email: str) -> UserSummary | None: ...

    async def organisations(self, *, page: PageRequest, within: frozenset[UUID] | None) -> Page[OrganisationView]:
        """By name."""
        ...

    async def groups(self, *, organisation_id: UUID, page: PageRequest) -> Page[GroupView]:
        """By name."""
        ...

    async def organisation_members(self, *, organisation_id: UUID, page: PageRequest) -> Page[Member]:
        """By name."""
        ...

    async def group_members(self, *, group_id: UUID, page: PageRequest) -> Page[Member]:
        """By name."""
        ...
