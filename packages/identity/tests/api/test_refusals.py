"""Every route refuses whom it is not for, and what makes no sense."""

import json
from uuid import uuid4

import pytest

from lyceum.identity.module import module
from lyceum.kernel.pagination import encode_cursor

API = "/api/v1"
REGISTRATION = {"email": "a@example.org", "password": "correct horse", "display_name": "A"}
NAMED = {"name": "N"}

# Of every route that needs a sign-in: a good request, and what a stranger with no permission gets for it.
ROUTES = [
    ("GET", "/me", None, 404),  # signed in, but without an account
    ("PATCH", "/me", {"bio": "b"}, 404),
    ("GET", "/users", None, 403),
    ("GET", "/users/{user_id}", None, 404),
    ("GET", "/users/{user_id}/profile", None, 404),
    ("POST", "/users/{user_id}/deactivation", None, 404),
    ("POST", "/users/{user_id}/reactivation", None, 404),
    ("GET", "/users/{user_id}/accommodation", None, 404),
    ("PUT", "/users/{user_id}/accommodation", {"extra_time_factor": "2"}, 404),
    ("POST", "/organisations", {"slug": "s", "name": "N"}, 403),
    ("GET", "/organisations", None, 200),
    ("GET", "/organisations/{organisation_id}", None, 404),
    ("PATCH", "/organisations/{organisation_id}", NAMED, 404),
    ("GET", "/organisations/{organisation_id}/members", None, 404),
    ("PUT", "/organisations/{organisation_id}/members/{user_id}", None, 404),
    ("DELETE", "/organisations/{organisation_id}/members/{user_id}", None, 404),
    ("POST", "/organisations/{organisation_id}/groups", NAMED, 404),
    ("GET", "/organisations/{organisation_id}/groups", None, 404),
    ("PATCH", "/groups/{group_id}", NAMED, 404),
    ("DELETE", "/groups/{group_id}", None, 404),
    ("GET", "/groups/{group_id}/members", None, 404),
    ("PUT", "/groups/{group_id}/members/{user_id}", None, 404),
    ("DELETE", "/groups/{group_id}/members/{user_id}", None, 404),
]
PUBLIC = {("POST", "/registrations"), ("POST", "/registrations/verification")}


@pytest.fixture
async def things(harness, admin, people):
    """Something of each kind, by its name in a path."""
    organising = harness.container.organising()
    [user_id] = await people("Ada")
    organisation = await organising.found(admin, slug="college", name="College")
    await organising.admit(admin, organisation.id, user_id)
    group = await organising.form_group(admin, organisation.id, name="First year")
    await organising.add_to_group(admin, group.id, user_id)
    return {"user_id": user_id, "organisation_id": organisation.id, "group_id": group.id}


async def state(harness, admin, things):
    async with harness.client(admin) as client:
        paths = [path for method, path, _, _ in ROUTES if method == "GET" and path != "/me"]
        return [(await client.get(API + path.format(**things))).text for path in paths]


async def send(client, method, path, body):
    return await client.request(method, API + path, json=body, headers={"If-Match": "*"})


def test_no_route_is_forgotten():
    routes = {
        (method, route.path.removeprefix(API))
        for router in module.routers
        for route in router.routes
        for method in route.methods
    }
    assert routes == {(method, path) for method, path, _, _ in ROUTES} | PUBLIC


async def test_a_stranger_gets_nowhere_and_learns_nothing(harness, anybody, admin, things):
    before = await state(harness, admin, things)
    async with harness.client() as anonymous, harness.client(anybody) as stranger:
        for method, path, body, status in ROUTES:
            real = path.format(**things)
            refused = await send(anonymous, method, real, body)
            assert (refused.status_code, refused.json()["code"]) == (401, "not-authenticated"), path
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.headers["www-authenticate"].startswith("Bearer")
            answer = await send(stranger, method, real, body)
            assert answer.status_code == status, (method, path, answer.text)
            made_up = await send(stranger, method, path.format(**dict.fromkeys(things, uuid4())), body)
            if "{" in path:  # what one may not know of looks like what is not there
                assert {key: made_up.json()[key] for key in ("code", "status", "title", "detail")} == {
                    key: answer.json()[key] for key in ("code", "status", "title", "detail")
                }, path
    assert await state(harness, admin, things) == before


