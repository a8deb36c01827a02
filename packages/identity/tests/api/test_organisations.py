"""Organisations, their members and groups."""

import pytest

API = "/api/v1"


@pytest.fixture
async def college(harness, admin):
    college = await harness.container.organising().found(admin, slug="college", name="College")
    return str(college.id)


@pytest.fixture
async def client(harness, admin):
    async with harness.client(admin) as client:
        yield client


@pytest.fixture
def member(harness, admin, as_user, people, college):
    """Makes a member of the college; gives who they are."""

    async def make(name="Ada"):
        [user_id] = await people(name)
        await harness.container.organising().admit(admin, college, user_id)
        return as_user(user_id)

    return make


async def listed(client, path, **params):
    answer = await client.get(f"{API}{path}", params=params)
    assert answer.status_code == 200, answer.text
    return [item.get("name", item.get("display_name")) for item in answer.json()["items"]]


async def form(client, college, name="First year"):
    answer = await client.post(f"{API}/organisations/{college}/groups", json={"name": name})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def test_an_organisation_is_founded_once_under_its_short_name(client, clock):
    request = {"slug": "northern-college", "name": "  Northern \n College "}
    answer = await client.post(f"{API}/organisations", json=request)
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    founded = answer.json()
    assert (founded["slug"], founded["name"], founded["version"]) == ("northern-college", "Northern College", 1)
    assert (await client.get(f"{API}/organisations/{founded['id']}")).json() == founded
    again = await client.post(f"{API}/organisations", json=request | {"name": "Another"})
    assert (again.status_code, again.json()["code"]) == (409, "identity.slug-taken")


