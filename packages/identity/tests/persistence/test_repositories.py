"""What repositories and queries promise: on PostgreSQL and in memory alike."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from lyceum.identity.domain.entities import Group, Organisation, Registration, User
from lyceum.identity.domain.values import ProfileVisibility, UserStatus
from lyceum.identity.ports import (
    EmailTaken,
    GroupNotFound,
    OrganisationNotFound,
    RegistrationNotFound,
    SlugTaken,
    UserNotFound,
)
from lyceum.kernel.errors import ValidationFailed, VersionConflict
from lyceum.kernel.pagination import PageRequest, encode_cursor

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Persistence:
    units: Any
    queries: Any


@pytest.fixture(params=["memory", "sql"])
def persistence(request):
    if request.param == "memory":
        memory = request.getfixturevalue("memory")
        return Persistence(memory.units, memory)
    container = request.getfixturevalue("harness").container
    return Persistence(container.units, container.queries())


def user(name="Ada", *, email=None, at=NOW):
    email = email or f"{name.lower()}@example.org"
    return User.create(user_id=uuid4(), email=email, display_name=name, locale="pt-BR", time_zone="UTC", now=at)


def registration(email="ada@example.org", at=NOW):
    return Registration.request(email=email, display_name="Ada", locale="en", time_zone="UTC", now=at)


@pytest.fixture
def add(persistence):
    """Keeps aggregates, each in the repository that is for its kind."""

    async def keep(*aggregates):
        async with persistence.units() as unit:
            repositories = {
                User: unit.users,
                Registration: unit.registrations,
                Organisation: unit.organisations,
                Group: unit.groups,
            }
            for aggregate in aggregates:
                repositories[type(aggregate)].add(aggregate)
            await unit.commit()
        return aggregates[0]

    return keep


@pytest.fixture
def join(persistence):
    async def joined(organisation, *users):
        async with persistence.units() as unit:
            for each in users:
                await unit.memberships.join_organisation(each.id, organisation.id, NOW)
            await unit.commit()

    return joined


def college(slug="college", name="College"):
    return Organisation.found(slug=slug, name=name, now=NOW)


async def walk(listing, limit=2):
    """All pages of a listing, in one list."""
    rows, cursor = [], None
    while True:
        page = await listing(PageRequest(limit=limit, cursor=cursor))
        assert len(page.items) <= limit
        rows += page.items
        cursor = page.next_cursor
        if cursor is None:
            return rows


async def test_a_user_comes_back_as_added(persistence, add):
    ada = user()
    ada.edit_profile(now=NOW, bio="Mathematician", visibility=ProfileVisibility.PRIVATE)
    ada.agree_extra_time(Decimal("1.25"), by=uuid4(), now=NOW)
    await add(ada)
    async with persistence.units() as unit:
        found = await unit.users.get(ada.id)
    assert (found.email, found.display_name, found.bio, found.locale) == (
        "ada@example.org",
        "Ada",
        "Mathematician",
        "pt-BR",
    )
    assert (found.visibility, found.status, found.extra_time_factor) == (
        ProfileVisibility.PRIVATE,
        UserStatus.ACTIVE,
        Decimal("1.25"),
    )
    assert (found.created_at, found.version) == (NOW, 1)


async def test_what_is_not_there_is_not_found(persistence):
    async with persistence.units() as unit:
        for repository, error in (
            (unit.users, UserNotFound),
            (unit.registrations, RegistrationNotFound),
            (unit.organisations, OrganisationNotFound),
            (unit.groups, GroupNotFound),
        ):
            with pytest.raises(error):
                await repository.get(uuid4())


async def test_what_is_not_committed_is_not_kept(persistence):
    ada = user()
    async with persistence.units() as unit:
        unit.users.add(ada)
    assert await persistence.queries.summaries([ada.id]) == []


async def test_a_change_on_an_old_version_is_refused(persistence, add):
    ada = await add(user())
    async with persistence.units() as slow:
        late = await slow.users.get(ada.id)
        late.edit_profile(now=NOW, bio="late")
        await change_elsewhere(persistence, ada.id)
        with pytest.raises(VersionConflict):
            await slow.commit()
    async with persistence.units() as unit:
        assert (await unit.users.get(ada.id)).bio == "first"


async def change_elsewhere(persistence, user_id):
    """As another process does it, which knows nothing of the unit that is open here."""
    import asyncio
    import contextvars

    async def change():
        async with persistence.units() as unit:
            (await unit.users.get(user_id)).edit_profile(now=NOW, bio="first")
            await unit.commit()

    await asyncio.create_task(change(), context=contextvars.Context())


async def test_an_address_belongs_to_one_account_whatever_its_case(persistence, add):
    ada = await add(user())
    async with persistence.units() as unit:
        assert (await unit.users.with_email("ADA@Example.org")).id == ada.id
        assert await unit.users.with_email("bob@example.org") is None
    with pytest.raises(EmailTaken):
        await add(user(email="Ada@EXAMPLE.org"))
    assert (await persistence.queries.summary_by_email("aDa@example.org")).id == ada.id
    assert await persistence.queries.summary_by_email("bob@example.org") is None


async def test_two_organisations_do_not_have_one_short_name(add):
    await add(college())
    with pytest.raises(SlugTaken):
        await add(college(name="Another"))


async def test_registrations_of_an_address_are_counted_from_a_moment_on(persistence, add):
    await add(registration(at=NOW - HOUR), registration("ADA@example.org"), registration("bob@example.org"))
    async with persistence.units() as unit:
        assert await unit.registrations.count_since("Ada@example.org", NOW - HOUR) == 2
        assert await unit.registrations.count_since("Ada@example.org", NOW) == 1


async def test_only_unverified_registrations_expire(persistence, add):
    verified = registration(at=NOW)
    verified.verify(now=NOW)
    old, older, young = registration(at=NOW), registration(at=NOW - HOUR), registration(at=NOW + HOUR)
    await add(verified, old, older, young)
    async with persistence.units() as unit:
        moment = old.expires_at + timedelta(seconds=1)
        assert set(await unit.registrations.expired(moment, limit=9)) == {old.user_id, older.user_id}
        assert len(await unit.registrations.expired(moment, limit=1)) == 1
        await unit.registrations.remove([verified.user_id, old.user_id])
        await unit.commit()
    async with persistence.units() as unit:
        assert await unit.registrations.expired(moment, limit=9) == [older.user_id]
        assert (await unit.registrations.get(verified.id)).verified_at == NOW
        with pytest.raises(RegistrationNotFound):
            await unit.registrations.get(old.id)


async def test_joining_and_leaving_twice_change_nothing(persistence, add, join):
    ada, school = user(), college()
    group = Group.form(organisation_id=school.id, name="First year", now=NOW)
    await add(ada, school)
    await add(group)
    await join(school, ada)
    async with persistence.units() as unit:
        for later in (NOW, NOW + HOUR):
            await unit.memberships.join_organisation(ada.id, school.id, later)
            await unit.memberships.join_group(ada.id, group.id, later)
        assert await unit.memberships.stays_member(ada.id, school.id)
        await unit.commit()
    for listing in (
        lambda page: persistence.queries.organisation_members(organisation_id=school.id, page=page),
        lambda page: persistence.queries.group_members(group_id=group.id, page=page),
    ):
        assert [(member.id, member.joined_at) for member in await walk(listing)] == [(ada.id, NOW)]
    async with persistence.units() as unit:
        for _ in range(2):
            await unit.memberships.leave_group(ada.id, group.id)
            await unit.memberships.leave_organisation(ada.id, school.id)
        assert not await unit.memberships.is_member(ada.id, school.id)
        assert not await unit.memberships.stays_member(ada.id, school.id)


async def test_leaving_an_organisation_leaves_its_groups_and_no_others(persistence, add, join):
    ada, school, firm = user(), college(), college("firm", "Firm")
    await add(ada, school, firm)
    groups = [Group.form(organisation_id=each.id, name="All", now=NOW) for each in (school, firm)]
    await add(*groups)
    for each, group in zip((school, firm), groups, strict=True):
        await join(each, ada)
        async with persistence.units() as unit:
            await unit.memberships.join_group(ada.id, group.id, NOW)
            await unit.commit()
    async with persistence.units() as unit:
        await unit.memberships.leave_organisation(ada.id, school.id)
        await unit.commit()
    left, kept = [
        await persistence.queries.group_members(group_id=group.id, page=PageRequest(limit=5)) for group in groups
    ]
    assert ([member.id for member in left.items], [member.id for member in kept.items]) == ([], [ada.id])


async def test_sharing_an_organisation_is_mutual(persistence, add, join):
    ada, bob, eve, school, firm = user(), user("Bob"), user("Eve"), college(), college("firm", "Firm")
    await add(ada, bob, eve, school, firm)
    await join(school, ada, bob)
    await join(firm, bob)
    async with persistence.units() as unit:
        pairs = [(ada, bob, True), (bob, ada, True), (ada, eve, False), (eve, ada, False)]
        for one, other, shared in pairs:
            assert await unit.memberships.share_organisation(one.id, other.id) is shared
        assert await unit.memberships.organisations_of(bob.id) == {school.id, firm.id}
        assert await unit.memberships.organisations_of(eve.id) == frozenset()


async def test_a_dissolved_group_is_gone_with_its_members(persistence, add, join):
    ada, school = user(), college()
    group = Group.form(organisation_id=school.id, name="First year", now=NOW)
    await add(ada, school)
    await add(group)
    async with persistence.units() as unit:
        await unit.groups.remove(await unit.groups.get(group.id))
        await unit.commit()
    async with persistence.units() as unit:
        with pytest.raises(GroupNotFound):
            await unit.groups.get(group.id)


async def test_accounts_come_newest_first_and_page_by_page(persistence, add):
    for place, name in enumerate(["Ada", "Bob", "Cleo", "Dora", "Eve"]):
        await add(user(name, at=NOW + place // 2 * HOUR))
    rows = await walk(lambda page: accounts(persistence, page))
    assert len(rows) == 5
    assert [(row.created_at, row.id) for row in rows] == sorted(
        ((row.created_at, row.id) for row in rows), reverse=True
    )


async def accounts(persistence, page=None, text=None, status=None, organisation=None, within=None):
    return await persistence.queries.accounts(
        page=page or PageRequest(limit=50), text=text, status=status, organisation=organisation, within=within
    )


async def test_accounts_are_filtered_by_text_status_and_organisation(persistence, add, join):
    ada, bob, percy = user("Ada"), user("Bob"), user("Per%cy", email="p_c@example.com")
    bob.deactivate(by=uuid4(), now=NOW)
    school, firm = college(), college("firm", "Firm")
    await add(ada, bob, percy, school, firm)
    await join(school, ada, bob)
    await join(firm, bob)

    async def names(**filters):
        return {account.display_name for account in (await accounts(persistence, **filters)).items}

    assert await names(text="ADA") == {"Ada"}
    assert await names(text="example.org") == {"Ada", "Bob"}
    assert await names(text="%") == {"Per%cy"}
    assert await names(text="_") == {"Per%cy"}
    assert await names(text="\\") == set()
    assert await names(status=UserStatus.DEACTIVATED) == {"Bob"}
    assert await names(organisation=school.id) == {"Ada", "Bob"}
    assert await names(organisation=school.id, within=frozenset({firm.id})) == {"Bob"}
    assert await names(organisation=school.id, status=UserStatus.ACTIVE) == {"Ada"}
    assert await names(within=frozenset({school.id, firm.id})) == {"Ada", "Bob"}
    assert await names(organisation=uuid4()) == set()


async def test_things_with_names_come_by_name_and_page_by_page(persistence, add, join):
    names = ["anna", "berta", "cleo", "cleo", "dora"]
    users = [user(name, email=f"{place}@example.org") for place, name in enumerate(names)]
    schools = [college(f"s{place}", name) for place, name in enumerate(names)]
    await add(*users, *schools)
    await join(schools[0], *users)
    await add(*(Group.form(organisation_id=schools[0].id, name=name, now=NOW) for name in reversed(names)))
    queries, owner = persistence.queries, schools[0].id
    members = await walk(lambda page: queries.organisation_members(organisation_id=owner, page=page))
    assert [member.display_name for member in members] == names
    assert [each.name for each in await walk(lambda page: queries.groups(organisation_id=owner, page=page))] == names
    everything = await walk(lambda page: queries.organisations(page=page, within=None))
    assert [each.name for each in everything] == names
    some = await walk(lambda page: queries.organisations(page=page, within=frozenset({owner, schools[4].id})))
    assert [each.name for each in some] == ["anna", "dora"]


async def test_a_cursor_of_another_listing_is_refused(persistence):
    for listing, keys in (
        (lambda page: persistence.queries.organisations(page=page, within=None), (NOW.isoformat(), 1)),
        (lambda page: accounts(persistence, page), ("a name", uuid4())),
    ):
        with pytest.raises(ValidationFailed):
            await listing(PageRequest(limit=2, cursor=encode_cursor(*keys)))


async def test_summaries_are_of_those_who_exist(persistence, add):
    ada, bob = user(), user("Bob")
    bob.deactivate(by=uuid4(), now=NOW)
    await add(ada, bob)
    found = await persistence.queries.summaries([ada.id, bob.id, uuid4()])
    assert {(each.id, each.active) for each in found} == {(ada.id, True), (bob.id, False)}
