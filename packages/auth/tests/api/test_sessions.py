"""Signing in with a password, and what a session is good for."""

from datetime import timedelta

import pytest

from lyceum.kernel.events import EventEnvelope
from lyceum.kernel.ids import new_id


async def test_who_knows_the_password_gets_a_session(make_person):
    ada = await make_person()
    answer = await ada.sign_in()
    assert answer.status_code == 200
    document = answer.json()
    assert document["user"] == {
        "id": str(ada.id),
        "display_name": "Ada",
        "email": "ada@example.org",
        "time_zone": "UTC",
    }
    assert document["expires_at"] == "2030-02-14T12:00:00Z"
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("lyceum_session="))
    assert {"HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    again = await ada.client.get("/api/v1/session")
    assert again.json() == document


@pytest.mark.parametrize(
    ("email", "password"), [("ada@example.org", "wrong horse battery"), ("nobody@example.org", "whatever it is")]
)
async def test_an_unknown_account_and_a_wrong_password_are_refused_alike(make_person, email, password):
    ada = await make_person()
    answer = await ada.client.post("/api/v1/session", json={"email": email, "password": password})
    assert answer.status_code == 401
    assert answer.json()["code"] == "auth.sign-in-failed"
    assert "set-cookie" not in answer.headers


async def test_a_deactivated_account_is_refused_like_a_wrong_password(make_person, users):
    ada = await make_person()
    users.deactivate(ada.id)
    answer = await ada.sign_in()
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.sign-in-failed")


async def test_unknown_fields_are_refused(make_person):
    ada = await make_person()
    body = {"email": "ada@example.org", "password": "x", "remember": True}
    assert (await ada.client.post("/api/v1/session", json=body)).status_code == 422


async def test_after_five_failures_even_the_right_password_has_to_wait(make_person, clock):
    ada = await make_person()
    for _ in range(5):
        assert (await ada.sign_in("wrong horse battery")).status_code == 401
    locked = await ada.sign_in()
    assert (locked.status_code, locked.json()["code"]) == (429, "auth.sign-in-locked")
    assert locked.headers["retry-after"] == "30"
    clock.advance(timedelta(seconds=30))
    assert (await ada.sign_in()).status_code == 200


async def test_a_stranger_cannot_lock_a_person_out_of_a_familiar_device(ada, browser):
    stranger = browser("203.0.113.9")
    for _ in range(7):
        await stranger.post("/api/v1/session", json={"email": "ada@example.org", "password": "guess guess"})
    assert (await ada.sign_in()).status_code == 200


async def test_a_write_without_the_csrf_token_is_refused(ada):
    answer = await ada.client.delete("/api/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-token-missing")
    assert (await ada.client.get("/api/v1/session")).status_code == 200


async def test_signing_out_ends_the_session_at_once(ada):
    token = ada.client.cookies["lyceum_session"]
    assert (await ada.send("DELETE", "/api/v1/session")).status_code == 204
    assert "lyceum_session" not in ada.client.cookies
    ada.client.cookies.set("lyceum_session", token)
    answer = await ada.client.get("/api/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-authenticated")


async def test_somebody_not_signed_in_has_no_session(browser):
    client = browser()
    for method, url in (
        ("GET", "/api/v1/session"),
        ("DELETE", "/api/v1/session"),
        ("GET", "/api/v1/sessions"),
        ("DELETE", f"/api/v1/sessions/{new_id()}"),
    ):
        assert (await client.request(method, url)).status_code == 401


async def test_a_person_sees_and_revokes_their_sessions(ada, browser):
    laptop, phone = ada.client, browser("198.51.100.3")
    signed_in = await phone.post(
        "/api/v1/session", json={"email": "ada@example.org", "password": "correct horse battery"}
    )
    assert signed_in.status_code == 200
    listed = (await laptop.get("/api/v1/sessions")).json()["items"]
    assert [each["current"] for each in listed] == [False, True]
    assert listed[0]["network"] == "198.51.100.0/24"
    assert (await ada.send("DELETE", f"/api/v1/sessions/{listed[0]['id']}")).status_code == 204
    assert (await phone.get("/api/v1/session")).status_code == 401
    assert (await laptop.get("/api/v1/session")).status_code == 200


async def test_the_sessions_come_in_pages(ada, browser):
    for _ in range(2):
        await browser().post("/api/v1/session", json={"email": "ada@example.org", "password": "correct horse battery"})
    first = (await ada.client.get("/api/v1/sessions?limit=2")).json()
    rest = (await ada.client.get(f"/api/v1/sessions?limit=2&cursor={first['next_cursor']}")).json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)


async def test_another_persons_session_is_not_there(ada, make_person):
    bob = await make_person("bob")
    theirs = (await bob.sign_in()).json()["id"]
    answer = await ada.send("DELETE", f"/api/v1/sessions/{theirs}")
    assert (answer.status_code, answer.json()["code"]) == (404, "auth.session-not-found")
    assert (await bob.client.get("/api/v1/session")).status_code == 200


async def test_a_session_ends_after_a_week_without_use(ada, edge, clock):
    clock.advance(timedelta(days=7))
    edge.credentials.forget_all()
    assert (await ada.client.get("/api/v1/session")).status_code == 401


async def test_use_keeps_a_session_alive_for_thirty_days_at_most(ada, edge, clock):
    for _ in range(5):
        clock.advance(timedelta(days=5, hours=23))
        edge.credentials.forget_all()
        assert (await ada.client.get("/api/v1/session")).status_code == 200
    clock.advance(timedelta(days=1))
    edge.credentials.forget_all()
    assert (await ada.client.get("/api/v1/session")).status_code == 401


async def test_deactivation_ends_every_session(ada, edge, harness, clock):
    envelope = EventEnvelope(
        id=new_id(),
        source="identity",
        type="lyceum.identity.user.deactivated.v1",
        subject=str(ada.id),
        time=clock.now(),
        data={"user_id": str(ada.id), "something_new": 1},
    )
    await harness.module.consumer.receive([envelope])
    edge.credentials.forget_all()
    assert (await ada.client.get("/api/v1/session")).status_code == 401
