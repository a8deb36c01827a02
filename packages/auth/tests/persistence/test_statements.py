"""How many SQL statements finding out who asks costs."""

from datetime import timedelta

from lyceum.testing.statements import counted_statements


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
