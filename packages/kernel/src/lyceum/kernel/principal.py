"""Who is asking, and what they may do."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.errors import NotAuthenticated, PermissionDenied


class ScopeKind(StrEnum):
    """How far a grant reaches."""

    PLATFORM = "platform"
    ORGANISATION = "organisation"
    COURSE = "course"


class Permission(BaseModel):
    """Something that can be allowed, declared by the module that checks it.

    `name` is `<module>.<thing>.<verb>`; `description` completes "May …" and is shown to administrators; `roles` are the
    built-in roles that have it from the start.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    description: str
    roles: frozenset[str] = frozenset()


class Grant(BaseModel):
    """Permissions held within one scope. `scope_id` is null exactly for the platform."""

    model_config = ConfigDict(frozen=True)

    scope: ScopeKind
    scope_id: UUID | None = None
    permissions: frozenset[str]


class Principal(BaseModel):
    """The caller of a use case. `user_id` is null for somebody who has not signed in.

    `scopes` are the OAuth scopes of a bearer token, null for a browser session, which is not narrowed by scopes.
    `authenticated_at` is when the person last proved who they are; until `recent_until` that is enough for what needs a
    recent proof.
    """

    model_config = ConfigDict(frozen=True)

    user_id: UUID | None = None
    session_id: UUID | None = None
    scopes: frozenset[str] | None = None
    grants: tuple[Grant, ...] = ()
    authenticated_at: datetime | None = None
    recent_until: datetime | None = None

    @property
    def is_authenticated(self) -> bool:
        return self.user_id is not None

    def require_user(self) -> UUID:
        """The user's id. Raises `NotAuthenticated` for an anonymous caller."""
        if self.user_id is None:
            raise NotAuthenticated()
        return self.user_id

    def allows(self, permission: str, *, organisation: UUID | None = None, course: UUID | None = None) -> bool:
        """Whether a grant on the platform, on this organisation or on this course has the permission."""
        for grant in self.grants:
            if permission not in grant.permissions:
                continue
            if grant.scope is ScopeKind.PLATFORM:
                return True
            target = organisation if grant.scope is ScopeKind.ORGANISATION else course
            if target is not None and grant.scope_id == target:
                return True
        return False

    def require(self, permission: str, *, organisation: UUID | None = None, course: UUID | None = None) -> None:
        """Raises `NotAuthenticated` for an anonymous caller and `PermissionDenied` for one without the permission."""
        if self.allows(permission, organisation=organisation, course=course):
            return
        self.require_user()
        raise PermissionDenied(f"This needs the permission {permission}", permission=permission)

    def scope_ids(self, permission: str, kind: ScopeKind) -> frozenset[UUID]:
        """The organisations or courses on which the permission is granted, for filtering a listing."""
        return frozenset(
            grant.scope_id
            for grant in self.grants
            if grant.scope is kind and grant.scope_id is not None and permission in grant.permissions
        )


ANONYMOUS = Principal()
