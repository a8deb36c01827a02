"""People, for those who look after them."""

from decimal import Decimal

import pytest


@pytest.fixture
async def ada_and_bob(people):
    return await people("Ada", "Bob")


@pytest.fixture
async def college(harness, admin, ada_and_bob):
    """An organisation that Ada belongs to and Bob does not."""
    organising = harness.container.organising()
    college = await organising.found(admin, slug="college", name="College")
    await organising.admit(admin, college.id, ada_and_bob[0])
    return college.id


def names(answer):
    assert answer.status_code == 200, answer.text
    return [account["display_name"] for account in answer.json()["items"]]


async def test_accounts_are_listed_newest_first_and_page_by_page(harness, admin, people):
    await people("Ada", "Bob", "Cleo")
    async with harness.client(admin) as client:
        first = await client.get("/api/v1/users?limit=2")
        rest = await client.get("/api/v1/users", params={"limit": 2, "cursor": first.json()["next_cursor"]})
    assert (names(first), names(rest)) == (["Cleo", "Bob"], ["Ada"])
    assert rest.json()["next_cursor"] is None


async def test_an_account_is_listed_with_all_that_administrators_see(harness, admin, people, clock):
    [ada] = await people("Ada")
    async with harness.client(admin) as client:
        [account] = (await client.get("/api/v1/users")).json()["items"]
        one = await client.get(f"/api/v1/users/{ada}")
    assert (
        account
        == one.json()
        == {
            "id": str(ada),
            "email": "ada@example.org",
            "display_name": "Ada",
            "status": "active",
            "locale": "en",
            "time_zone": "UTC",
            "created_at": clock.now().isoformat().replace("+00:00", "Z"),
            "version": 1,
        }
    )
    assert one.headers["etag"] == '"1"'


async def test_the_list_is_narrowed_by_text_status_and_organisation(harness, admin, ada_and_bob, college):
    async with harness.client(admin) as client:
        await client.post(f"/api/v1/users/{ada_and_bob[1]}/deactivation")
        for query, expected in (
            ("q=ADA", ["Ada"]),
            ("q=@example.org", ["Bob", "Ada"]),
            ("q=%25", []),
            ("status=deactivated", ["Bob"]),
            ("status=active", ["Ada"]),
            (f"organisation={college}", ["Ada"]),
            (f"organisation={college}&status=deactivated", []),
            (f"organisation={ada_and_bob[0]}", []),
        ):
            assert names(await client.get(f"/api/v1/users?{query}")) == expected, query


async def test_who_looks_after_an_organisation_sees_its_people_and_no_others(harness, admin_of, ada_and_bob, college):
    ada, bob = ada_and_bob
    async with harness.client(admin_of(college)) as client:
        assert names(await client.get("/api/v1/users")) == ["Ada"]
        assert names(await client.get("/api/v1/users?q=bob")) == []
        assert names(await client.get(f"/api/v1/users?organisation={bob}")) == []
        assert (await client.get(f"/api/v1/users/{ada}")).status_code == 200
        for method, part in (
            ("GET", ""),
            ("POST", "/deactivation"),
            ("POST", "/reactivation"),
            ("GET", "/accommodation"),
        ):
            answer = await client.request(method, f"/api/v1/users/{bob}{part}")
            assert (answer.status_code, answer.json()["code"]) == (404, "identity.user-not-found"), part
        assert (await client.post(f"/api/v1/users/{ada}/deactivation")).json()["status"] == "deactivated"


async def test_who_may_see_people_may_not_therefore_change_them(harness, admin_of, ada_and_bob, college):
    ada = ada_and_bob[0]
    async with harness.client(admin_of(college, "identity.user.read")) as client:
        for method, part, body in (
            ("POST", "/deactivation", None),
            ("POST", "/reactivation", None),
            ("GET", "/accommodation", None),
            ("PUT", "/accommodation", {"extra_time_factor": "2"}),
        ):
            answer = await client.request(method, f"/api/v1/users/{ada}{part}", json=body, headers={"If-Match": "*"})
            assert (answer.status_code, answer.json()["code"]) == (403, "permission-denied"), part
            assert answer.json()["permission"].startswith("identity.")


