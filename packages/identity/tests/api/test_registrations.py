import re
from datetime import timedelta


def token_in(message) -> str:
    return re.search(r"token=([\w-]+)", message.get_content()).group(1)


REQUEST = {"email": "ada@example.org", "password": "correct horse battery", "display_name": "Ada Lovelace"}


async def send_mails(harness):
    """Do what the worker does with the jobs that were enqueued."""
    async with harness.module.database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT args ->> 'registration_id' FROM identity.procrastinate_jobs")
        ids = rows.scalars().all()
    for registration_id in ids:
        await harness.container.registering().send_mail(registration_id=registration_id)


async def test_a_stranger_becomes_a_user_through_the_mail(harness, credentials):
    async with harness.client() as client:
        answer = await client.post("/api/v1/registrations", json=REQUEST)
        assert answer.status_code == 202
        await send_mails(harness)
        [mail] = harness.mailer.to("ada@example.org")
        verified = await client.post("/api/v1/registrations/verification", json={"token": token_in(mail)})
        assert verified.status_code == 200
    assert list(map(str, credentials.passwords)) == [verified.json()["user_id"]]


async def test_a_link_works_once(harness):
    async with harness.client() as client:
        await client.post("/api/v1/registrations", json=REQUEST)
        await send_mails(harness)
        token = token_in(harness.mailer.sent[0])
        await client.post("/api/v1/registrations/verification", json={"token": token})
        again = await client.post("/api/v1/registrations/verification", json={"token": token})
    assert again.status_code == 409
    assert again.json()["code"] == "identity.email-taken"


async def test_a_forged_link_is_refused(harness):
    async with harness.client() as client:
        await client.post("/api/v1/registrations", json=REQUEST)
        for token in ("nonsense", "A" * 43, "é", ""):
            answer = await client.post("/api/v1/registrations/verification", json={"token": token})
            assert answer.status_code in (404, 422)
            assert answer.headers["content-type"] == "application/problem+json"


async def test_a_link_does_not_work_after_two_days(harness, clock):
    async with harness.client() as client:
        await client.post("/api/v1/registrations", json=REQUEST)
        await send_mails(harness)
        clock.advance(timedelta(days=2))
        answer = await client.post(
            "/api/v1/registrations/verification", json={"token": token_in(harness.mailer.sent[0])}
        )
    assert answer.status_code == 404


async def test_an_address_that_has_an_account_gets_the_same_answer_and_another_mail(harness):
    async with harness.client() as client:
        first = await client.post("/api/v1/registrations", json=REQUEST)
        await send_mails(harness)
        await client.post("/api/v1/registrations/verification", json={"token": token_in(harness.mailer.sent[0])})
        second = await client.post("/api/v1/registrations", json=REQUEST | {"email": "ADA@example.org"})
        await send_mails(harness)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert "already" in harness.mailer.to("ADA@example.org")[-1]["Subject"]


async def test_a_strangers_earlier_attempt_does_not_open_the_account(harness, credentials):
    """Whoever follows the link gets the account with the password of that same request."""
    async with harness.client() as client:
        await client.post("/api/v1/registrations", json=REQUEST | {"password": "the stranger's password"})
        await client.post("/api/v1/registrations", json=REQUEST | {"password": "Ada's own password"})
        await send_mails(harness)
        mails = harness.mailer.to("ada@example.org")
        user_id = (await client.post("/api/v1/registrations/verification", json={"token": token_in(mails[-1])})).json()[
            "user_id"
        ]
    passwords = {str(known): password for known, password in credentials.passwords.items()}
    assert passwords[user_id] == "Ada's own password"


async def test_a_sixth_request_within_an_hour_sends_no_further_mail(harness):
    async with harness.client() as client:
        for _ in range(6):
            assert (await client.post("/api/v1/registrations", json=REQUEST)).status_code == 202
    await send_mails(harness)
    assert len(harness.mailer.sent) == 5


async def test_bad_input_is_named_field_by_field(harness):
    async with harness.client() as client:
        for field, value in (
            ("email", "nobody"),
            ("time_zone", "Mars/Olympus"),
            ("locale", "xx-nonsense"),
            ("display_name", " "),
            ("password", "short"),
        ):
            answer = await client.post("/api/v1/registrations", json=REQUEST | {field: value})
            assert answer.status_code == 422, field
            assert answer.json()["errors"][0]["pointer"] == f"/{field}"
        unknown = await client.post("/api/v1/registrations", json=REQUEST | {"is_admin": True})
        assert unknown.status_code == 422


async def test_expired_registrations_go_with_their_passwords(harness, clock, credentials):
    async with harness.client() as client:
        await client.post("/api/v1/registrations", json=REQUEST)
    clock.advance(timedelta(days=3))
    await harness.container.registering().forget_expired()
    assert credentials.passwords == {}
