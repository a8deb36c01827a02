"""Clients and what people allow them, over HTTP."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from lyceum.auth.settings import AuthSettings

CLIENT = {"name": "Reader", "redirect_uris": ["https://reader.example/callback"], "refresh_tokens": True}


def answer_in(location):
    return dict(parse_qsl(urlsplit(location).query))


@pytest.fixture
async def reader(admin):
    return (await admin.send("POST", "/api/v1/clients", json=CLIENT)).json()


@pytest.fixture
def their_party(reader, make_party):
    return make_party(redirect_uri=CLIENT["redirect_uris"][0], client_id=reader["client_id"], scope="openid profile")


async def test_a_client_is_added_listed_and_removed(admin, reader):
    assert reader["client_secret"]
    listed = (await admin.client.get("/api/v1/clients")).json()["items"]
    assert listed == [{name: value for name, value in reader.items() if name != "client_secret"}]
    url = f"/api/v1/clients/{reader['client_id']}"
    assert (await admin.send("DELETE", url)).status_code == 204
    assert (await admin.send("DELETE", url)).json()["code"] == "auth.client-not-found"


async def test_a_public_client_has_no_secret(admin):
    answer = await admin.send("POST", "/api/v1/clients", json=CLIENT | {"auth_method": "none"})
    assert answer.json()["client_secret"] is None


async def test_the_platforms_own_client_stays(admin):
    answer = await admin.send("DELETE", "/api/v1/clients/lyceum-web")
    assert (answer.status_code, answer.json()["code"]) == (409, "auth.first-party-client")


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uris": ["http://reader.example/"]},
        {"redirect_uris": []},
        {"scopes": ["everything"]},
        {"name": "\0"},
        {"first_party": True},
    ],
)
async def test_a_client_that_does_not_fit_is_refused(admin, changes):
    assert (await admin.send("POST", "/api/v1/clients", json=CLIENT | changes)).status_code == 422


async def test_another_partys_client_needs_consent_and_its_secret(ada, reader, their_party):
    location = await their_party.authorize(ada.client)
    assert location.startswith("http://127.0.0.1:8000/consent?")
    query = answer_in(location)["request"]
    question = (await ada.client.get("/api/v1/consent", params={"request": query})).json()
    assert (question["client_name"], set(question["scopes"])) == ("Reader", {"openid", "profile"})
    outcome = await ada.send("POST", "/api/v1/consent", json={"request": query, "allow": True})
    assert outcome.status_code == 200
    back = await ada.client.get(outcome.json()["location"])
    code = answer_in(back.headers["location"])["code"]
    assert (await their_party.redeem(ada.client, code)).json()["error"] == "invalid_client"
    basic = await ada.client.post(
        "/oauth/token",
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": their_party.redirect_uri,
            "code_verifier": "a-verifier-of-at-least-forty-three-characters",
        },
        auth=(reader["client_id"], reader["client_secret"]),
    )
    assert basic.status_code == 200
    assert "code" in answer_in(await their_party.authorize(ada.client))


async def test_a_refusal_goes_back_to_the_client(ada, their_party):
    query = answer_in(await their_party.authorize(ada.client))["request"]
    outcome = await ada.send("POST", "/api/v1/consent", json={"request": query, "allow": False})
    assert answer_in(outcome.json()["location"])["error"] == "access_denied"
    assert "/consent?" in await their_party.authorize(ada.client)


async def test_a_wrong_secret_in_the_header_is_told_how_to_authenticate(ada, reader):
    answer = await ada.client.post(
        "/oauth/token",
        data={"grant_type": "refresh_token", "refresh_token": "a.b"},
        auth=(reader["client_id"], "wrong"),
    )
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize("query", ["client_id=nobody", "%00", "client_id=%00", "x=" * 100])
async def test_a_question_about_no_request_is_refused(ada, query):
    asked = await ada.client.get("/api/v1/consent", params={"request": query})
    answered = await ada.send("POST", "/api/v1/consent", json={"request": query, "allow": True})
    assert (asked.status_code, answered.status_code) == (400, 400)


async def test_somebody_not_signed_in_is_asked_nothing(browser):
    assert (await browser().get("/api/v1/consent?request=x")).status_code == 401
    assert (await browser().post("/api/v1/consent", json={"request": "x", "allow": True})).status_code == 401


async def test_clients_register_themselves_where_that_is_allowed(harness, browser):
    harness.container.settings.override(AuthSettings(registration_open=True))
    harness.container.clients.reset()
    document = (await browser().get("/.well-known/openid-configuration")).json()
    made = await browser().post(document["registration_endpoint"], json={"redirect_uris": ["https://a.example/cb"]})
    assert (made.status_code, made.json()["redirect_uris"]) == (201, ["https://a.example/cb"])
    for body, error in (
        ({"redirect_uris": ["http://a.example/"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["https://a.example/"], "grant_types": ["implicit"]}, "invalid_client_metadata"),
        ([], "invalid_client_metadata"),
    ):
        refused = await browser().post("/oauth/register", json=body)
        assert (refused.status_code, refused.json()["error"]) == (400, error)