async def test_a_new_name_is_given_on_the_version_that_was_seen(client, college):
    url = f"{API}/organisations/{college}"
    renamed = await client.patch(url, json={"name": "Old College"}, headers={"If-Match": '"1"'})
    assert (renamed.json()["name"], renamed.json()["slug"], renamed.headers["etag"]) == (
        "Old College",
        "college",
        '"2"',
    )
    stale = await client.patch(url, json={"name": "Late"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"], stale.json()["actual"]) == (412, "precondition-failed", 2)
    careless = await client.patch(url, json={"name": "Careless"})
    assert (careless.status_code, careless.json()["code"]) == (428, "precondition-required")
    assert (await client.get(url)).headers["etag"] == '"2"'


async def test_members_see_their_organisations_and_managers_see_all(harness, client, college, member):
    await client.post(f"{API}/organisations", json={"slug": "firm", "name": "A firm"})
    assert await listed(client, "/organisations") == ["A firm", "College"]
    async with harness.client(await member()) as ada:
        assert await listed(ada, "/organisations") == ["College"]
        assert (await ada.get(f"{API}/organisations/{college}")).status_code == 200


async def test_organisations_come_page_by_page(client):
    for place, name in enumerate(["b", "a", "b", "c"]):
        await client.post(f"{API}/organisations", json={"slug": f"s{place}", "name": name})
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"{API}/organisations", params=params)).json()
        seen += [item["name"] for item in page["items"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == ["a", "b", "b", "c"]


async def test_members_come_and_go_as_often_as_they_are_told(client, college, people):
    ada, bob = await people("Ada", "Bob")
    for user_id in (bob, ada, ada):
        assert (await client.put(f"{API}/organisations/{college}/members/{user_id}")).status_code == 204
    assert await listed(client, f"/organisations/{college}/members") == ["Ada", "Bob"]
    for _ in range(2):
        assert (await client.delete(f"{API}/organisations/{college}/members/{ada}")).status_code == 204
    assert await listed(client, f"/organisations/{college}/members") == ["Bob"]


async def test_only_who_exists_becomes_a_member(client, college):
    answer = await client.put(f"{API}/organisations/{college}/members/{college}")
    assert (answer.status_code, answer.json()["code"]) == (404, "identity.user-not-found")


async def test_a_member_may_leave_but_dismiss_nobody(harness, college, member):
    ada, bob = await member("Ada"), await member("Bob")
    async with harness.client(ada) as client:
        of = f"{API}/organisations/{college}/members"
        for answer in (
            await client.delete(f"{of}/{bob.user_id}"),
            await client.put(f"{of}/{bob.user_id}"),
            await client.get(of),
            await client.post(f"{API}/organisations/{college}/groups", json={"name": "Mine"}),
            await client.patch(f"{API}/organisations/{college}", json={"name": "Mine"}, headers={"If-Match": "*"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "permission-denied")
        assert (await client.delete(f"{of}/{ada.user_id}")).status_code == 204
        assert (await client.get(f"{API}/organisations/{college}")).status_code == 404


async def test_a_permission_on_one_organisation_reaches_no_other(harness, client, college, admin_of, people):
    [ada] = await people("Ada")
    firm = (await client.post(f"{API}/organisations", json={"slug": "firm", "name": "Firm"})).json()["id"]
    of_firm = await form(client, firm)
    async with harness.client(admin_of(college)) as manager:
        assert (await manager.put(f"{API}/organisations/{college}/members/{ada}")).status_code == 204
        group = await form(manager, college)
        assert (await manager.put(f"{API}/groups/{group}/members/{ada}")).status_code == 204
        assert (await manager.post(f"{API}/organisations", json={"slug": "b", "name": "B"})).status_code == 403
        for method, path, body in (
            ("GET", f"/organisations/{firm}", None),
            ("PATCH", f"/organisations/{firm}", {"name": "Mine"}),
            ("GET", f"/organisations/{firm}/members", None),
            ("PUT", f"/organisations/{firm}/members/{ada}", None),
            ("GET", f"/organisations/{firm}/groups", None),
            ("POST", f"/organisations/{firm}/groups", {"name": "Mine"}),
        ):
            answer = await manager.request(method, API + path, json=body, headers={"If-Match": "*"})
            assert (answer.status_code, answer.json()["code"]) == (404, "identity.organisation-not-found"), path
        for method, path, body in (
            ("PATCH", f"/groups/{of_firm}", {"name": "Mine"}),
            ("DELETE", f"/groups/{of_firm}", None),
            ("GET", f"/groups/{of_firm}/members", None),
            ("PUT", f"/groups/{of_firm}/members/{ada}", None),
            ("DELETE", f"/groups/{of_firm}/members/{ada}", None),
        ):
            answer = await manager.request(method, API + path, json=body, headers={"If-Match": "*"})
            assert answer.status_code == 404, path
    assert await listed(client, f"/organisations/{firm}/groups") == ["First year"]


async def test_a_group_takes_members_of_its_organisation_alone(client, college, people):
    ada, bob = await people("Ada", "Bob")
    group = await form(client, college)
    await client.put(f"{API}/organisations/{college}/members/{ada}")
    for _ in range(2):
        assert (await client.put(f"{API}/groups/{group}/members/{ada}")).status_code == 204
    refused = await client.put(f"{API}/groups/{group}/members/{bob}")
    assert (refused.status_code, refused.json()["code"]) == (409, "identity.not-a-member")
    assert await listed(client, f"/groups/{group}/members") == ["Ada"]
    for _ in range(2):
        assert (await client.delete(f"{API}/groups/{group}/members/{ada}")).status_code == 204
    assert await listed(client, f"/groups/{group}/members") == []


async def test_who_leaves_the_organisation_leaves_its_groups(client, college, member):
    ada = await member()
    group = await form(client, college)
    await client.put(f"{API}/groups/{group}/members/{ada.user_id}")
    await client.delete(f"{API}/organisations/{college}/members/{ada.user_id}")
    assert await listed(client, f"/groups/{group}/members") == []


async def test_a_group_is_renamed_on_its_version_and_dissolved(client, college, member):
    ada = await member()
    group = await form(client, college)
    await client.put(f"{API}/groups/{group}/members/{ada.user_id}")
    url = f"{API}/groups/{group}"
    renamed = await client.patch(url, json={"name": "Second year"}, headers={"If-Match": '"1"'})
    assert (renamed.json()["name"], renamed.headers["etag"]) == ("Second year", '"2"')
    assert (await client.patch(url, json={"name": "Late"}, headers={"If-Match": '"1"'})).status_code == 412
    assert (await client.patch(url, json={"name": "Careless"})).status_code == 428
    assert await listed(client, f"/organisations/{college}/groups") == ["Second year"]
    assert (await client.delete(url)).status_code == 204
    again = await client.delete(url)
    assert (again.status_code, again.json()["code"]) == (404, "identity.group-not-found")
    assert await listed(client, f"/organisations/{college}/members") == ["Ada"]


async def test_members_see_the_groups_of_their_organisation(harness, client, college, member):
    await form(client, college)
    async with harness.client(await member()) as ada:
        assert await listed(ada, f"/organisations/{college}/groups") == ["First year"]
