"""Signing in with an account elsewhere, over HTTP; the provider's half is played by a double."""

from urllib.parse import urlencode

import pytest
from dependency_injector import providers

from lyceum.auth.domain.values.external import ExternalClaims, ExternalProvider
from lyceum.kernel.ids import new_id

ISSUER = "https://idp.example"
START = "/api/v1/external-sign-in/idp"


class Double:
    """Says of everybody who comes back what the test wants."""

    def __init__(self):
        self.claims = ExternalClaims(issuer=ISSUER, subject="s1", email="ada@example.org", email_verified=True)
        self.state = None

    async def authorization_url(self, *, redirect_uri, state, nonce, code_verifier):
        self.state = state
        return f"{ISSUER}/authorize?{urlencode({'redirect_uri': redirect_uri, 'state': state})}"

    async def redeem(self, callback, *, redirect_uri, nonce, code_verifier):
        return self.claims


@pytest.fixture
def idp(harness):
    double = Double()
    known = ExternalProvider(name="idp", issuer=ISSUER, client_id="us", trusts_email=True, makes_accounts=True)
    harness.container.external_providers.override(providers.Object({"idp": (known, double)}))
    return double


async def come_back(client, idp, **changes):
    parameters = {"code": "c", "state": idp.state} | changes
    return await client.get(f"{START}/callback", params=parameters)


async def test_the_providers_are_listed(idp, browser):
    answer = await browser().get("/api/v1/external-providers")
    assert answer.json() == {"items": [{"name": "idp"}], "next_cursor": None}


async def test_somebody_new_gets_an_account_and_a_session(idp, browser, users):
    client = browser()
    started = await client.get(START, params={"return_to": "/courses?page=2"})
    assert started.headers["location"].startswith(f"{ISSUER}/authorize?")
    back = await come_back(client, idp)
    assert (back.status_code, back.headers["location"]) == (303, "/courses?page=2")
    session = (await client.get("/api/v1/session")).json()
    assert session["user"]["email"] == "ada@example.org"
    [user] = users.users.values()
    assert session["user"]["id"] == str(user.id)


async def test_the_same_account_signs_in_again(idp, browser, users):
    for _ in range(2):
        client = browser()
        await client.get(START)
        await come_back(client, idp)
        assert (await client.get("/api/v1/session")).status_code == 200
    assert len(users.users) == 1


@pytest.mark.parametrize("return_to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
async def test_nobody_is_sent_elsewhere_afterwards(idp, browser, return_to):
    client = browser()
    await client.get(START, params={"return_to": return_to})
    assert (await come_back(client, idp)).headers["location"] == "/"


async def test_a_return_in_another_browser_signs_nobody_in(idp, browser):
    await browser().get(START)
    other = browser()
    answer = await come_back(other, idp)
    assert answer.headers["location"] == "/sign-in?error=auth.external-sign-in-failed"
    assert (await other.get("/api/v1/session")).status_code == 401


async def test_a_return_works_once(idp, browser):
    client = browser()
    await client.get(START)
    await come_back(client, idp)
    assert "error=" in (await come_back(client, idp)).headers["location"]


@pytest.mark.parametrize("changes", [{"state": "unknown"}, {"error": "access_denied"}, {"code": ""}])
async def test_a_broken_return_is_refused(idp, browser, changes):
    client = browser()
    await client.get(START)
    location = (await come_back(client, idp, **changes)).headers["location"]
    assert location == "/sign-in?error=auth.external-sign-in-failed"


async def test_an_unknown_provider_is_not_there(browser):
    assert (await browser().get(START)).json()["code"] == "auth.provider-not-found"
    answer = await browser().get(f"{START}/callback")
    assert answer.headers["location"] == "/sign-in?error=auth.provider-not-found"


async def test_an_account_is_linked_listed_and_unlinked_while_signed_in(idp, ada):
    idp.claims = ExternalClaims(issuer=ISSUER, subject="s2")
    await ada.client.get(START, params={"link": True})
    assert (await come_back(ada.client, idp)).headers["location"] == "/"
    [identity] = (await ada.client.get("/api/v1/external-identities")).json()["items"]
    assert (identity["issuer"], identity["subject"]) == (ISSUER, "s2")
    url = f"/api/v1/external-identities/{identity['id']}"
    assert (await ada.send("DELETE", url)).status_code == 204
    assert (await ada.send("DELETE", url)).json()["code"] == "auth.external-identity-not-found"


async def test_the_last_way_to_sign_in_stays(idp, browser):
    client = browser()
    await client.get(START)
    await come_back(client, idp)
    csrf = (await client.get("/api/v1/session")).json()["csrf_token"]
    [identity] = (await client.get("/api/v1/external-identities")).json()["items"]
    answer = await client.delete(f"/api/v1/external-identities/{identity['id']}", headers={"X-CSRF-Token": csrf})
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.last-way-to-sign-in")


async def test_another_persons_external_account_cannot_be_linked(idp, ada, make_person):
    await ada.client.get(START, params={"link": True})
    await come_back(ada.client, idp)
    bob = await make_person("bob")
    await bob.sign_in()
    await bob.client.get(START, params={"link": True})
    location = (await come_back(bob.client, idp)).headers["location"]
    assert location == "/sign-in?error=auth.external-account-in-use"


async def test_a_deactivated_person_does_not_come_in_this_way(idp, browser, users, make_person):
    ada = await make_person()
    users.deactivate(ada.id)
    client = browser()
    await client.get(START)
    assert "error=" in (await come_back(client, idp)).headers["location"]


async def test_linking_needs_a_session(idp, browser):
    assert (await browser().get(START, params={"link": True})).status_code == 401
    assert (await browser().get("/api/v1/external-identities")).status_code == 401
    assert (await browser().delete(f"/api/v1/external-identities/{new_id()}")).status_code == 401
