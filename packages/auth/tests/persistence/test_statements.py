"""How many SQL statements finding out who asks costs."""

from contextlib import suppress
from datetime import timedelta

import pytest

from lyceum.auth.domain.errors import SignInFailed
from lyceum.auth.services.signing_in import Browser
from lyceum.testing.statements import counted_statements

PASSWORD = "correct horse battery"


async def test_a_session_costs_two_statements_and_a_third_once_a_minute(ada, harness, clock):
    token = ada.client.cookies["lyceum_session"]
    authentication = harness.container.authenticating()
    counts = []
    for wait in (0, 30, 30, 30):
        clock.advance(timedelta(seconds=wait))
        with counted_statements(harness.module.database.engine) as statements:
            assert await authentication.authenticate(session=token, bearer=None) is not None
        counts.append(len(statements))
    assert counts == [2, 2, 3, 2]


async def test_an_access_token_costs_two_statements(ada, harness):
    location = await ada.client.get(
        "/oauth/authorize",
        params={
            "response_type": "code",
            "client_id": "lyceum-web",
            "redirect_uri": "http://127.0.0.1:8000/auth/callback",
            "scope": "lyceum.api",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",  # RFC 7636 appendix B
            "code_challenge_method": "S256",
        },
    )
    tokens = await ada.client.post(
        "/oauth/token",
        data={
            "grant_type": "authorization_code",
            "code": location.headers["location"].partition("code=")[2].partition("&")[0],
            "redirect_uri": "http://127.0.0.1:8000/auth/callback",
            "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "client_id": "lyceum-web",
        },
    )
    with counted_statements(harness.module.database.engine) as statements:
        found = await harness.container.authenticating().authenticate(
            session=None, bearer=tokens.json()["access_token"]
        )
    assert found.principal.user_id == ada.id
    assert len(statements) == 2


async def test_a_made_up_session_costs_one_statement_and_an_absurd_one_none(harness):
    for token, most in (("x" * 43, 1), ("x" * 10_000, 0)):
        with counted_statements(harness.module.database.engine) as statements:
            assert await harness.container.authenticating().authenticate(session=token, bearer=None) is None
        assert len(statements) == most


@pytest.fixture
def statements_of_a_sign_in(harness):
    """Counts the statements of one sign-in, refused or not."""

    async def count(email, password=PASSWORD, address="192.0.2.7"):
        browser = Browser(address=address, user_agent="Firefox", device=None)
        with counted_statements(harness.module.database.engine) as statements, suppress(SignInFailed):
            await harness.container.signing_in().sign_in(email=email, password=password, browser=browser)
        return len(statements)

    return count


async def test_signing_in_costs_seventeen_statements_and_two_fewer_from_a_familiar_place(
    make_person, statements_of_a_sign_in
):
    """Lock-out counts two keys of a stranger, the origin and all strangers, and one of who was here before."""
    await make_person("bob")
    await statements_of_a_sign_in("bob@example.org")  # the first entry of all makes the head of the log as well
    await make_person("ada")
    assert [await statements_of_a_sign_in("ada@example.org") for _ in range(3)] == [17, 15, 15]


async def test_a_refused_sign_in_costs_the_same_whether_or_not_there_is_an_account(
    make_person, statements_of_a_sign_in
):
    await make_person("ada")
    await statements_of_a_sign_in("ada@example.org")
    emails = ("ada@example.org", "nobody@example.org")
    refused = [await statements_of_a_sign_in(email, "wrong", "203.0.113.7") for email in emails]
    assert refused == [9, 9]
