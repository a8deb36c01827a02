"""Roles and who holds them."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.auth.domain.errors import InvalidRole
from lyceum.auth.domain.values.reach import Reach
from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ScopeKind

LEARNER = "learner"
INSTRUCTOR = "instructor"
AUTHOR = "author"
ADMINISTRATOR = "administrator"
BUILT_IN_ROLES = (LEARNER, INSTRUCTOR, AUTHOR, ADMINISTRATOR)

MAX_TITLE_LENGTH = 100
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MAX_NAME_LENGTH = 50


@dataclass(kw_only=True, eq=False)
class Role(Aggregate):
    """A custom role: a name for a set of permissions.

    The built-in roles are not stored: the modules declare what is in them.
    """

    id: UUID
    name: str
    title: str
    permissions: frozenset[str]
    created_at: datetime

    @classmethod
    def define(
        cls,
        *,
        name: str,
        title: str,
        permissions: frozenset[str],
        now: datetime,
    ) -> "Role":
        """A new role. Raises `InvalidRole` for a name that is taken by a built-in role or is not lower-case words
        joined by hyphens, or for an empty title."""
        if len(name) > _MAX_NAME_LENGTH or _NAME.fullmatch(name) is None:
            raise _invalid("name", f"lower-case words joined by hyphens, at most {_MAX_NAME_LENGTH} characters")
        if name in BUILT_IN_ROLES:
            raise _invalid("name", "a built-in role has this name")
        role = cls(id=new_id(), name=name, title="", permissions=permissions, created_at=now)
        role.change(title=title, permissions=permissions)
        return role

    def change(self, *, title: str, permissions: frozenset[str]) -> None:
        """Replace title and permissions; everybody who holds the role has the new ones. Raises `InvalidRole`."""
        title = title.strip()
        if not title or len(title) > MAX_TITLE_LENGTH:
            raise _invalid("title", f"1 to {MAX_TITLE_LENGTH} characters")
        self.title, self.permissions = title, permissions


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleWasAssigned(DomainEvent):
    assignment_id: UUID
    user_id: UUID
    role: str
    reach: Reach
    assigned_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleWasRevoked(DomainEvent):
    assignment_id: UUID
    user_id: UUID
    role: str
    reach: Reach
    revoked_at: datetime


@dataclass(kw_only=True, eq=False)
class RoleAssignment(Aggregate):
    """A person holds a role on the platform, in an organisation or in a course. One per user, role and scope.

    `assigned_by` is null where the platform did it.
    """

    id: UUID
    user_id: UUID
    role: str
    scope: ScopeKind
    scope_id: UUID | None
    assigned_by: UUID | None
    assigned_at: datetime

    @classmethod
    def make(
        cls,
        *,
        user_id: UUID,
        role: str,
        reach: Reach,
        assigned_by: UUID | None,
        now: datetime,
    ) -> "RoleAssignment":
        assignment = cls(
            id=new_id(),
            user_id=user_id,
            role=role,
            scope=reach.kind,
            scope_id=reach.id,
            assigned_by=assigned_by,
            assigned_at=now,
        )
        assignment.record(
            RoleWasAssigned(assignment_id=assignment.id, user_id=user_id, role=role, reach=reach, assigned_at=now)
        )
        return assignment

    @property
    def reach(self) -> Reach:
        return Reach(self.scope, self.scope_id)

    def revoke(self, now: datetime) -> None:
        """Say that the assignment ends; the repository removes it."""
        self.record(
            RoleWasRevoked(
                assignment_id=self.id, user_id=self.user_id, role=self.role, reach=self.reach, revoked_at=now
            )
        )


def _invalid(field: str, rule: str) -> InvalidRole:
    return InvalidRole(f"The {field} is not valid: {rule}", errors=[{"pointer": f"/{field}", "detail": rule}])
