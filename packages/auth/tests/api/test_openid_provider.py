"""Code + PKCE, refresh, userinfo and logout, as a relying party sees them."""

import asyncio
import json
from base64 import urlsafe_b64decode
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet


def answer_in(location):
    return dict(parse_qsl(urlsplit(location).query))


def payload(token):
    part = token.split(".")[1]
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


async def test_discovery_names_endpoints_that_are_there(browser):
    document = (await browser().get("/.well-known/openid-configuration")).json()
    assert document["issuer"] == "http://127.0.0.1:8000"
    for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint"):
        answer = await browser().get(document[name])
        assert answer.status_code != 404, name
    assert "registration_endpoint" not in document


async def test_code_and_pkce_give_tokens_that_our_keys_signed(ada, party):
    location = await party.authorize(ada.client)
    assert location.startswith(party.redirect_uri + "?")
    assert answer_in(location)["state"] == "a-state"
    assert answer_in(location)["iss"] == "http://127.0.0.1:8000"
    answer = await party.redeem(ada.client, answer_in(location)["code"])
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    keys = KeySet.import_key_set((await ada.client.get("/oauth/jwks")).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["sub"], claims["aud"], claims["nonce"]) == (str(ada.id), "lyceum-web", "a-nonce")
    assert tokens["token_type"] == "Bearer"


async def test_the_keys_are_published_without_their_private_halves(browser):
    [key] = (await browser().get("/oauth/jwks")).json()["keys"]
    assert key.keys().isdisjoint({"d", "p", "q", "dp", "dq", "qi"})


async def test_a_native_app_may_use_any_loopback_port(ada, make_party):
    party = make_party(redirect_uri="http://127.0.0.1:49152/auth/callback")
    assert "access_token" in await party.tokens(ada.client)


async def test_an_access_token_opens_the_api(ada, party, browser):
    tokens = await party.tokens(ada.client)
    answer = await browser().get("/api/v1/sessions", headers={"Authorization": f"Bearer {tokens['access_token']}"})
    assert answer.status_code == 200


async def test_a_token_without_the_api_scope_opens_userinfo_only(ada, party, browser):
    tokens = await party.tokens(ada.client, scope="openid")
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (await browser().get("/api/v1/sessions", headers=headers)).status_code == 401
    assert (await browser().get("/oauth/userinfo", headers=headers)).json() == {"sub": str(ada.id)}


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_userinfo_tells_what_the_scopes_allow(ada, party, browser, method):
    tokens = await party.tokens(ada.client)
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (await browser().request(method, "/oauth/userinfo", headers=headers)).json() == {
        "sub": str(ada.id),
        "name": "Ada",
        "locale": "en",
        "zoneinfo": "UTC",
        "email": "ada@example.org",
        "email_verified": True,
    }


@pytest.mark.parametrize("header", ["", "Bearer nonsense", "Bearer a.b.c", "Basic eDp5"])
async def test_userinfo_refuses_what_is_no_token(browser, header):
    answer = await browser().get("/oauth/userinfo", headers={"Authorization": header} if header else {})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_without_a_session_the_browser_is_sent_to_sign_in_and_comes_back(make_person, party):
    ada = await make_person()
    location = await party.authorize(ada.client)
    assert location.startswith("http://127.0.0.1:8000/sign-in?return_to=")
    await ada.sign_in()
    back = await ada.client.get(answer_in(location)["return_to"])
    assert "code" in answer_in(back.headers["location"])


async def test_prompt_login_is_answered_by_a_new_sign_in(ada, party, clock):
    clock.advance(timedelta(minutes=5))
    location = await party.authorize(ada.client, prompt="login")
    back = answer_in(location)["return_to"]
    assert "/sign-in?" in (await ada.client.get(back)).headers["location"]
    await ada.sign_in()
    assert "code" in answer_in((await ada.client.get(back)).headers["location"])


