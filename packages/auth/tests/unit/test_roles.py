"""Roles: what they grant, and who may hand them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lyceum.auth.domain.entities import Role, RoleAssignment, RoleWasAssigned, RoleWasRevoked
from lyceum.auth.domain.errors import BuiltInRole, CannotGrant, InvalidRole, LastAdministrator, RoleScopeMismatch
from lyceum.auth.domain.policies.roles import (
    ASSIGN_ROLES,
    DEFINE_ROLES,
    RoleTable,
    check_administrator_remains,
    check_may_assign,
    check_may_change,
    check_may_define,
)
from lyceum.auth.domain.values import PLATFORM, Reach
from lyceum.auth.ports import RoleNotFound
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ANONYMOUS, Permission, Principal, ScopeKind

COURSE, OTHER_COURSE, SCHOOL = new_id(), new_id(), new_id()
IN_COURSE, IN_SCHOOL = Reach(ScopeKind.COURSE, COURSE), Reach(ScopeKind.ORGANISATION, SCHOOL)


def permission(name, *roles):
    return Permission(name=name, description="do it", roles=frozenset(roles))


DECLARED = (
    permission("course.course.enrol", "learner"),
    permission("course.content.edit", "instructor", "author", "administrator"),
    permission("assessment.attempt.grade", "instructor", "administrator"),
    permission("identity.user.deactivate", "administrator"),
    permission(ASSIGN_ROLES, "administrator", "instructor"),
    permission(DEFINE_ROLES, "administrator"),
)


@pytest.fixture
def make_role(now):
    def make(name="tutor", title="Tutor", permissions=frozenset({"assessment.attempt.grade"})):
        return Role.define(name=name, title=title, permissions=frozenset(permissions), now=now)

    return make


@pytest.fixture
def make_assignment(now):
    def make(role, reach=PLATFORM):
        return RoleAssignment.make(user_id=new_id(), role=role, reach=reach, assigned_by=None, now=now)

    return make


@pytest.fixture
def holder(make_assignment):
    """The principal who holds these roles."""

    def make(*roles, table=None):
        assignments = [make_assignment(role, reach) for role, reach in roles]
        return Principal(user_id=new_id(), grants=(table or RoleTable(DECLARED)).grants(assignments))

    return make


def test_a_built_in_role_has_what_the_modules_declare_for_it():
    table = RoleTable(DECLARED)
    assert table.permissions_of("learner") == {"course.course.enrol"}
    assert table.permissions_of("author") == {"course.content.edit"}
    with pytest.raises(RoleNotFound):
        table.permissions_of("emperor")


def test_a_custom_role_loses_a_permission_that_no_module_declares_any_more(make_role):
    role = make_role(permissions={"assessment.attempt.grade", "gone.thing.do"})
    assert RoleTable(DECLARED, [role]).permissions_of("tutor") == {"assessment.attempt.grade"}


def test_everybody_who_signed_in_is_a_learner_and_no_more(holder):
    person = holder()
    assert person.allows("course.course.enrol")
    assert not any(person.allows(each.name) for each in DECLARED[1:])


def test_a_role_in_a_course_reaches_only_this_course(holder):
    person = holder(("instructor", IN_COURSE))
    assert person.allows("course.content.edit", course=COURSE)
    assert not person.allows("course.content.edit", course=OTHER_COURSE)
    assert not person.allows("course.content.edit", organisation=COURSE)
    assert not person.allows("course.content.edit")


def test_roles_in_one_scope_add_up(holder, make_role):
    table = RoleTable(DECLARED, [make_role()])
    person = holder(("author", IN_COURSE), ("tutor", IN_COURSE), table=table)
    assert person.allows("course.content.edit", course=COURSE)
    assert person.allows("assessment.attempt.grade", course=COURSE)
    assert len(person.grants) == 2


def test_an_assignment_of_a_deleted_role_grants_nothing(holder):
    assert holder(("deleted", IN_COURSE)).grants == holder().grants


def test_an_administrator_assigns_any_role_anywhere(holder):
    administrator = holder(("administrator", PLATFORM))
    table = RoleTable(DECLARED)
    for role in ("learner", "author", "instructor"):
        if table.permissions_of(role) <= table.permissions_of("administrator"):
            check_may_assign(administrator, role, IN_COURSE, table)
    check_may_assign(administrator, "administrator", PLATFORM, table)


def test_nobody_assigns_a_role_without_the_permission_there(holder):
    table = RoleTable(DECLARED)
    with pytest.raises(NotAuthenticated):
        check_may_assign(ANONYMOUS, "author", IN_COURSE, table)
    with pytest.raises(PermissionDenied):
        check_may_assign(holder(("author", IN_COURSE)), "author", IN_COURSE, table)
    for reach in (PLATFORM, IN_SCHOOL, Reach(ScopeKind.COURSE, OTHER_COURSE)):
        with pytest.raises(PermissionDenied):
            check_may_assign(holder(("instructor", IN_COURSE)), "author", reach, table)


def test_nobody_gives_away_what_they_lack(holder):
    table = RoleTable(DECLARED)
    instructor = holder(("instructor", IN_COURSE))
    check_may_assign(instructor, "author", IN_COURSE, table)
    with pytest.raises(CannotGrant) as refusal:
        check_may_assign(instructor, "administrator", IN_COURSE, table)
    assert refusal.value.extensions["permissions"] == [DEFINE_ROLES, "identity.user.deactivate"]


def test_an_unknown_role_can_not_be_assigned(holder):
    with pytest.raises(RoleNotFound):
        check_may_assign(holder(("administrator", PLATFORM)), "emperor", PLATFORM, RoleTable(DECLARED))


names = [each.name for each in DECLARED]


@given(
    actor_has=st.frozensets(st.sampled_from(names)),
    role_has=st.frozensets(st.sampled_from(names)),
    where=st.sampled_from([PLATFORM, IN_COURSE, IN_SCHOOL]),
    target=st.sampled_from([PLATFORM, IN_COURSE, IN_SCHOOL]),
)
def test_no_assignment_makes_anybody_more_powerful_than_who_assigned(actor_has, role_has, where, target):
    from datetime import UTC, datetime  # the fixtures of this file can't be used with @given

    now = datetime(2026, 3, 2, tzinfo=UTC)
    roles = [
        Role.define(name=name, title=name, permissions=permissions, now=now)
        for name, permissions in (("acting", actor_has), ("given", role_has))
    ]
    table = RoleTable(DECLARED, roles)

    def principal(role, reach):
        assignment = RoleAssignment.make(user_id=new_id(), role=role, reach=reach, assigned_by=None, now=now)
        return Principal(user_id=new_id(), grants=table.grants([assignment]))

    actor = principal("acting", where)
    try:
        check_may_assign(actor, "given", target, table)
    except (PermissionDenied, CannotGrant):
        return
    receiver = principal("given", target)
    for name in names:
        for place in ({}, {"course": COURSE}, {"organisation": SCHOOL}):
            assert actor.allows(name, **place) or not receiver.allows(name, **place)


def test_a_custom_role_is_defined_from_permissions_that_the_actor_has_everywhere(holder):
    table = RoleTable(DECLARED)
    administrator = holder(("administrator", PLATFORM))
    check_may_define(administrator, frozenset({"assessment.attempt.grade"}), table)
    with pytest.raises(CannotGrant):
        check_may_define(
            Principal(
                user_id=new_id(),
                grants=(administrator.grants[0].model_copy(update={"permissions": frozenset({DEFINE_ROLES})}),),
            ),
            frozenset({"assessment.attempt.grade"}),
            table,
        )
    with pytest.raises(InvalidRole):
        check_may_define(administrator, frozenset({"made.up.name"}), table)


def test_defining_roles_needs_the_permission_on_the_platform(holder):
    table = RoleTable(DECLARED)
    with pytest.raises(NotAuthenticated):
        check_may_define(ANONYMOUS, frozenset(), table)
    with pytest.raises(PermissionDenied):
        check_may_define(holder(("administrator", IN_SCHOOL)), frozenset(), table)


@pytest.mark.parametrize("name", ["", "Tutor", "tutor_1", "-tutor", "1tutor", "t" * 51, "administrator", "tutor\n"])
def test_a_role_with_a_bad_or_built_in_name_is_refused(make_role, name):
    with pytest.raises(InvalidRole):
        make_role(name=name)


@pytest.mark.parametrize("title", ["", "   ", "x" * 101])
def test_a_role_needs_a_title(make_role, title):
    with pytest.raises(InvalidRole):
        make_role(title=title)


def test_a_built_in_role_can_not_be_changed():
    check_may_change("tutor")
    with pytest.raises(BuiltInRole):
        check_may_change("learner")


def test_the_last_administrator_can_not_be_removed(make_assignment):
    last = make_assignment("administrator")
    with pytest.raises(LastAdministrator):
        check_administrator_remains(last, 1)
    check_administrator_remains(last, 2)
    check_administrator_remains(make_assignment("administrator", IN_SCHOOL), 1)
    check_administrator_remains(make_assignment("author"), 1)


@pytest.mark.parametrize(
    ("kind", "scope_id"), [(ScopeKind.PLATFORM, COURSE), (ScopeKind.COURSE, None), (ScopeKind.ORGANISATION, None)]
)
def test_a_reach_has_an_id_unless_it_is_the_platform(kind, scope_id):
    with pytest.raises(RoleScopeMismatch):
        Reach(kind, scope_id)


def test_an_assignment_tells_its_beginning_and_its_end(make_assignment, now):
    assignment = make_assignment("instructor", IN_COURSE)
    assignment.revoke(now)
    assigned, revoked = assignment.collect_events()
    assert isinstance(assigned, RoleWasAssigned)
    assert isinstance(revoked, RoleWasRevoked)
    assert assigned.reach == revoked.reach == IN_COURSE
