"""What needs a recent proof of who it is, and giving one."""

from datetime import timedelta

import pytest

from lyceum.kernel.ids import new_id

ROLE = {"name": "auditor", "title": "Auditor", "permissions": []}
LATER = timedelta(minutes=15)


def define(person):
    return person.send("POST", "/api/v1/roles", json=ROLE)


def step_up(person, typed="correct horse battery"):
    return person.send("POST", "/api/v1/session/step-up", json={"password": typed})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/v1/roles"),
        ("PATCH", "/api/v1/roles/auditor"),
        ("DELETE", "/api/v1/roles/auditor"),
        ("POST", "/api/v1/role-assignments"),
        ("DELETE", "/api/v1/role-assignments/01920000-0000-7000-8000-000000000000"),
        ("POST", "/api/v1/clients"),
        ("DELETE", "/api/v1/clients/reader"),
    ],
)
async def test_after_a_while_a_sign_in_is_not_enough_for_this(admin, clock, method, path):
    clock.advance(LATER)
    answer = await admin.send(method, path, json={})
    document = answer.json()
    assert (answer.status_code, document["code"], document["max_age"]) == (401, "step-up-required", 900)
    assert 'error="insufficient_user_authentication"' in answer.headers["www-authenticate"]
    assert 'max_age="900"' in answer.headers["www-authenticate"]


async def test_a_sign_in_is_enough_until_the_last_second(admin, clock):
    clock.advance(LATER - timedelta(seconds=1))
    assert (await define(admin)).status_code == 201


async def test_the_password_opens_it_again_for_as_long(admin, clock):
    clock.advance(LATER)
    assert (await define(admin)).status_code == 401
    proved = await step_up(admin)
    assert proved.status_code == 200
    admin.csrf = {"X-CSRF-Token": proved.json()["csrf_token"]}
    assert (await define(admin)).status_code == 201
    clock.advance(LATER)
    assert (await admin.send("DELETE", "/api/v1/roles/auditor")).json()["code"] == "step-up-required"


async def test_the_session_gets_another_token_and_the_old_one_is_worth_nothing(admin, browser):
    old = admin.client.cookies["lyceum_session"]
    proved = await step_up(admin)
    assert proved.headers["cache-control"] == "no-store"
    assert admin.client.cookies["lyceum_session"] != old
    thief = browser()
    thief.cookies.set("lyceum_session", old)
    assert (await thief.get("/api/v1/session")).status_code == 401
    assert (await admin.client.get("/api/v1/session")).json()["id"] == proved.json()["id"]
    [entry, *_] = (await admin.client.get("/api/v1/audit-log")).json()["items"]
    assert (entry["actor"], entry["action"]) == (str(admin.id), "auth.session.stepped-up")


async def test_what_needs_no_recent_proof_goes_on(admin, clock):
    clock.advance(LATER)
    assert (await admin.client.get("/api/v1/roles")).status_code == 200
    assert (await admin.client.get("/api/v1/audit-log")).status_code == 200


async def test_a_wrong_password_proves_nothing_and_counts_as_a_failed_sign_in(admin, clock):
    clock.advance(LATER)
    for _ in range(5):
        refused = await step_up(admin, "wrong horse battery")
        assert (refused.status_code, refused.json()["code"]) == (403, "auth.wrong-password")
        assert "set-cookie" not in refused.headers
    locked = await step_up(admin)
    assert (locked.status_code, locked.json()["code"]) == (429, "auth.sign-in-locked")
    assert (await define(admin)).json()["code"] == "step-up-required"
    refusals = [
        entry
        for entry in (await admin.client.get("/api/v1/audit-log")).json()["items"]
        if entry["action"] == "auth.sign-in.refused"
    ]
    assert len(refusals) == 5


async def test_a_stranger_has_nothing_to_step_up_from(browser):
    answer = await browser().post("/api/v1/session/step-up", json={"password": "correct horse battery"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")


async def test_a_token_is_as_recent_as_its_auth_time_says(admin, party, clock, browser):
    clock.advance(timedelta(minutes=10))
    tokens = await party.tokens(admin.client)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    api = browser("198.51.100.7")
    assert (await api.post("/api/v1/roles", json=ROLE, headers=bearer)).status_code == 201
    clock.advance(timedelta(minutes=5) - timedelta(seconds=1))
    still = await api.patch("/api/v1/roles/auditor", json={"title": "A"}, headers=bearer | {"If-Match": "*"})
    assert still.status_code == 200
    clock.advance(timedelta(seconds=1))
    late = await party.tokens(admin.client)
    refused = await api.delete("/api/v1/roles/auditor", headers={"Authorization": f"Bearer {late['access_token']}"})
    assert (refused.status_code, refused.json()["code"]) == (401, "step-up-required")


async def test_a_token_does_not_step_up(admin, party, browser):
    tokens = await party.tokens(admin.client)
    answer = await browser().post(
        "/api/v1/session/step-up",
        json={"password": "correct horse battery"},
        headers={"Authorization": f"Bearer {tokens['access_token']}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")


async def test_after_stepping_up_a_client_that_asks_for_a_maximal_age_gets_its_code(admin, party, clock):
    clock.advance(LATER)
    assert "/sign-in" in await party.authorize(admin.client, max_age="60")
    proved = await step_up(admin)
    admin.csrf = {"X-CSRF-Token": proved.json()["csrf_token"]}
    assert "code=" in await party.authorize(admin.client, max_age="60")


async def test_everybody_learns_what_they_may_do_and_where(admin, ada, permissions, browser):
    course = str(new_id())
    given = {"user_id": str(ada.id), "role": "administrator", "scope": "course", "scope_id": course}
    assert (await admin.send("POST", "/api/v1/role-assignments", json=given)).status_code == 201
    everything = sorted(permissions)
    held = (await admin.client.get("/api/v1/session/permissions")).json()
    assert held == {"grants": [{"scope": "platform", "scope_id": None, "permissions": everything}]}
    held = (await ada.client.get("/api/v1/session/permissions")).json()
    assert held == {"grants": [{"scope": "course", "scope_id": course, "permissions": everything}]}
    assert (await browser().get("/api/v1/session/permissions")).status_code == 401


async def test_what_a_token_may_do_is_told_too(admin, party, browser):
    tokens = await party.tokens(admin.client)
    answer = await browser().get(
        "/api/v1/session/permissions", headers={"Authorization": f"Bearer {tokens['access_token']}"}
    )
    assert answer.json()["grants"][0]["scope"] == "platform"
