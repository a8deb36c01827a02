"""Giving roles to people as a consequence of what another module did."""

from typing import Protocol, runtime_checkable
from uuid import UUID

from lyceum.kernel.ports import Port
from lyceum.kernel.principal import ScopeKind


@runtime_checkable
class RoleAssignments(Port, Protocol):
    """Roles of people within a scope; whoever creates a course becomes its instructor through this.

    The calling module has checked that this may happen: the rules for people who assign roles don't apply here.
    """

    async def assign(
        self, *, user_id: UUID, role: str, scope: ScopeKind, scope_id: UUID | None, assigned_by: UUID | None
    ) -> None:
        """Let the user hold the role in the scope; holding it already is fine.

        `scope_id` is null exactly for the platform; `assigned_by` is null for the platform itself.
        Raises `RoleNotFound`.
        """
        ...

    async def revoke(
        self, *, user_id: UUID, role: str, scope: ScopeKind, scope_id: UUID | None, revoked_by: UUID | None
    ) -> None:
        """Take the role away in this scope; not holding it is fine."""
        ...