async def test_everybody_sees_their_own_account_and_accommodation(harness, as_user, ada_and_bob):
    ada, bob = ada_and_bob
    async with harness.client(as_user(ada)) as client:
        assert (await client.get(f"/api/v1/users/{ada}")).json()["email"] == "ada@example.org"
        own = await client.get(f"/api/v1/users/{ada}/accommodation")
        assert (own.json()["extra_time_factor"], own.headers["etag"]) == ("1.00", '"1"')
        for part in ("", "/accommodation"):
            assert (await client.get(f"/api/v1/users/{bob}{part}")).status_code == 404
        answer = await client.put(
            f"/api/v1/users/{ada}/accommodation", json={"extra_time_factor": "5"}, headers={"If-Match": "*"}
        )
        assert answer.status_code == 403


async def test_a_closed_account_is_opened_again(harness, admin, ada_and_bob):
    ada = ada_and_bob[0]
    async with harness.client(admin) as client:
        closed = [await client.post(f"/api/v1/users/{ada}/deactivation") for _ in range(2)]
        opened = [await client.post(f"/api/v1/users/{ada}/reactivation") for _ in range(2)]
    assert [(answer.json()["status"], answer.json()["version"]) for answer in closed + opened] == [
        ("deactivated", 2),
        ("deactivated", 2),
        ("active", 3),
        ("active", 3),
    ]


async def test_nobody_closes_their_own_account_by_this(harness, as_user, ada_and_bob):
    ada = ada_and_bob[0]
    async with harness.client(as_user(ada, "identity.user.manage")) as client:
        answer = await client.post(f"/api/v1/users/{ada}/deactivation")
    assert (answer.status_code, answer.json()["code"]) == (409, "identity.own-account")


async def test_a_closed_account_shows_no_profile_but_to_who_may_see_people(
    harness, admin, anybody, as_user, ada_and_bob
):
    ada = ada_and_bob[0]
    async with harness.client(as_user(ada)) as client:
        await client.patch("/api/v1/me", json={"visibility": "platform"}, headers={"If-Match": "*"})
    url = f"/api/v1/users/{ada}/profile"
    async with harness.client(anybody) as stranger, harness.client(admin) as administrator:
        assert (await stranger.get(url)).json() == {"id": str(ada), "display_name": "Ada", "bio": ""}
        await administrator.post(f"/api/v1/users/{ada}/deactivation")
        assert (await stranger.get(url)).status_code == 404
        assert (await administrator.get(url)).status_code == 200


async def test_extra_time_is_agreed_on_the_version_that_was_seen(harness, admin, ada_and_bob):
    ada = ada_and_bob[0]
    url = f"/api/v1/users/{ada}/accommodation"
    async with harness.client(admin) as client:
        agreed = await client.put(url, json={"extra_time_factor": 1.25}, headers={"If-Match": '"1"'})
        assert (Decimal(agreed.json()["extra_time_factor"]), agreed.headers["etag"]) == (Decimal("1.25"), '"2"')
        stale = await client.put(url, json={"extra_time_factor": "2"}, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["expected"], stale.json()["actual"]) == (412, 1, 2)
        careless = await client.put(url, json={"extra_time_factor": "2"})
        assert (careless.status_code, careless.json()["code"]) == (428, "precondition-required")
        assert Decimal((await client.get(url)).json()["extra_time_factor"]) == Decimal("1.25")
    assert await harness.container.directory().extra_time_factor(user_id=ada) == Decimal("1.25")


@pytest.mark.parametrize("factor", [0.5, 5.01, "1.005", "NaN", "Infinity", None, "much"])
async def test_an_impossible_factor_is_refused(harness, admin, people, factor):
    [ada] = await people("Ada")
    async with harness.client(admin) as client:
        answer = await client.put(
            f"/api/v1/users/{ada}/accommodation", json={"extra_time_factor": factor}, headers={"If-Match": "*"}
        )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/extra_time_factor")
