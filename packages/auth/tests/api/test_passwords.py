"""Changing and resetting a password, over HTTP."""

import re
from datetime import timedelta

import pytest

NEW = "another long password"


async def mailed_token(harness, email):
    """Do what the worker does with the jobs that were enqueued; the token in the last mail."""
    async with harness.module.database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT args ->> 'email' FROM auth.procrastinate_jobs ORDER BY id")
        addresses = rows.scalars().all()
    for address in addresses:
        await harness.container.passwords().send_reset(email=address)
    mails = harness.mailer.to(email)
    return re.search(r"token=([\w-]+)", mails[-1].get_content()).group(1) if mails else None


async def test_a_new_password_ends_the_other_sessions(ada, browser):
    phone = browser("198.51.100.3")
    await phone.post("/api/v1/session", json={"email": "ada@example.org", "password": "correct horse battery"})
    body = {"current": "correct horse battery", "new": NEW}
    assert (await ada.send("PUT", "/api/v1/password", json=body)).status_code == 204
    assert (await phone.get("/api/v1/session")).status_code == 401
    assert (await ada.client.get("/api/v1/session")).status_code == 200
    assert (await ada.sign_in()).status_code == 401
    assert (await ada.sign_in(NEW)).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"current": "wrong horse battery", "new": NEW}, 403, "auth.wrong-password"),
        ({"current": "correct horse battery", "new": "short"}, 422, "auth.weak-password"),
        ({"current": "correct horse battery"}, 422, "validation-failed"),
    ],
)
async def test_a_change_is_refused(ada, body, status, code):
    answer = await ada.send("PUT", "/api/v1/password", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_somebody_not_signed_in_changes_no_password(browser):
    answer = await browser().put("/api/v1/password", json={"current": "x", "new": NEW})
    assert answer.status_code == 401


async def test_the_present_password_cannot_be_guessed_from_a_stolen_session(ada):
    for _ in range(5):
        await ada.send("PUT", "/api/v1/password", json={"current": "a wild guess", "new": NEW})
    answer = await ada.send("PUT", "/api/v1/password", json={"current": "correct horse battery", "new": NEW})
    assert answer.status_code == 429


async def test_a_mailed_link_sets_a_new_password_once_and_ends_all_sessions(ada, harness, browser):
    client = browser()
    asked = await client.post("/api/v1/password-resets", json={"email": "Ada@Example.org"})
    assert asked.status_code == 202
    body = {"token": await mailed_token(harness, "ada@example.org"), "password": NEW}
    assert (await client.post("/api/v1/password-resets/completion", json=body)).status_code == 204
    assert (await ada.client.get("/api/v1/session")).status_code == 401
    again = await client.post("/api/v1/password-resets/completion", json=body)
    assert (again.status_code, again.json()["code"]) == (404, "auth.reset-link-invalid")
    ada.client.cookies.clear()
    assert (await ada.sign_in(NEW)).status_code == 200


async def test_an_unknown_address_gets_the_same_answer_and_no_mail(make_person, harness, browser):
    await make_person()
    known = await browser().post("/api/v1/password-resets", json={"email": "ada@example.org"})
    unknown = await browser().post("/api/v1/password-resets", json={"email": "nobody@example.org"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert await mailed_token(harness, "nobody@example.org") is None


async def test_a_link_ends_after_an_hour(make_person, harness, browser, clock):
    await make_person()
    await browser().post("/api/v1/password-resets", json={"email": "ada@example.org"})
    token = await mailed_token(harness, "ada@example.org")
    clock.advance(timedelta(hours=1))
    answer = await browser().post("/api/v1/password-resets/completion", json={"token": token, "password": NEW})
    assert answer.status_code == 404


async def test_a_weak_password_leaves_the_link_good(make_person, harness, browser):
    await make_person()
    await browser().post("/api/v1/password-resets", json={"email": "ada@example.org"})
    token = await mailed_token(harness, "ada@example.org")
    weak = await browser().post("/api/v1/password-resets/completion", json={"token": token, "password": "short"})
    assert (weak.status_code, weak.json()["code"]) == (422, "auth.weak-password")
    good = await browser().post("/api/v1/password-resets/completion", json={"token": token, "password": NEW})
    assert good.status_code == 204


@pytest.mark.parametrize("token", ["nonsense", "A" * 54, "é", "A" * 53 + "="])
async def test_a_forged_link_is_refused(make_person, browser, token):
    await make_person()
    answer = await browser().post("/api/v1/password-resets/completion", json={"token": token, "password": NEW})
    assert (answer.status_code, answer.json()["code"]) == (404, "auth.reset-link-invalid")


async def test_at_most_five_mails_a_day_go_to_one_address(make_person, harness, browser):
    await make_person()
    for _ in range(7):
        await browser().post("/api/v1/password-resets", json={"email": "ada@example.org"})
    await mailed_token(harness, "ada@example.org")
    assert len(harness.mailer.to("ada@example.org")) == 5
