"""The token endpoint's use cases: codes, refresh tokens, and what ends them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.auth.domain.entities import AuthorizationCode, FamilyEnd, TokenFamily
from lyceum.auth.domain.oauth_errors import InvalidClient, InvalidGrant, InvalidRequest, InvalidScope, InvalidToken


@pytest.fixture
async def ada(sign_up):
    return await sign_up()


@pytest.fixture
async def signed_in(ada, sign_in):
    return await sign_in(ada)


@pytest.fixture
def tokens(application, signed_in):
    """Makes the tokens of a new sign-in to the application."""

    async def make(**changes):
        code = (await application.authorize(signed_in.session_token, **changes))["code"]
        return await application.redeem(code)

    return make


async def test_a_code_gives_tokens_whose_bearer_is_who_signed_in(services, tokens, signed_in, ada):
    answer = await tokens()
    found = await services.authenticating().authenticate(session=None, bearer=answer["access_token"])
    assert (found.principal.user_id, found.principal.session_id) == (ada.id, signed_in.info.id)
    assert (await services.granting().userinfo(answer["access_token"]))["email"] == ada.email


async def test_a_code_used_again_ends_the_family_even_with_another_verifier(memory, application, signed_in):
    code = (await application.authorize(signed_in.session_token))["code"]
    answer = await application.redeem(code)
    with pytest.raises(InvalidGrant):
        await application.redeem(code, code_verifier="x" * 43)
    [family] = memory.stored(TokenFamily)
    assert family.revoked_because is FamilyEnd.CODE_REPLAYED
    with pytest.raises(InvalidGrant):
        await application.refresh(answer["refresh_token"])
    assert memory.log[-1].action == "auth.tokens.revoked"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "unknown"}, InvalidGrant),
        ({"code_verifier": "x" * 43}, InvalidGrant),
        ({"redirect_uri": "http://127.0.0.1:8000/elsewhere"}, InvalidGrant),
        ({"client_id": "nobody"}, InvalidClient),
        ({"client_secret": "made up"}, InvalidClient),
        ({"code": "\0"}, InvalidRequest),
    ],
)
async def test_a_refused_code_stays_good_and_leaves_nothing_behind(memory, application, signed_in, changes, error):
    code = (await application.authorize(signed_in.session_token))["code"]
    with pytest.raises(error):
        await application.redeem(**{"code": code} | changes)
    assert memory.stored(TokenFamily) == []
    assert "auth.tokens.revoked" not in [entry.action for entry in memory.log]
    assert "refresh_token" in await application.redeem(code)


async def test_a_refresh_asks_for_no_more_than_was_allowed_and_the_token_stays_good(application, tokens):
    first = await tokens(scope="openid offline_access")
    with pytest.raises(InvalidScope):
        await application.refresh(first["refresh_token"], scope="openid lyceum.api")
    assert (await application.refresh(first["refresh_token"], scope="openid"))["scope"] == "openid"


async def test_signing_out_ends_the_refresh_tokens_with_the_session(
    memory, services, application, tokens, signed_in, as_principal
):
    answer = await tokens()
    await services.signing_in().sign_out(as_principal(signed_in))
    assert [family.revoked_because for family in memory.stored(TokenFamily)] == [FamilyEnd.SESSION_ENDED]
    with pytest.raises(InvalidGrant):
        await application.refresh(answer["refresh_token"])
    with pytest.raises(InvalidToken):
        await services.granting().userinfo(answer["access_token"])
    assert await services.authenticating().authenticate(session=None, bearer=answer["access_token"]) is None


async def test_userinfo_is_silent_about_who_is_gone_or_deactivated(services, users, tokens, ada):
    answer = await tokens()
    users.deactivate(ada.id)
    with pytest.raises(InvalidToken):
        await services.granting().userinfo(answer["access_token"])
    users.users.clear()
    with pytest.raises(InvalidToken):
        await services.granting().userinfo(answer["access_token"])


async def test_a_removed_client_gets_nothing_for_its_tokens(memory, services, application, make_client, signed_in):
    async with memory.units() as unit:
        unit.clients.add(make_client(first_party=True))
        await unit.commit()
    theirs = {"client_id": "reader", "redirect_uri": "https://reader.example/callback"}
    code = (await application.authorize(signed_in.session_token, **theirs, scope="openid offline_access"))["code"]
    answer = await application.redeem(code, **theirs)
    async with memory.units() as unit:
        await unit.clients.remove(await unit.clients.get("reader"))
        await unit.commit()
    with pytest.raises(InvalidClient):
        await application.refresh(answer["refresh_token"], client_id="reader")


async def test_tokens_are_given_to_nobody_for_a_session_that_is_gone(memory, application, signed_in):
    code = (await application.authorize(signed_in.session_token))["code"]
    answer = await application.redeem(code)
    async with memory.units() as unit:
        session = await unit.sessions.get(signed_in.info.id)
        unit.sessions.drop(session)
        await unit.commit()
    with pytest.raises(InvalidGrant):
        await application.refresh(answer["refresh_token"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(uses=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 5)), min_size=1, max_size=14))
async def test_replayed_and_reordered_refreshes_end_their_own_family_and_no_other(memory, application, tokens, uses):
    """Two families, as of two devices. The model: the tokens each gave out, and whether an old one came back."""
    for kind in (AuthorizationCode, TokenFamily):  # of the example before
        memory.store.aggregates.pop(kind, None)
    families = [[(await tokens())["refresh_token"]] for _ in range(2)]
    ended = [False, False]
    for which, use in uses:
        given_out = families[which]
        presented = given_out[min(use, len(given_out) - 1)]
        try:
            answer = await application.refresh(presented)
        except InvalidGrant:
            assert ended[which] or presented != given_out[-1]
            ended[which] = True
        else:
            assert not ended[which]
            assert presented == given_out[-1]
            given_out.append(answer["refresh_token"])
    revoked = [family.revoked_because for family in memory.stored(TokenFamily)]
    assert sorted(map(str, revoked)) == sorted("token-reused" if end else "None" for end in ended)


async def test_what_is_no_token_of_ours_is_nobodys(services):
    for bearer in ("", "a.b.c", "x" * 9_000):
        assert await services.authenticating().authenticate(session=None, bearer=bearer) is None
    assert await services.authenticating().authenticate(session=None, bearer=None) is None
