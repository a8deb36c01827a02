"""What roles allow, and who may hand them out. Deny by default: what no role grants, nobody may do."""

from collections import defaultdict
from collections.abc import Iterable

from lyceum.auth.domain.entities.role import ADMINISTRATOR, BUILT_IN_ROLES, LEARNER, Role, RoleAssignment
from lyceum.auth.domain.errors import BuiltInRole, CannotGrant, InvalidRole, LastAdministrator
from lyceum.auth.domain.values.reach import PLATFORM, Reach
from lyceum.auth.ports.errors import RoleNotFound
from lyceum.kernel.principal import Grant, Permission, Principal

ASSIGN_ROLES = "auth.role.assign"
DEFINE_ROLES = "auth.role.define"


class RoleTable:
    """Which permissions each role has: the built-in ones as the modules declare it, the custom ones as stored.

    A permission that no module declares any more is in no role.
    """

    def __init__(self, declared: Iterable[Permission], custom: Iterable[Role] = ()) -> None:
        declared = tuple(declared)
        self.declared = frozenset(permission.name for permission in declared)
        self._permissions = {role.name: role.permissions & self.declared for role in custom}
        for name in BUILT_IN_ROLES:
            self._permissions[name] = frozenset(each.name for each in declared if name in each.roles)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._permissions)

    def permissions_of(self, role: str) -> frozenset[str]:
        """Raises `RoleNotFound`."""
        if role not in self._permissions:
            raise RoleNotFound()
        return self._permissions[role]

    def grants(self, assignments: Iterable[RoleAssignment]) -> tuple[Grant, ...]:
        """What a signed-in person may do: the roles assigned to them, and on the platform always that of a learner.

        An assignment of a role that is gone grants nothing.
        """
        by_reach: dict[Reach, frozenset[str]] = defaultdict(frozenset)
        by_reach[PLATFORM] = self._permissions[LEARNER]
        for assignment in assignments:
            by_reach[assignment.reach] |= self._permissions.get(assignment.role, frozenset())
        return tuple(
            Grant(scope=reach.kind, scope_id=reach.id, permissions=permissions)
            for reach, permissions in by_reach.items()
            if permissions
        )


def check_may_assign(actor: Principal, role: str, reach: Reach, table: RoleTable) -> None:
    """Whether the actor may give this role to somebody there, or take it away.

    Raises `RoleNotFound`; `NotAuthenticated` or `PermissionDenied` without the permission to assign roles there; and
    `CannotGrant` where the role has a permission that the actor lacks there: nobody can raise somebody, or themselves,
    above their own station.
    """
    permissions = table.permissions_of(role)
    actor.require(ASSIGN_ROLES, **reach.target)
    _require_all(actor, permissions, reach)


def check_may_define(actor: Principal, permissions: frozenset[str], table: RoleTable) -> None:
    """Whether the actor may make or keep a custom role with these permissions.

    Raises `NotAuthenticated` or `PermissionDenied`, `InvalidRole` for a permission that no module declares, and
    `CannotGrant` for one that the actor does not have on the whole platform.
    """
    actor.require(DEFINE_ROLES)
    unknown = sorted(permissions - table.declared)
    if unknown:
        raise InvalidRole(
            "Some permissions do not exist",
            errors=[{"pointer": "/permissions", "detail": f"there is no permission {name}"} for name in unknown],
        )
    _require_all(actor, permissions, PLATFORM)


def check_may_change(role: str) -> None:
    """Raises `BuiltInRole`."""
    if role in BUILT_IN_ROLES:
        raise BuiltInRole()


def check_administrator_remains(assignment: RoleAssignment, administrators: int) -> None:
    """Raises `LastAdministrator` where the assignment is the only one that makes an administrator of the platform.

    `administrators` counts those assignments, this one included, under a lock that keeps two removals apart.
    """
    if assignment.role == ADMINISTRATOR and assignment.reach == PLATFORM and administrators <= 1:
        raise LastAdministrator()


def _require_all(actor: Principal, permissions: frozenset[str], reach: Reach) -> None:
    lacking = sorted(name for name in permissions if not actor.allows(name, **reach.target))
    if lacking:
        raise CannotGrant(permissions=lacking)
