"""Giving, taking and defining roles, and who may not."""

from itertools import pairwise

import pytest

from lyceum.auth.domain.entities import Role, RoleAssignment
from lyceum.auth.domain.errors import (
    BuiltInRole,
    CannotGrant,
    InvalidRole,
    LastAdministrator,
    RoleAssignmentNotFound,
    RoleNameTaken,
    RoleScopeMismatch,
)
from lyceum.auth.domain.policies.roles import ASSIGN_ROLES, DEFINE_ROLES
from lyceum.auth.ports import RoleNotFound
from lyceum.auth.schemas.events import RoleAssigned, RoleRevoked
from lyceum.auth.schemas.internal import AssignmentRequest, RoleChange, RoleRequest
from lyceum.identity.ports import UserNotFound
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, PreconditionFailed
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import PageRequest
from lyceum.kernel.principal import Grant, Principal, ScopeKind

TEACH = "course.course.teach"


@pytest.fixture
def roles(services):
    return services.roles()


@pytest.fixture
async def ada(sign_up):
    return await sign_up()


@pytest.fixture
async def chief(callers, sign_up):
    """May hand out and define roles, and teach."""
    return callers.able(ASSIGN_ROLES, DEFINE_ROLES, TEACH, user=await sign_up("grace"))


def holding(user, role="instructor", **place):
    return AssignmentRequest(user_id=user.id, role=role, **place)


def tutor(*permissions, name="tutor"):
    return RoleRequest(name=name, title="Tutor", permissions=list(permissions))


async def test_a_role_given_is_told_once_and_written_down(memory, roles, chief, ada):
    first = await roles.give(chief, holding(ada))
    assert await roles.give(chief, holding(ada)) == first
    assert [event.user_id for event in memory.store.published(RoleAssigned)] == [ada.id]
    assert [(entry.action, entry.actor) for entry in memory.log] == [("auth.role.assigned", chief.user_id)]
    assert await roles.take(chief, first.id) == ada.id
    assert [event.user_id for event in memory.store.published(RoleRevoked)] == [ada.id]
    assert memory.stored(RoleAssignment) == []


async def test_a_role_is_not_given(roles, callers, chief, ada):
    course = new_id()
    only_there = Principal(
        user_id=chief.user_id,
        grants=(Grant(scope=ScopeKind.COURSE, scope_id=course, permissions=frozenset({ASSIGN_ROLES, TEACH})),),
    )
    stranger = ada.model_copy(update={"id": new_id()})
    for principal, request, refusal in (
        (callers.nobody, holding(ada), NotAuthenticated),
        (callers.able(TEACH, user=ada), holding(ada), PermissionDenied),
        (only_there, holding(ada), PermissionDenied),
        (only_there, holding(ada, scope=ScopeKind.COURSE, scope_id=new_id()), PermissionDenied),
        (callers.able(ASSIGN_ROLES, user=ada), holding(ada), CannotGrant),
        (chief, holding(ada, "administrator"), CannotGrant),
        (chief, holding(ada, "nothing"), RoleNotFound),
        (chief, holding(stranger), UserNotFound),
        (chief, holding(ada, scope=ScopeKind.COURSE), RoleScopeMismatch),
    ):
        with pytest.raises(refusal):
            await roles.give(principal, request)
    assert (await roles.give(only_there, holding(ada, scope=ScopeKind.COURSE, scope_id=course))).scope_id == course


async def test_a_role_is_not_taken(roles, callers, chief, ada, sign_up):
    bob = await sign_up("bob")
    held = await roles.give(chief, holding(ada))
    for principal, assignment_id, refusal in (
        (callers.nobody, held.id, NotAuthenticated),
        (chief, new_id(), RoleAssignmentNotFound),
        (callers.able(TEACH, user=bob), held.id, RoleAssignmentNotFound),  # it is not theirs to know of
        (callers.able(TEACH, user=ada), held.id, PermissionDenied),
        (callers.able(ASSIGN_ROLES, user=bob), held.id, CannotGrant),
    ):
        with pytest.raises(refusal):
            await roles.take(principal, assignment_id)


async def test_the_last_administrator_stays_and_the_one_before_does_not(memory, roles, services, ada, sign_up):
    every = frozenset(permission.name for permission in services.permissions())
    root = Principal(user_id=new_id(), grants=(Grant(scope=ScopeKind.PLATFORM, permissions=every),))
    held = [await roles.give(root, holding(user, "administrator")) for user in (ada, await sign_up("bob"))]
    await roles.take(root, held[0].id)
    with pytest.raises(LastAdministrator):
        await roles.take(root, held[1].id)
    assert len(memory.stored(RoleAssignment)) == 1


