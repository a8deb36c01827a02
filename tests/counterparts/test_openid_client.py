"""We are the OpenID Provider, and `openid-client` from npm is the application that people sign in to."""

from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

HOME = "http://127.0.0.1:9/callback"  # nobody listens there: the browser's last redirect is read, not followed
BYE = "http://127.0.0.1:9/bye"


@pytest.fixture
async def ada(new_browser):
    return await new_browser("ada")


@pytest.fixture(params=["public", "confidential"])
async def application(request, new_browser, relying_party, address):
    """An application that an administrator registered, with openid-client ready to act for it."""
    admin = await new_browser("grace", "administrator")
    answer = await admin.http.post(
        "/api/v1/clients",
        json={
            "name": "Reader",
            "redirect_uris": [HOME],
            "post_logout_redirect_uris": [BYE],
            "auth_method": "none" if request.param == "public" else "client_secret_basic",
            "scopes": ["openid", "profile", "email", "offline_access"],
            "refresh_tokens": True,
        },
        headers=admin.csrf,
    )
    assert answer.status_code == 201, answer.text
    registered = answer.json()
    metadata = await relying_party.ask(
        "discover",
        issuer=address,
        client_id=registered["client_id"],
        client_secret=registered["client_secret"],
    )
    assert metadata["issuer"] == address
    return relying_party


async def through_the_browser(person, application, scope="openid profile email"):
    """Where the application sends the browser, and with what the browser comes back; consents when asked to."""
    url = (await application.ask("start", redirect_uri=HOME, scope=scope))["url"]
    answer = await person.http.get(url)
    if "/consent?" in answer.headers["location"]:
        question = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["request"]
        decision = {"request": question, "allow": True}
        answer = await person.http.post("/api/v1/consent", json=decision, headers=person.csrf)
        answer = await person.http.get(answer.json()["location"])
    assert answer.headers["location"].startswith(f"{HOME}?"), answer.headers["location"]
    return answer.headers["location"]


async def signed_in(person, application, scope="openid profile email"):
    tokens = await application.ask("finish", url=await through_the_browser(person, application, scope))
    assert "failed" not in tokens, tokens
    return tokens


async def test_it_finds_all_that_it_needs_by_discovery(relying_party, platform, address):
    metadata = await relying_party.ask("discover", issuer=address, client_id="lyceum-web")
    assert metadata["supports_pkce"] is True
    assert metadata["authorization_response_iss_parameter_supported"] is True
    assert metadata["end_session_endpoint"].startswith(address)


async def test_it_completes_code_and_pkce_and_reads_userinfo(ada, application):
    tokens = await signed_in(ada, application)
    assert tokens["claims"]["sub"] == str(ada.user_id)
    about = await application.ask("userinfo", access_token=tokens["access_token"], subject=tokens["claims"]["sub"])
    assert (about["email"], about["email_verified"], about["name"]) == ("ada@example.org", True, "Ada")


async def test_it_takes_userinfo_about_somebody_else_for_an_error(ada, application):
    tokens = await signed_in(ada, application)
    answer = await application.ask("userinfo", access_token=tokens["access_token"], subject="somebody else")
    assert "sub" in answer["failed"]["cause"]


async def test_it_refreshes_and_an_old_token_ends_the_whole_family(ada, application):
    first = await signed_in(ada, application, "openid offline_access")
    second = await application.ask("refresh", refresh_token=first["refresh_token"])
    third = await application.ask("refresh", refresh_token=second["refresh_token"])
    assert len({each["refresh_token"] for each in (first, second, third)}) == 3
    assert third["claims"]["sub"] == str(ada.user_id)
    replayed = await application.ask("refresh", refresh_token=first["refresh_token"])
    assert (replayed["failed"]["status"], replayed["failed"]["error"]) == (400, "invalid_grant")
    newest = await application.ask("refresh", refresh_token=third["refresh_token"])
    assert newest["failed"]["error"] == "invalid_grant"


async def test_it_gets_nothing_for_a_code_used_twice_and_loses_what_the_code_gave(ada, application):
    url = await through_the_browser(ada, application, "openid offline_access")
    tokens = await application.ask("finish", url=url)
    assert (await application.ask("finish", url=url))["failed"]["error"] == "invalid_grant"
    assert (await application.ask("refresh", refresh_token=tokens["refresh_token"]))["failed"][
        "error"
    ] == "invalid_grant"


async def test_it_gets_nothing_without_the_verifier_of_its_own_request(ada, application):
    url = await through_the_browser(ada, application)
    assert (await application.ask("finish", url=url, verifier="v" * 43))["failed"]["error"] == "invalid_grant"


@pytest.mark.parametrize("application", ["public"], indirect=True)
@pytest.mark.parametrize(("what", "says"), [("state", "state"), ("nonce", "nonce")])
async def test_it_finds_our_answer_to_a_request_that_it_did_not_make(ada, application, what, says):
    url = await through_the_browser(ada, application)
    failed = (await application.ask("finish", url=url, **{what: "another"}))["failed"]
    assert says in failed["cause"]


@pytest.mark.parametrize("application", ["public"], indirect=True)
async def test_it_finds_an_answer_in_our_place_by_its_issuer(ada, application, address):
    url = httpx.URL(await through_the_browser(ada, application))
    failed = (await application.ask("finish", url=str(url.copy_set_param("iss", "http://127.0.0.1:9"))))["failed"]
    assert "iss" in failed["cause"]


async def test_it_signs_people_out_of_our_session_too(new_browser, application):
    bob = await new_browser("bob")
    tokens = await signed_in(bob, application)
    goodbye = await application.ask("logout", id_token=tokens["id_token"], redirect_uri=BYE, state="so long")
    answer = await bob.http.get(goodbye["url"])
    assert answer.headers["location"] == f"{BYE}?state=so+long"
    assert await bob.signed_in_as() is None
    refused = await application.ask("userinfo", access_token=tokens["access_token"], subject=tokens["claims"]["sub"])
    assert refused["failed"]["status"] == 401
