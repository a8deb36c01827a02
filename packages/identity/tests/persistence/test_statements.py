"""How many SQL statements the pages and the registration cost, at any number of people."""

import pytest

from lyceum.testing.statements import counted_statements

API = "/api/v1"


@pytest.fixture
def counted(harness):
    """Sends a request; how many statements it took."""

    async def send(client, method, path, **options):
        with counted_statements(harness.module.database.engine) as statements:
            answer = await client.request(method, API + path, **options)
        assert answer.status_code < 300, answer.text
        return len(statements)

    return send


@pytest.fixture(params=[1, 30], ids=["few", "many"])
async def users(request, harness, admin, people):
    users = await people(*(f"Person{number:02}" for number in range(request.param)))
    organising = harness.container.organising()
    college = await organising.found(admin, slug="college", name="College")
    for user_id in users:
        await organising.admit(admin, college.id, user_id)
    return users


async def test_my_account_is_one_statement(harness, as_user, users, counted):
    async with harness.client(as_user(users[0])) as client:
        assert await counted(client, "GET", "/me") == 1


async def test_an_edit_is_a_look_a_write_and_its_event(harness, as_user, users, counted):
    async with harness.client(as_user(users[0])) as client:
        assert await counted(client, "PATCH", "/me", json={"bio": "b"}, headers={"If-Match": "*"}) == 3


async def test_a_page_of_people_is_one_statement_with_any_filter(harness, admin, admin_of, users, counted):
    async with harness.client(admin) as client:
        organisation = (await client.get(f"{API}/organisations")).json()["items"][0]["id"]
        for query in ("", "?q=person", "?status=active", f"?organisation={organisation}&limit=5"):
            assert await counted(client, "GET", f"/users{query}") == 1
    async with harness.client(admin_of(organisation)) as client:
        assert await counted(client, "GET", "/users") == 1
        assert await counted(client, "GET", f"/organisations/{organisation}/members") == 2


async def test_somebodys_profile_is_two_statements(harness, anybody, as_user, users, counted):
    async with harness.client(as_user(users[0])) as client:
        assert await counted(client, "GET", f"/users/{users[-1]}/profile") == 2


async def test_who_people_are_is_one_statement_for_all(harness, users):
    directory = harness.container.directory()
    with counted_statements(harness.module.database.engine) as statements:
        assert len(await directory.find_users(user_ids=users)) == len(users)
    assert len(statements) == 1


async def test_a_registration_is_a_look_a_row_and_a_job(harness, users, counted):
    request = {"email": "new@example.org", "password": "correct horse battery", "display_name": "New"}
    async with harness.client() as client:
        first = await counted(client, "POST", "/registrations", json=request)
        assert first == await counted(client, "POST", "/registrations", json=request) == 3
