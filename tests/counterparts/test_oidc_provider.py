"""We are the application that people sign in to, and `oidc-provider` from npm is where their accounts are."""

import html
import re

import httpx
import pytest

FAILED = "/sign-in?error=auth.external-sign-in-failed"


async def depart(browser, name="trusted", **parameters):
    """Where we send the browser."""
    answer = await browser.http.get(f"/api/v1/external-sign-in/{name}", params=parameters)
    assert answer.status_code == 303, answer.text
    return httpx.URL(answer.headers["location"])


async def at_the_provider(browser, url, login, home):
    """Sign in and consent there; with what it sends the browser home."""
    answer = await browser.http.get(url)
    for _ in range(12):
        if answer.is_redirect:
            url = answer.url.join(answer.headers["location"])
            if str(url).startswith(home):
                return url
            answer = await browser.http.get(url)
            continue
        assert answer.status_code == 200, answer.text
        form = dict(re.findall(r'name="(prompt)" value="(\w+)"', answer.text))
        action = html.unescape(re.search(r'action="([^"]+)"', answer.text)[1])
        answer = await browser.http.post(answer.url.join(action), data=form | {"login": login, "password": "any"})
    raise AssertionError(f"the provider keeps the browser at {answer.url}")


async def round_trip(browser, login, address, name="trusted", **parameters):
    """All of it: where our page goes on in the end."""
    url = await depart(browser, name, **parameters)
    return await come_home(browser, await at_the_provider(browser, url, login, address))


async def come_home(browser, url):
    answer = await browser.http.get(url)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


@pytest.fixture
async def browser(new_browser):
    return await new_browser()


async def test_somebody_new_gets_an_account_and_is_the_same_next_time(browser, new_browser, address):
    assert await round_trip(browser, "nora", address, return_to="/courses?page=2") == "/courses?page=2"
    first = (await browser.http.get("/api/v1/session")).json()["user"]
    assert (first["email"], first["display_name"]) == ("nora@example.org", "Nora New")
    again = await new_browser()
    assert await round_trip(again, "nora", address) == "/"
    assert (await again.http.get("/api/v1/session")).json()["user"] == first


async def test_a_verified_address_of_a_trusted_provider_finds_the_account_that_is_there(new_browser, address):
    here = await new_browser("otto")
    elsewhere = await new_browser()
    assert await round_trip(elsewhere, "otto", address) == "/"
    assert (await elsewhere.http.get("/api/v1/session")).json()["user"]["id"] == str(here.user_id)
    [linked] = (await here.http.get("/api/v1/external-identities")).json()["items"]
    assert linked["subject"] == "otto"


async def test_an_unverified_address_makes_no_account(browser, address):
    assert await round_trip(browser, "mary", address) == "/sign-in?error=auth.no-account-for-external-sign-in"
    assert await browser.signed_in_as() is None


async def test_an_address_that_only_a_stranger_vouches_for_signs_nobody_in(browser, new_browser, address):
    await new_browser("greta")
    location = await round_trip(browser, "greta", address, "stranger")
    assert location == "/sign-in?error=auth.link-while-signed-in"
    assert await browser.signed_in_as() is None


async def test_an_account_at_a_stranger_signs_in_once_it_was_linked_from_a_session(new_browser, address):
    greta = await new_browser("greta")
    assert await round_trip(greta, "greta", address, "stranger", link=True) == "/"
    elsewhere = await new_browser()
    assert await round_trip(elsewhere, "greta", address, "stranger") == "/"
    assert await elsewhere.signed_in_as() == "greta@example.org"
    [linked] = (await greta.http.get("/api/v1/external-identities")).json()["items"]
    removed = await greta.http.delete(f"/api/v1/external-identities/{linked['id']}", headers=greta.csrf)
    assert removed.status_code == 204


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("nonce", "another"),  # its ID token then answers another request
        ("code_challenge", "c" * 43),  # its code is then for another verifier
    ],
)
async def test_an_answer_to_a_request_that_was_changed_on_the_way_signs_nobody_in(browser, address, parameter, value):
    url = (await depart(browser)).copy_set_param(parameter, value)
    assert await come_home(browser, await at_the_provider(browser, url, "nora", address)) == FAILED
    assert await browser.signed_in_as() is None


@pytest.mark.parametrize(
    "change",
    [
        lambda url: url.copy_set_param("state", "another"),
        lambda url: url.copy_remove_param("state"),
        lambda url: url.copy_set_param("iss", "http://127.0.0.1:9"),
        lambda url: url.copy_remove_param("iss"),
        lambda url: url.copy_set_param("code", "another"),
        lambda url: url.copy_with(path=url.path.replace("trusted", "stranger")),
    ],
    ids=["another-state", "no-state", "another-issuer", "no-issuer", "another-code", "another-provider"],
)
async def test_an_answer_that_was_changed_on_the_way_signs_nobody_in(browser, address, change):
    url = await at_the_provider(browser, await depart(browser), "nora", address)
    assert await come_home(browser, change(url)) == FAILED
    assert await browser.signed_in_as() is None


async def test_an_answer_works_once_and_only_in_the_browser_that_asked(browser, new_browser, address):
    url = await at_the_provider(browser, await depart(browser), "nora", address)
    thief = await new_browser()
    assert await come_home(thief, url) == FAILED
    second = await at_the_provider(browser, await depart(browser), "nora", address)
    assert await come_home(browser, second) == "/"
    assert await come_home(browser, second) == FAILED
