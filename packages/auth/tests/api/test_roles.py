"""Roles and who holds them, over HTTP."""

import pytest

from lyceum.auth.domain.policies.permissions import MANAGE_CLIENTS, READ_AUDIT_LOG
from lyceum.kernel.ids import new_id

ROLE = {"name": "auditor", "title": "Auditor", "permissions": [READ_AUDIT_LOG]}


async def test_the_permissions_and_built_in_roles_are_listed(admin, permissions):
    listed = (await admin.client.get("/api/v1/permissions")).json()["items"]
    assert [each["name"] for each in listed] == sorted(permissions)
    roles = {each["name"]: each for each in (await admin.client.get("/api/v1/roles")).json()["items"]}
    assert set(roles) == {"learner", "instructor", "author", "administrator"}
    assert roles["administrator"]["permissions"] == sorted(permissions)
    assert roles["learner"]["permissions"] == []


async def test_roles_come_in_pages(admin):
    first = (await admin.client.get("/api/v1/roles?limit=3")).json()
    rest = (await admin.client.get(f"/api/v1/roles?limit=3&cursor={first['next_cursor']}")).json()
    assert [each["name"] for each in first["items"] + rest["items"]] == [
        "administrator",
        "author",
        "instructor",
        "learner",
    ]


async def test_a_custom_role_gives_what_is_in_it_until_it_is_changed_or_removed(admin, ada):
    made = await admin.send("POST", "/api/v1/roles", json=ROLE)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    given = await admin.send("POST", "/api/v1/role-assignments", json={"user_id": str(ada.id), "role": "auditor"})
    assert given.status_code == 201
    assert (await ada.client.get("/api/v1/audit-log")).status_code == 200
    changed = await admin.send(
        "PATCH", "/api/v1/roles/auditor", json={"permissions": [MANAGE_CLIENTS]}, headers={"If-Match": '"1"'}
    )
    assert (changed.status_code, changed.json()["title"]) == (200, "Auditor")
    assert (await ada.client.get("/api/v1/audit-log")).status_code == 403
    assert (await ada.client.get("/api/v1/clients")).status_code == 200
    assert (await admin.send("DELETE", "/api/v1/roles/auditor")).status_code == 204
    assert (await ada.client.get("/api/v1/clients")).status_code == 403
    assert (await ada.client.get("/api/v1/role-assignments")).json()["items"] == []


async def test_taking_a_role_away_shows_at_once(admin, ada):
    given = await admin.send("POST", "/api/v1/role-assignments", json={"user_id": str(ada.id), "role": "administrator"})
    assert (await ada.client.get("/api/v1/audit-log")).status_code == 200
    again = await admin.send("POST", "/api/v1/role-assignments", json={"user_id": str(ada.id), "role": "administrator"})
    assert again.json() == given.json()
    listed = (await admin.client.get(f"/api/v1/role-assignments?user_id={ada.id}")).json()["items"]
    assert listed == [given.json()]
    assert (await admin.send("DELETE", f"/api/v1/role-assignments/{given.json()['id']}")).status_code == 204
    assert (await ada.client.get("/api/v1/audit-log")).status_code == 403


async def test_the_last_administrator_stays(admin):
    [mine] = (await admin.client.get("/api/v1/role-assignments")).json()["items"]
    answer = await admin.send("DELETE", f"/api/v1/role-assignments/{mine['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.last-administrator")