async def test_a_custom_role_is_defined_changed_and_removed_with_its_holders(memory, roles, chief, ada):
    made = await roles.define(chief, tutor(TEACH))
    await roles.give(chief, holding(ada, "tutor"))
    changed = await roles.change(chief, "tutor", RoleChange(title="Coach"), expected=made.version)
    assert (changed.title, changed.permissions, changed.version) == ("Coach", [TEACH], made.version + 1)
    await roles.remove(chief, "tutor")
    assert (memory.stored(Role), memory.stored(RoleAssignment)) == ([], [])
    assert [event.role for event in memory.store.published(RoleRevoked)] == ["tutor"]
    assert all(entry.previous_hash == before.hash for before, entry in pairwise(memory.log))


async def test_a_role_is_not_defined_changed_or_removed(memory, roles, callers, chief, ada):
    await roles.define(chief, tutor(TEACH))
    unable, lacking = callers.able(ASSIGN_ROLES, user=ada), callers.able(DEFINE_ROLES, user=ada)
    nothing = RoleChange()
    for call, refusal in (
        (roles.define(callers.nobody, tutor(name="other")), NotAuthenticated),
        (roles.define(unable, tutor(name="other")), PermissionDenied),
        (roles.define(lacking, tutor(TEACH, name="other")), CannotGrant),
        (roles.define(chief, tutor("course.course.imagined", name="other")), InvalidRole),
        (roles.define(chief, tutor(TEACH)), RoleNameTaken),
        (roles.change(callers.nobody, "tutor", nothing, expected=None), NotAuthenticated),
        (roles.change(unable, "tutor", nothing, expected=None), PermissionDenied),
        (roles.change(lacking, "tutor", nothing, expected=None), CannotGrant),
        (roles.change(chief, "author", nothing, expected=None), BuiltInRole),
        (roles.change(chief, "nothing", nothing, expected=None), RoleNotFound),
        (roles.change(chief, "tutor", nothing, expected=7), PreconditionFailed),
        (roles.remove(callers.nobody, "tutor"), NotAuthenticated),
        (roles.remove(unable, "tutor"), PermissionDenied),
        (roles.remove(chief, "author"), BuiltInRole),
        (roles.remove(chief, "nothing"), RoleNotFound),
    ):
        with pytest.raises(refusal):
            await call
    assert [(role.name, role.version) for role in memory.stored(Role)] == [("tutor", 1)]
    assert [entry.action for entry in memory.log] == ["auth.role.defined"]


async def test_what_roles_there_are_concerns_who_hands_them_out(roles, callers, chief, ada):
    page = PageRequest()
    for call, refusal in (
        (roles.list(callers.nobody, page=page), NotAuthenticated),
        (roles.list(callers.able(TEACH, user=ada), page=page), PermissionDenied),
        (roles.permissions(callers.able(TEACH, user=ada), page=page), PermissionDenied),
        (roles.assignments(callers.nobody, user_id=None, page=page), NotAuthenticated),
        (roles.assignments(callers.able(TEACH, user=ada), user_id=chief.user_id, page=page), PermissionDenied),
    ):
        with pytest.raises(refusal):
            await call
    assert TEACH in [each.name for each in (await roles.permissions(chief, page=page)).items]


async def test_who_hands_out_roles_in_a_course_sees_only_what_is_held_there(roles, chief, ada):
    course = new_id()
    await roles.give(chief, holding(ada))
    await roles.give(chief, holding(ada, scope=ScopeKind.COURSE, scope_id=course))
    there = Grant(scope=ScopeKind.COURSE, scope_id=course, permissions=frozenset({ASSIGN_ROLES}))
    instructor = Principal(user_id=new_id(), grants=(there,))
    seen = await roles.assignments(instructor, user_id=ada.id, page=PageRequest())
    assert [each.scope_id for each in seen.items] == [course]


async def test_other_modules_assign_and_revoke_however_often(memory, roles, ada):
    where = {"role": "instructor", "scope": ScopeKind.COURSE, "scope_id": new_id()}
    for _ in range(2):
        await roles.assign(user_id=ada.id, assigned_by=None, **where)
    for _ in range(2):
        await roles.revoke(user_id=ada.id, revoked_by=None, **where)
    assert [entry.action for entry in memory.log] == ["auth.role.assigned", "auth.role.revoked"]
    with pytest.raises(RoleNotFound):
        await roles.assign(user_id=ada.id, assigned_by=None, **where | {"role": "nothing"})