async def test_what_is_not_there_is_not_found_by_an_administrator_either(harness, admin, things):
    codes = {"u": "identity.user-not-found", "o": "identity.organisation-not-found", "g": "identity.group-not-found"}
    async with harness.client(admin) as client:
        for method, path, body, _ in ROUTES:
            if "{" in path:
                answer = await send(client, method, path.format(**dict.fromkeys(things, uuid4())), body)
                assert (answer.status_code, answer.json()["code"]) == (404, codes[path[1]]), (method, path)


NONSENSE = [
    ("POST", "/organisations", {"slug": "Not A Slug", "name": "N"}),
    ("POST", "/organisations", {"slug": "s", "name": " "}),
    ("POST", "/organisations", {"slug": "s", "name": "x" * 121}),
    ("POST", "/organisations", {"slug": "s", "name": "\0"}),
    ("POST", "/organisations", {"slug": "s", "name": "\ud800"}),
    ("POST", "/organisations", {"slug": "s", "name": "N", "owner": "me"}),
    ("PATCH", "/organisations/{organisation_id}", {"name": "\0"}),
    ("PATCH", "/organisations/{organisation_id}", {"slug": "other"}),
    ("POST", "/organisations/{organisation_id}/groups", {"name": ""}),
    ("PATCH", "/groups/{group_id}", {}),
    ("PATCH", "/me", {"bio": "x" * 2001}),
    ("PATCH", "/me", {"bio": "\0"}),
    ("PATCH", "/me", {"visibility": "everybody"}),
    ("PATCH", "/me", {"locale": "en_GB"}),
    ("PATCH", "/me", {"time_zone": "../../etc/passwd"}),
    ("PATCH", "/me", {"display_name": "\0"}),
    ("PATCH", "/me", []),
    ("GET", "/users?status=asleep", None),
    ("GET", "/users?q=%00", None),
    ("GET", "/users?q=" + "x" * 101, None),
    ("GET", "/users?organisation=mine", None),
    ("GET", "/users?limit=0", None),
    ("GET", "/users?limit=101", None),
    ("GET", "/users?cursor=x", None),
    ("GET", "/users/no-uuid", None),
    ("GET", "/organisations/no-uuid", None),
    ("POST", "/registrations", REGISTRATION | {"email": "a@exam\0ple.org"}),
    ("POST", "/registrations", REGISTRATION | {"email": "a@example.org\r\nBcc: b@example.org"}),
    ("POST", "/registrations", REGISTRATION | {"email": "a@" + "x" * 250 + ".org"}),
    ("POST", "/registrations", REGISTRATION | {"display_name": "\x07"}),
    ("POST", "/registrations", REGISTRATION | {"password": ""}),
    ("POST", "/registrations", REGISTRATION | {"password": "x" * 257}),
    ("POST", "/registrations/verification", {"token": ""}),
    ("POST", "/registrations/verification", {"token": "x" * 201}),
]


async def test_what_makes_no_sense_is_refused(harness, admin, things):
    before = await state(harness, admin, things)
    taken = []
    administrator = admin.model_copy(update={"user_id": things["user_id"]})
    async with harness.client(administrator) as client:
        for method, path, body in NONSENSE:
            # The body as text: a lone surrogate can be written in JSON alone.
            content = None if body is None else json.dumps(body)
            headers = {"If-Match": "*", "Content-Type": "application/json"}
            answer = await client.request(method, API + path.format(**things), content=content, headers=headers)
            if (answer.status_code, answer.headers["content-type"]) != (422, "application/problem+json"):
                taken.append((method, path, body, answer.status_code))
    assert taken == []
    assert await state(harness, admin, things) == before


async def test_a_cursor_that_no_listing_gave_out_is_refused(harness, admin, things):
    some_id = str(uuid4())
    by_name = ["/organisations", "/organisations/{organisation_id}/members", "/groups/{group_id}/members"]
    cursors = [(path, keys) for path in by_name for keys in (("a\0", some_id), ("a",), (1, some_id), ("a", "b"))]
    cursors += [("/users", (moment, some_id)) for moment in ("2030-01-01", "9999-12-31T23:59:59-12:00", "x")]
    async with harness.client(admin) as client:
        for path, keys in cursors:
            answer = await client.get(API + path.format(**things), params={"cursor": encode_cursor(*keys)})
            assert (answer.status_code, answer.json()["code"]) == (422, "validation-failed"), (path, keys)