@pytest.mark.parametrize(
    ("method", "url", "body", "status", "code"),
    [
        ("POST", "/roles", ROLE | {"name": "learner"}, 422, "auth.invalid-role"),
        ("POST", "/roles", ROLE | {"name": "Not A Name"}, 422, "auth.invalid-role"),
        ("POST", "/roles", ROLE | {"permissions": ["no.such.thing"]}, 422, "auth.invalid-role"),
        ("POST", "/roles", ROLE | {"title": "\0"}, 422, "validation-failed"),
        ("POST", "/roles", ROLE | {"more": 1}, 422, "validation-failed"),
        ("PATCH", "/roles/learner", {"title": "X"}, 409, "auth.built-in-role"),
        ("PATCH", "/roles/nobody", {"title": "X"}, 404, "auth.role-not-found"),
        ("PATCH", "/roles/%00", {"title": "X"}, 422, "validation-failed"),
        ("DELETE", "/roles/author", None, 409, "auth.built-in-role"),
        ("DELETE", "/roles/nobody", None, 404, "auth.role-not-found"),
        (
            "DELETE",
            "/role-assignments/00000000-0000-7000-8000-000000000000",
            None,
            404,
            "auth.role-assignment-not-found",
        ),
        ("POST", "/role-assignments", {"user_id": str(new_id()), "role": "author"}, 404, "identity.user-not-found"),
    ],
)
async def test_what_does_not_fit_is_refused(admin, method, url, body, status, code):
    headers = {"If-Match": "*"} if method == "PATCH" else {}
    answer = await admin.send(method, f"/api/v1{url}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"role": "nothing"}, 404, "auth.role-not-found"),
        ({"scope": "course"}, 422, "auth.role-scope-mismatch"),
        ({"scope_id": str(new_id())}, 422, "auth.role-scope-mismatch"),
        ({"scope": "galaxy"}, 422, "validation-failed"),
    ],
)
async def test_an_assignment_that_does_not_fit_is_refused(admin, ada, changes, status, code):
    body = {"user_id": str(ada.id), "role": "author"} | changes
    answer = await admin.send("POST", "/api/v1/role-assignments", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_role_name_is_taken_once(admin):
    await admin.send("POST", "/api/v1/roles", json=ROLE)
    answer = await admin.send("POST", "/api/v1/roles", json=ROLE)
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.role-name-taken")


async def test_changing_a_role_needs_its_version(admin):
    await admin.send("POST", "/api/v1/roles", json=ROLE)
    assert (await admin.send("PATCH", "/api/v1/roles/auditor", json={"title": "X"})).status_code == 428
    stale = await admin.send("PATCH", "/api/v1/roles/auditor", json={"title": "X"}, headers={"If-Match": '"7"'})
    assert stale.status_code == 412


async def test_a_learner_may_only_see_their_own_assignments(ada, admin):
    [theirs] = (await admin.client.get("/api/v1/role-assignments")).json()["items"]
    for method, url, body in (
        ("GET", "/permissions", None),
        ("GET", "/roles", None),
        ("POST", "/roles", ROLE),
        ("PATCH", "/roles/author", {"title": "X"}),
        ("DELETE", "/roles/author", None),
        ("GET", f"/role-assignments?user_id={admin.id}", None),
        ("POST", "/role-assignments", {"user_id": str(ada.id), "role": "administrator"}),
        ("GET", "/audit-log", None),
        ("GET", "/audit-log/verification", None),
        ("GET", "/clients", None),
        ("POST", "/clients", {"name": "A", "redirect_uris": ["https://a.example/"]}),
        ("DELETE", "/clients/lyceum-web", None),
    ):
        answer = await ada.send(method, f"/api/v1{url}", json=body, headers={"If-Match": "*"})
        assert answer.status_code == 403, (method, url)
    assert (await ada.client.get("/api/v1/role-assignments")).json()["items"] == []
    assert (await ada.send("DELETE", f"/api/v1/role-assignments/{theirs['id']}")).status_code == 404


async def test_nobody_gives_away_more_than_they_have(admin, ada):
    await admin.send(
        "POST", "/api/v1/roles", json={"name": "giver", "title": "Giver", "permissions": ["auth.role.assign"]}
    )
    await admin.send("POST", "/api/v1/role-assignments", json={"user_id": str(ada.id), "role": "giver"})
    answer = await ada.send("POST", "/api/v1/role-assignments", json={"user_id": str(ada.id), "role": "administrator"})
    assert (answer.status_code, answer.json()["code"]) == (403, "auth.cannot-grant")
    assert (
        await ada.send("POST", "/api/v1/role-assignments", json={"user_id": str(ada.id), "role": "author"})
    ).status_code == 201