async def test_prompt_none_without_a_session_says_login_required(browser, party):
    location = await party.authorize(browser(), prompt="none")
    assert location.startswith(party.redirect_uri)
    assert answer_in(location)["error"] == "login_required"


async def test_an_unknown_redirect_uri_is_never_followed(ada, party):
    for changes in ({"redirect_uri": "https://evil.example/"}, {"client_id": "nobody"}, {"redirect_uri": None}):
        answer = await ada.client.get("/oauth/authorize", params=party.request(**changes))
        assert (answer.status_code, answer.json()["code"]) == (400, "auth.authorization-request-invalid")


async def test_a_request_without_pkce_is_refused_at_the_client(ada, party):
    assert answer_in(await party.authorize(ada.client, code_challenge=None))["error"] == "invalid_request"


async def test_authorize_takes_a_form_as_well(ada, party):
    answer = await ada.client.post("/oauth/authorize", data=party.request())
    assert "code" in answer_in(answer.headers["location"])


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"code_verifier": "another-verifier-of-at-least-forty-three-characters"}, 400, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:1/auth/callback"}, 400, "invalid_grant"),
        ({"code": "unknown"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": "\0"}, 400, "invalid_request"),
        ({"client_secret": "made-up"}, 401, "invalid_client"),
        ({"grant_type": ""}, 400, "invalid_request"),
    ],
)
async def test_the_token_endpoint_refuses(ada, party, changes, status, error):
    answer = await party.redeem(ada.client, await party.code(ada.client), **changes)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


