import pytest

from lyceum.kernel.errors import NotAuthenticated, PermissionDenied
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ANONYMOUS, Grant, Principal, ScopeKind

EDIT = "course.course.edit"
HERE, ELSEWHERE = new_id(), new_id()


def somebody(scope: ScopeKind, scope_id=None) -> Principal:
    return Principal(user_id=new_id(), grants=(Grant(scope=scope, scope_id=scope_id, permissions=frozenset({EDIT})),))


def test_a_grant_on_the_platform_reaches_everything():
    caller = somebody(ScopeKind.PLATFORM)
    assert caller.allows(EDIT)
    assert caller.allows(EDIT, organisation=HERE, course=ELSEWHERE)
    assert not caller.allows("course.course.create")


@pytest.mark.parametrize("kind", [ScopeKind.ORGANISATION, ScopeKind.COURSE])
def test_a_grant_elsewhere_does_not_reach_here(kind: ScopeKind):
    caller = somebody(kind, HERE)
    other = "course" if kind is ScopeKind.ORGANISATION else "organisation"
    assert caller.allows(EDIT, **{kind.value: HERE})
    assert not caller.allows(EDIT, **{kind.value: ELSEWHERE})
    assert not caller.allows(EDIT, **{other: HERE})
    assert not caller.allows(EDIT)
    assert caller.scope_ids(EDIT, kind) == {HERE}


def test_a_grant_without_its_scope_reaches_nothing():
    assert not somebody(ScopeKind.COURSE).allows(EDIT)


def test_requiring_says_why_not():
    somebody(ScopeKind.PLATFORM).require(EDIT)
    with pytest.raises(PermissionDenied) as caught:
        somebody(ScopeKind.COURSE, HERE).require(EDIT, course=ELSEWHERE)
    assert caught.value.extensions == {"permission": EDIT}
    with pytest.raises(NotAuthenticated):
        ANONYMOUS.require(EDIT)
