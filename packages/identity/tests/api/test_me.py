async def make_user(harness, email="ada@example.org", name="Ada Lovelace"):
    user = await harness.container.directory().provision_user(email=email, display_name=name)
    return user.id


async def test_my_account_needs_a_sign_in(harness):
    async with harness.client() as client:
        answer = await client.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-authenticated"


async def test_my_account_comes_with_its_version(harness, as_user):
    user_id = await make_user(harness)
    async with harness.client(as_user(user_id)) as client:
        answer = await client.get("/api/v1/me")
    assert answer.json()["email"] == "ada@example.org"
    assert answer.headers["etag"] == '"1"'


async def test_an_edit_changes_what_it_names_and_gives_the_next_version(harness, as_user):
    user_id = await make_user(harness)
    async with harness.client(as_user(user_id)) as client:
        answer = await client.patch("/api/v1/me", json={"time_zone": "Europe/Paris"}, headers={"If-Match": '"1"'})
        assert answer.status_code == 200
        assert answer.json()["time_zone"] == "Europe/Paris"
        assert answer.json()["display_name"] == "Ada Lovelace"
        assert answer.headers["etag"] == '"2"'
        stale = await client.patch("/api/v1/me", json={"bio": "late"}, headers={"If-Match": '"1"'})
        assert stale.status_code == 412
        missing = await client.patch("/api/v1/me", json={"bio": "careless"})
        assert missing.status_code == 428


async def test_an_edit_cannot_reach_other_fields(harness, as_user):
    user_id = await make_user(harness)
    async with harness.client(as_user(user_id)) as client:
        answer = await client.patch("/api/v1/me", json={"email": "x@example.org"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 422


async def test_a_profile_is_seen_by_those_whom_its_owner_chose(harness, as_user):
    ada = await make_user(harness)
    bob = await make_user(harness, "bob@example.org", "Bob")
    service, organising = harness.container.profiles(), harness.container.organising()
    async with harness.client(as_user(bob)) as client:
        url = f"/api/v1/users/{ada}/profile"
        assert (await client.get(url)).status_code == 404  # shared organisations only, and they share none
        admin = as_user(bob, "identity.organisation.manage", "identity.member.manage")
        college = await organising.found(admin, slug="college", name="College")
        for user_id in (ada, bob):
            await organising.admit(admin, college.id, user_id)
        assert (await client.get(url)).json()["display_name"] == "Ada Lovelace"
        from lyceum.identity.schemas.internal import ProfileChange

        await service.edit(as_user(ada), ProfileChange(visibility="private"), expected=None)
        assert (await client.get(url)).status_code == 404
        await service.edit(as_user(ada), ProfileChange(visibility="platform"), expected=None)
        assert (await client.get(url)).status_code == 200
    async with harness.client() as client:
        assert (await client.get(url)).status_code == 401