async def test_the_token_endpoint_wants_a_form(browser):
    answer = await browser().post("/oauth/token", json={"grant_type": "refresh_token"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_a_code_is_good_for_a_minute(ada, party, clock):
    code = await party.code(ada.client)
    clock.advance(timedelta(minutes=1))
    assert (await party.redeem(ada.client, code)).json()["error"] == "invalid_grant"


async def test_a_code_used_twice_takes_its_tokens_with_it(ada, party):
    code = await party.code(ada.client)
    tokens = (await party.redeem(ada.client, code)).json()
    assert (await party.redeem(ada.client, code)).json()["error"] == "invalid_grant"
    assert (await party.refresh(ada.client, tokens["refresh_token"])).json()["error"] == "invalid_grant"


async def test_a_refresh_token_is_replaced_on_every_use(ada, party, clock):
    first = await party.tokens(ada.client)
    clock.advance(timedelta(hours=1))
    second = (await party.refresh(ada.client, first["refresh_token"])).json()
    third = (await party.refresh(ada.client, second["refresh_token"])).json()
    assert len({each["refresh_token"] for each in (first, second, third)}) == 3
    assert "nonce" not in payload(third["id_token"])


async def test_a_refresh_can_narrow_but_not_widen_the_scope(ada, party):
    tokens = await party.tokens(ada.client, scope="openid profile")
    wider = await party.refresh(ada.client, tokens["refresh_token"], scope="openid email")
    assert (wider.status_code, wider.json()["error"]) == (400, "invalid_scope")
    narrower = await party.refresh(ada.client, tokens["refresh_token"], scope="openid")
    assert narrower.json()["scope"] == "openid"


async def test_reuse_of_a_refresh_token_revokes_the_family(ada, party):
    first = await party.tokens(ada.client)
    second = (await party.refresh(ada.client, first["refresh_token"])).json()
    assert (await party.refresh(ada.client, first["refresh_token"])).json()["error"] == "invalid_grant"
    assert (await party.refresh(ada.client, second["refresh_token"])).json()["error"] == "invalid_grant"


async def test_of_twenty_parallel_refreshes_at_most_one_succeeds(ada, party):
    tokens = await party.tokens(ada.client)
    answers = await asyncio.gather(*(party.refresh(ada.client, tokens["refresh_token"]) for _ in range(20)))
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(200) == 1
    assert statuses.count(400) == 19


async def test_signing_out_ends_access_and_refresh_tokens(ada, party, browser, edge):
    tokens = await party.tokens(ada.client, scope="openid lyceum.api offline_access")
    await ada.send("DELETE", "/api/v1/session")
    edge.credentials.forget_all()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (await browser().get("/api/v1/sessions", headers=headers)).status_code == 401
    assert (await browser().get("/oauth/userinfo", headers=headers)).status_code == 401
    assert (await party.refresh(browser(), tokens["refresh_token"])).json()["error"] == "invalid_grant"


async def test_an_offline_token_outlives_a_session_that_ran_out(ada, party, browser, clock):
    offline = await party.tokens(ada.client, scope="openid offline_access")
    bound = await party.tokens(ada.client, scope="openid")
    clock.advance(timedelta(days=8))
    assert (await party.refresh(browser(), offline["refresh_token"])).status_code == 200
    assert (await party.refresh(browser(), bound["refresh_token"])).status_code == 400


async def test_an_access_token_expires_after_five_minutes(ada, party, browser, clock):
    tokens = await party.tokens(ada.client)
    clock.advance(timedelta(minutes=6))
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert (await browser().get("/api/v1/sessions", headers=headers)).status_code == 401


async def test_logout_with_the_id_token_ends_the_session(ada, party):
    tokens = await party.tokens(ada.client)
    answer = await ada.client.get(
        "/oauth/logout",
        params={
            "id_token_hint": tokens["id_token"],
            "post_logout_redirect_uri": "http://127.0.0.1:8000/",
            "state": "bye",
        },
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:8000/?state=bye")
    assert (await ada.client.get("/api/v1/session")).status_code == 401


async def test_logout_without_a_hint_asks_the_person_first(ada):
    answer = await ada.client.get("/oauth/logout")
    assert answer.headers["location"] == "http://127.0.0.1:8000/sign-out"
    assert (await ada.client.get("/api/v1/session")).status_code == 200


async def test_the_page_that_asks_can_learn_where_the_way_leads_from_us_alone(ada, browser):
    asked = {"client_id": "lyceum-web", "post_logout_redirect_uri": "http://127.0.0.1:8000/", "state": "bye"}
    answer = await ada.client.get("/oauth/logout", params=asked)
    handed = answer_in(answer.headers["location"])
    assert handed.keys() == {"request"}
    question = await browser().get("/api/v1/sign-out", params=handed)
    assert question.json() == {"client_name": "Lyceum", "location": "http://127.0.0.1:8000/?state=bye"}
    forged = {"request": handed["request"].replace("127.0.0.1", "evil.example")}
    refused = await browser().get("/api/v1/sign-out", params=forged)
    assert (refused.status_code, refused.json()["code"]) == (400, "auth.logout-request-invalid")


async def test_logout_follows_no_unregistered_address(ada, party):
    tokens = await party.tokens(ada.client)
    form = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": "https://evil.example/"}
    answer = await ada.client.post("/oauth/logout", data=form)
    assert (answer.status_code, answer.json()["code"]) == (400, "auth.logout-request-invalid")


async def test_nobody_registers_a_client_unless_the_operator_allows_it(browser):
    answer = await browser().post("/oauth/register", json={"redirect_uris": ["https://a.example/"]})
    assert answer.status_code == 404


async def test_keys_rotate_while_old_tokens_stay_valid(ada, party, harness, browser, clock):
    before = (await browser().get("/oauth/jwks")).json()["keys"]
    clock.advance(timedelta(days=89))
    await harness.container.signing_keys().rotate()
    clock.advance(timedelta(minutes=2))
    published = (await browser().get("/oauth/jwks")).json()["keys"]
    assert len(published) == 2
    assert published[0]["kid"] == before[0]["kid"] or published[1]["kid"] == before[0]["kid"]
    clock.advance(timedelta(days=30))
    await harness.container.signing_keys().rotate()
    clock.advance(timedelta(minutes=2))
    assert before[0]["kid"] not in {key["kid"] for key in (await browser().get("/oauth/jwks")).json()["keys"]}
