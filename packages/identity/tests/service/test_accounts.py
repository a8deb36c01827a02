"""What administrators do, and whom it reaches."""

from decimal import Decimal
from uuid import uuid4

import pytest

from lyceum.identity.ports import UserNotFound
from lyceum.identity.schemas.events import (
    AccommodationChanged,
    UserDeactivated,
    UserProfileChanged,
    UserReactivated,
    UserRegistered,
)
from lyceum.identity.schemas.internal import ProfileChange
from lyceum.kernel.errors import NotAuthenticated, PermissionDenied, PreconditionFailed
from lyceum.kernel.pagination import PageRequest
from lyceum.kernel.principal import ANONYMOUS, Grant, Principal, ScopeKind

PAGE = PageRequest(limit=50)


@pytest.fixture
async def ada(services):
    return (await services.directory.provision_user(email="ada@example.org", display_name="Ada")).id


async def test_each_change_is_told_once_with_who_made_it(services, admin, as_user, ada):
    for _ in range(2):
        await services.accounts.deactivate(admin, ada)
    for _ in range(2):
        await services.accounts.reactivate(admin, ada)
    await services.accounts.agree_extra_time(admin, ada, Decimal("1.5"), expected=None)
    await services.profiles.edit(as_user(ada), ProfileChange(locale="fr"), expected=None)
    assert [type(event) for event in services.store.events] == [
        UserRegistered,
        UserDeactivated,
        UserReactivated,
        AccommodationChanged,
        UserProfileChanged,
    ]
    closed, opened, agreed, edited = services.store.events[1:]
    assert {event.actor_id for event in (closed, opened, agreed)} == {admin.user_id}
    assert (agreed.extra_time_factor, edited.locale) == ("1.5", "fr")
    assert {event.aggregate_id for event in services.store.events} == {ada}


async def test_nothing_is_told_of_what_was_refused(services, admin, anybody, as_user, ada):
    told = len(services.store.events)
    with pytest.raises(UserNotFound):
        await services.accounts.deactivate(anybody, ada)
    with pytest.raises(PermissionDenied):
        await services.accounts.deactivate(as_user(uuid4(), "identity.user.read"), ada)
    with pytest.raises(NotAuthenticated):
        await services.accounts.reactivate(ANONYMOUS, ada)
    with pytest.raises(PreconditionFailed):
        await services.accounts.agree_extra_time(admin, ada, Decimal(2), expected=9)
    with pytest.raises(PreconditionFailed):
        await services.profiles.edit(as_user(ada), ProfileChange(bio="b"), expected=9)
    assert len(services.store.events) == told


async def test_a_permission_on_a_course_says_nothing_of_people(services, ada):
    names = frozenset({"identity.user.read", "identity.user.manage", "identity.accommodation.manage"})
    of_course = Principal(user_id=uuid4(), grants=(Grant(scope=ScopeKind.COURSE, scope_id=uuid4(), permissions=names),))
    with pytest.raises(PermissionDenied):
        await services.accounts.list(of_course, page=PAGE)
    with pytest.raises(UserNotFound):
        await services.accounts.deactivate(of_course, ada)
    with pytest.raises(UserNotFound):
        await services.accounts.accommodation(of_course, ada)


async def test_permissions_on_two_organisations_add_up_and_end_with_the_membership(services, admin, ada):
    bob = (await services.directory.provision_user(email="bob@example.org", display_name="Bob")).id
    grants, organisations = [], []
    for slug, user_id in (("one", ada), ("two", bob)):
        organisation = await services.organising.found(admin, slug=slug, name=slug)
        await services.organising.admit(admin, organisation.id, user_id)
        organisations.append(organisation.id)
        grants.append(
            Grant(
                scope=ScopeKind.ORGANISATION,
                scope_id=organisation.id,
                permissions=frozenset({"identity.user.read", "identity.user.manage"}),
            )
        )
    manager = Principal(user_id=uuid4(), grants=tuple(grants))
    assert len((await services.accounts.list(manager, page=PAGE)).items) == 2
    assert (await services.accounts.deactivate(manager, ada)).status == "deactivated"
    await services.organising.dismiss(admin, organisations[0], ada)
    assert [account.id for account in (await services.accounts.list(manager, page=PAGE)).items] == [bob]
    with pytest.raises(UserNotFound):
        await services.accounts.reactivate(manager, ada)


@pytest.mark.parametrize(
    ("visibility", "stranger", "colleague"),
    [("platform", True, True), ("organisation", False, True), ("private", False, False)],
)
async def test_a_profile_is_seen_by_whom_its_owner_chose(
    services, admin, anybody, as_user, ada, visibility, stranger, colleague
):
    bob = (await services.directory.provision_user(email="bob@example.org", display_name="Bob")).id
    college = await services.organising.found(admin, slug="college", name="College")
    for user_id in (ada, bob):
        await services.organising.admit(admin, college.id, user_id)
    await services.profiles.edit(as_user(ada), ProfileChange(visibility=visibility), expected=None)

    async def sees(principal):
        try:
            return (await services.profiles.profile(principal, ada)).display_name == "Ada"
        except UserNotFound:
            return False

    assert [await sees(each) for each in (anybody, as_user(bob), as_user(ada), admin)] == [
        stranger,
        colleague,
        True,
        True,
    ]
    await services.accounts.deactivate(admin, ada)
    assert [await sees(each) for each in (anybody, as_user(bob), admin)] == [False, False, True]
    with pytest.raises(NotAuthenticated):
        await services.profiles.profile(ANONYMOUS, ada)
