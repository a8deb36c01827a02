"""Roles, and who holds them."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from lyceum.auth.domain.entities import BUILT_IN_ROLES, Role, RoleAssignment
from lyceum.auth.domain.errors import RoleAssignmentNotFound
from lyceum.auth.domain.policies.roles import (
    ASSIGN_ROLES,
    DEFINE_ROLES,
    RoleTable,
    check_administrator_remains,
    check_may_assign,
    check_may_change,
    check_may_define,
)
from lyceum.auth.domain.queries import AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.reach import Reach
from lyceum.auth.schemas.internal import (
    AssignmentRequest,
    AssignmentView,
    PermissionView,
    RoleChange,
    RoleRequest,
    RoleView,
)
from lyceum.auth.services.auditing import note
from lyceum.identity.ports import UserDirectory
from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import PermissionDenied
from lyceum.kernel.pagination import Page, PageRequest, decode_cursor, encode_cursor
from lyceum.kernel.principal import Permission, Principal, ScopeKind

V = TypeVar("V", PermissionView, RoleView)


class Roles:
    """See `ports.RoleAssignments`; and what administrators do with roles."""

    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        users: UserDirectory,
        permissions: tuple[Permission, ...],
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._users = users
        self._permissions = permissions
        self._clock = clock

    async def assign(
        self, *, user_id: UUID, role: str, scope: ScopeKind, scope_id: UUID | None, assigned_by: UUID | None
    ) -> None:
        reach = Reach(scope, scope_id)
        async with self._units() as unit:
            (await self._table(unit)).permissions_of(role)
            await self._assign(unit, user_id, role, reach, assigned_by)
            await unit.commit()

    async def revoke(
        self, *, user_id: UUID, role: str, scope: ScopeKind, scope_id: UUID | None, revoked_by: UUID | None
    ) -> None:
        reach = Reach(scope, scope_id)
        async with self._units() as unit:
            await unit.assignments.locked_count(role, reach)
            assignment = await unit.assignments.find(user_id, role, reach)
            if assignment is not None:
                await self._revoke(unit, assignment, revoked_by)
                await unit.commit()

    async def permissions(self, principal: Principal, *, page: PageRequest) -> Page[PermissionView]:
        """What can be allowed, by name. Raises `NotAuthenticated`, `PermissionDenied`."""
        _require_interest(principal)
        every = [PermissionView(name=each.name, description=each.description) for each in self._permissions]
        return _page(every, page)

    async def list(self, principal: Principal, *, page: PageRequest) -> Page[RoleView]:
        """All roles, by name. Raises `NotAuthenticated`, `PermissionDenied`."""
        _require_interest(principal)
        async with self._units() as unit:
            custom = await unit.roles.all()
        table = RoleTable(self._permissions, custom)
        built_in = [_built_in(name, table) for name in BUILT_IN_ROLES]
        return _page([*built_in, *(self._view(role) for role in custom)], page)

    async def define(self, principal: Principal, request: RoleRequest) -> RoleView:
        """A custom role. Raises `NotAuthenticated`, `PermissionDenied`, `CannotGrant`, `InvalidRole`,
        `RoleNameTaken`."""
        now, permissions = self._clock.now(), frozenset(request.permissions)
        check_may_define(principal, permissions, RoleTable(self._permissions))
        role = Role.define(name=request.name, title=request.title, permissions=permissions, now=now)
        async with self._units() as unit:
            unit.roles.add(role)
            await self._note_role(unit, principal, "defined", role)
            await unit.commit()
        return self._view(role)

    async def change(self, principal: Principal, name: str, change: RoleChange, *, expected: int | None) -> RoleView:
        """Another title or other permissions, for everybody who holds the role.

        Raises `NotAuthenticated`, `PermissionDenied`, `CannotGrant`, `InvalidRole`, `BuiltInRole`, `RoleNotFound`,
        `PreconditionFailed`.
        """
        principal.require(DEFINE_ROLES)
        check_may_change(name)
        async with self._units() as unit:
            role = await unit.roles.get(name)
            role.expect(expected)
            permissions = role.permissions if change.permissions is None else frozenset(change.permissions)
            check_may_define(principal, permissions, RoleTable(self._permissions))
            role.change(title=change.title if change.title is not None else role.title, permissions=permissions)
            await self._note_role(unit, principal, "changed", role)
            await unit.commit()
            return self._view(role)

    async def remove(self, principal: Principal, name: str) -> None:
        """End a custom role; who holds it has it no more. Raises `NotAuthenticated`, `PermissionDenied`,
        `BuiltInRole`, `RoleNotFound`."""
        principal.require(DEFINE_ROLES)
        check_may_change(name)
        async with self._units() as unit:
            role = await unit.roles.get(name)
            for assignment in await unit.assignments.holding(name):
                assignment.revoke(self._clock.now())
                await unit.assignments.remove(assignment)
            await unit.roles.remove(role)
            await self._note_role(unit, principal, "removed", role)
            await unit.commit()

    async def assignments(
        self, principal: Principal, *, user_id: UUID | None, page: PageRequest
    ) -> Page[AssignmentView]:
        """One's own, or another person's where the caller assigns roles. Raises `NotAuthenticated`,
        `PermissionDenied`."""
        caller = principal.require_user()
        within: Sequence[UUID] | None = None
        if user_id not in (None, caller) and not principal.allows(ASSIGN_ROLES):
            within = sorted(
                principal.scope_ids(ASSIGN_ROLES, ScopeKind.ORGANISATION)
                | principal.scope_ids(ASSIGN_ROLES, ScopeKind.COURSE)
            )
            if not within:
                raise PermissionDenied(permission=ASSIGN_ROLES)
        return await self._queries.assignments(user_id=user_id or caller, within=within, page=page)

    async def give(self, principal: Principal, request: AssignmentRequest) -> AssignmentView:
        """Let somebody hold a role; holding it already is fine. Raises `NotAuthenticated`, `PermissionDenied`,
        `CannotGrant`, `RoleNotFound`, `RoleScopeMismatch`, `UserNotFound`."""
        principal.require_user()
        reach = Reach(request.scope, request.scope_id)
        principal.require(ASSIGN_ROLES, **reach.target)
        await self._users.get_user(user_id=request.user_id)
        async with self._units() as unit:
            check_may_assign(principal, request.role, reach, await self._table(unit))
            assignment = await self._assign(unit, request.user_id, request.role, reach, principal.user_id)
            await unit.commit()
            return _assignment(assignment)

    async def take(self, principal: Principal, assignment_id: UUID) -> UUID:
        """Take a role away; returns from whom. Raises `NotAuthenticated`, `PermissionDenied`, `CannotGrant`,
        `RoleAssignmentNotFound`, `LastAdministrator`."""
        principal.require_user()
        async with self._units() as unit:
            assignment = await unit.assignments.get(assignment_id)
            if not principal.allows(ASSIGN_ROLES, **assignment.reach.target):
                if assignment.user_id != principal.user_id:
                    raise RoleAssignmentNotFound()
                raise PermissionDenied(permission=ASSIGN_ROLES)
            table = await self._table(unit)
            if assignment.role in table.names:
                check_may_assign(principal, assignment.role, assignment.reach, table)
            holders = await unit.assignments.locked_count(assignment.role, assignment.reach)
            check_administrator_remains(assignment, holders)
            await self._revoke(unit, assignment, principal.user_id)
            await unit.commit()
            return assignment.user_id

    async def _table(self, unit: AuthUnit) -> RoleTable:
        return RoleTable(self._permissions, await unit.roles.all())

    async def _assign(
        self, unit: AuthUnit, user_id: UUID, role: str, reach: Reach, assigned_by: UUID | None
    ) -> RoleAssignment:
        await unit.assignments.locked_count(role, reach)
        found = await unit.assignments.find(user_id, role, reach)
        if found is not None:
            return found
        now = self._clock.now()
        assignment = RoleAssignment.make(user_id=user_id, role=role, reach=reach, assigned_by=assigned_by, now=now)
        unit.assignments.add(assignment)
        await self._note_holding(unit, assigned_by, "assigned", assignment)
        return assignment

    async def _revoke(self, unit: AuthUnit, assignment: RoleAssignment, by: UUID | None) -> None:
        assignment.revoke(self._clock.now())
        await unit.assignments.remove(assignment)
        await self._note_holding(unit, by, "revoked", assignment)

    async def _note_holding(self, unit: AuthUnit, by: UUID | None, verb: str, assignment: RoleAssignment) -> None:
        await note(
            unit,
            actor=by,
            action=f"auth.role.{verb}",
            target=f"user:{assignment.user_id}",
            details={
                "role": assignment.role,
                "scope": assignment.scope.value,
                "scope_id": None if assignment.scope_id is None else str(assignment.scope_id),
            },
            now=self._clock.now(),
        )

    async def _note_role(self, unit: AuthUnit, principal: Principal, verb: str, role: Role) -> None:
        await note(
            unit,
            actor=principal.user_id,
            action=f"auth.role.{verb}",
            target=f"role:{role.name}",
            details={"permissions": sorted(role.permissions)},
            now=self._clock.now(),
        )

    def _view(self, role: Role) -> RoleView:
        return RoleView(
            name=role.name,
            title=role.title,
            built_in=False,
            permissions=sorted(role.permissions),
            version=role.version,
        )


def _require_interest(principal: Principal) -> None:
    """What roles there are concerns who defines or assigns them, wherever that may be."""
    principal.require_user()
    if not any({ASSIGN_ROLES, DEFINE_ROLES} & grant.permissions for grant in principal.grants):
        raise PermissionDenied(permission=ASSIGN_ROLES)


def _built_in(name: str, table: RoleTable) -> RoleView:
    permissions = sorted(table.permissions_of(name))
    return RoleView(name=name, title=name.capitalize(), built_in=True, permissions=permissions, version=0)


def _assignment(assignment: RoleAssignment) -> AssignmentView:
    return AssignmentView(
        id=assignment.id,
        user_id=assignment.user_id,
        role=assignment.role,
        scope=assignment.scope,
        scope_id=assignment.scope_id,
        assigned_by=assignment.assigned_by,
        assigned_at=assignment.assigned_at,
    )


def _page(every: Sequence[V], page: PageRequest) -> Page[V]:
    """One page of what is in memory already, by name."""
    after = decode_cursor(page.cursor, str)[0] if page.cursor else ""
    rest = sorted((each for each in every if each.name > after), key=lambda each: each.name)
    items = rest[: page.limit]
    return Page(items=items, next_cursor=encode_cursor(items[-1].name) if len(rest) > page.limit else None)
