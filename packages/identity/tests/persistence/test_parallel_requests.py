"""Many at once: what may happen once happens once."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text

API = "/api/v1"
REQUEST = {"email": "ada@example.org", "password": "correct horse battery", "display_name": "Ada Lovelace"}


@pytest.fixture
def count(harness):
    async def read(statement, **parameters):
        async with harness.module.database.reading() as connection:
            return (await connection.execute(text(statement), parameters)).scalar_one()

    return read


@pytest.fixture
def tokens(harness):
    """The tokens for all registrations there are."""

    async def issue():
        async with harness.module.database.reading() as connection:
            ids = (await connection.execute(text("SELECT id FROM identity.registrations"))).scalars().all()
        return [harness.container.tokens().issue(registration_id) for registration_id in ids]

    return issue


async def verify(client, tokens):
    """Follows all links at once; the ids of the accounts that came of it."""
    answers = await asyncio.gather(
        *(client.post(f"{API}/registrations/verification", json={"token": token}) for token in tokens)
    )
    assert {answer.status_code for answer in answers} <= {200, 409}
    codes = {answer.json()["code"] for answer in answers if answer.status_code == 409}
    assert codes <= {"identity.email-taken", "version-conflict"}
    return [UUID(answer.json()["user_id"]) for answer in answers if answer.status_code == 200]


async def test_one_link_followed_twenty_times_at_once_is_one_account(harness, tokens, count):
    async with harness.client() as client:
        await client.post(f"{API}/registrations", json=REQUEST)
        assert len(await verify(client, await tokens() * 20)) == 1
    assert await count("SELECT count(*) FROM identity.users") == 1
    assert await count("SELECT count(*) FROM identity.outbox") == 1


async def test_registrations_of_one_address_that_race_are_one_account_with_its_own_password(
    harness, tokens, count, credentials
):
    async with harness.client() as client:
        passwords = [f"correct horse battery {number}" for number in range(6)]
        asked = [
            client.post(f"{API}/registrations", json=REQUEST | {"email": email, "password": password})
            for email, password in zip(["ada@example.org", "ADA@example.org"] * 3, passwords, strict=True)
        ]
        assert {answer.status_code for answer in await asyncio.gather(*asked)} == {202}
        [account] = await verify(client, await tokens())
    assert await count("SELECT count(*) FROM identity.users") == 1
    assert await count("SELECT count(*) FROM identity.registrations WHERE verified_at IS NOT NULL") == 1
    registered = await count("SELECT user_id FROM identity.registrations WHERE verified_at IS NOT NULL")
    assert (registered, len(credentials.passwords)) == (account, 6)


async def test_closing_an_account_many_times_at_once_is_told_once(harness, admin, people, count):
    [ada] = await people("Ada")
    async with harness.client(admin) as client:
        answers = await asyncio.gather(*(client.post(f"{API}/users/{ada}/deactivation") for _ in range(12)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert await count("SELECT count(*) FROM identity.outbox WHERE type LIKE '%deactivated%'") == 1


async def test_nobody_stays_in_a_group_whose_organisation_they_leave_meanwhile(harness, admin, people, count):
    organising = harness.container.organising()
    college = await organising.found(admin, slug="college", name="College")
    group = await organising.form_group(admin, college.id, name="First year")
    users = await people(*(f"Person{number}" for number in range(12)))
    async with harness.client(admin) as client:
        for user_id in users:
            await organising.admit(admin, college.id, user_id)
        requests = [
            request
            for user_id in users
            for request in (
                client.put(f"{API}/groups/{group.id}/members/{user_id}"),
                client.delete(f"{API}/organisations/{college.id}/members/{user_id}"),
            )
        ]
        answers = await asyncio.gather(*requests)
    assert {answer.status_code for answer in answers} <= {204, 409}
    assert await count("SELECT count(*) FROM identity.organisation_members") == 0
    assert await count("SELECT count(*) FROM identity.group_members") == 0


async def test_joining_a_group_while_it_is_dissolved_succeeds_or_finds_none(harness, admin, people, count):
    organising = harness.container.organising()
    college = await organising.found(admin, slug="college", name="College")
    users = await people(*(f"Person{number}" for number in range(8)))
    for user_id in users:
        await organising.admit(admin, college.id, user_id)
    group = await organising.form_group(admin, college.id, name="First year")
    async with harness.client(admin) as client:
        joining = [client.put(f"{API}/groups/{group.id}/members/{user_id}") for user_id in users]
        answers = await asyncio.gather(*joining[:4], client.delete(f"{API}/groups/{group.id}"), *joining[4:])
    assert {answer.status_code for answer in answers} <= {204, 404}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 404} <= {"identity.group-not-found"}
    assert await count("SELECT count(*) FROM identity.group_members") == 0


async def test_short_names_and_versions_that_race_have_one_winner(harness, admin):
    async with harness.client(admin) as client:
        request = {"slug": "college", "name": "College"}
        answers = await asyncio.gather(*(client.post(f"{API}/organisations", json=request) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        [founded] = [answer.json() for answer in answers if answer.status_code == 201]
        renames = [
            client.patch(
                f"{API}/organisations/{founded['id']}", json={"name": f"Name {number}"}, headers={"If-Match": '"1"'}
            )
            for number in range(8)
        ]
        codes = sorted(answer.status_code for answer in await asyncio.gather(*renames))
        assert codes[0] == 200
        assert set(codes[1:]) <= {409, 412}
