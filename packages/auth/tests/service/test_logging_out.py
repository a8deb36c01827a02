"""Sign-out that an application asks for, and the page that asks the person first."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from lyceum.auth.domain.entities import Session, SessionEnd
from lyceum.auth.domain.errors import LogoutRequestInvalid
from lyceum.auth.domain.policies.permissions import MANAGE_CLIENTS
from lyceum.auth.schemas.internal import ClientRequest

BYE = "https://shop.example/bye"


@pytest.fixture
async def signed_in(sign_up, sign_in):
    return await sign_in(await sign_up())


@pytest.fixture
async def book_shop(services, callers, sign_up):
    """A client that has a place for people who signed out."""
    manager = callers.able(MANAGE_CLIENTS, user=await sign_up("grace"))
    shop = ClientRequest(
        name="Book shop", redirect_uris=["https://shop.example/callback"], post_logout_redirect_uris=[BYE]
    )
    return await services.clients().add(manager, shop)


def parameters(location):
    return dict(parse_qsl(urlsplit(location).query))


async def test_the_hint_of_its_own_session_ends_it_at_once(memory, services, application, signed_in):
    code = (await application.authorize(signed_in.session_token))["code"]
    hint = (await application.redeem(code))["id_token"]
    for ended in (signed_in.info.user.id, None):
        out = await services.logging_out().log_out([("id_token_hint", hint)], signed_in.session_token)
        assert out.user_id == ended
    assert [each.revoked_because for each in memory.stored(Session)] == [SessionEnd.SIGNED_OUT]


async def test_a_hint_of_another_persons_session_ends_nothing_unasked(
    memory, services, application, signed_in, sign_up, sign_in
):
    code = (await application.authorize(signed_in.session_token))["code"]
    hint = (await application.redeem(code))["id_token"]
    bob = await sign_in(await sign_up("bob"))
    out = await services.logging_out().log_out([("id_token_hint", hint)], bob.session_token)
    assert (urlsplit(out.location).path, out.user_id) == ("/sign-out", None)
    assert [each.revoked_at for each in memory.stored(Session)] == [None, None]


async def test_the_page_that_asks_gets_a_request_that_it_can_have_validated_again(services, signed_in, book_shop):
    mine = [("client_id", book_shop.client_id), ("post_logout_redirect_uri", BYE), ("state", "a b&c")]
    out = await services.logging_out().log_out(mine, signed_in.session_token)
    assert (urlsplit(out.location).path, out.user_id) == ("/sign-out", None)
    question = await services.logging_out().question(parameters(out.location)["request"])
    assert (question.client_name, question.location) == ("Book shop", f"{BYE}?state=a+b%26c")


async def test_the_client_of_a_hint_is_the_one_that_the_page_asks_for(
    services, application, signed_in, sign_up, sign_in
):
    code = (await application.authorize(signed_in.session_token))["code"]
    hint = (await application.redeem(code))["id_token"]
    bob = await sign_in(await sign_up("bob"))
    home = "http://127.0.0.1:8000/"
    out = await services.logging_out().log_out(
        [("id_token_hint", hint), ("post_logout_redirect_uri", home)], bob.session_token
    )
    handed = parameters(out.location)["request"]
    assert dict(parse_qsl(handed)) == {"client_id": "lyceum-web", "post_logout_redirect_uri": home}
    assert (await services.logging_out().question(handed)).location == home


async def test_a_client_that_names_no_place_is_named_all_the_same(services, signed_in, book_shop):
    out = await services.logging_out().log_out([("client_id", book_shop.client_id)], signed_in.session_token)
    question = await services.logging_out().question(parameters(out.location)["request"])
    assert (question.client_name, question.location) == ("Book shop", None)


async def test_nobody_in_particular_is_asked_about_without_a_request(services, signed_in):
    out = await services.logging_out().log_out([], signed_in.session_token)
    assert out.location == "http://127.0.0.1:8000/sign-out"


async def test_a_place_that_the_client_did_not_register_is_neither_shown_nor_followed(services, signed_in, book_shop):
    elsewhere = [
        (book_shop.client_id, "https://evil.example/"),
        (book_shop.client_id, f"{BYE}/more"),
        (book_shop.client_id, f"{BYE}?next=https://evil.example"),
        (book_shop.client_id, BYE.upper()),
        (book_shop.client_id, "javascript:alert(1)"),
        ("lyceum-web", BYE),  # another client's
        (book_shop.client_id, "http://127.0.0.1:8000/"),  # the other way round
        ("nobody", BYE),
        ("nobody\0", BYE),
        (None, BYE),
    ]
    for client_id, place in elsewhere:
        named = [] if client_id is None else [("client_id", client_id)]
        asked = [*named, ("post_logout_redirect_uri", place)]
        with pytest.raises(LogoutRequestInvalid):
            await services.logging_out().log_out(asked, signed_in.session_token)
        with pytest.raises(LogoutRequestInvalid):
            await services.logging_out().question(urlencode(asked))


async def test_a_request_that_was_tampered_with_is_no_question(services, book_shop):
    good = urlencode([("client_id", book_shop.client_id), ("post_logout_redirect_uri", BYE)])
    assert (await services.logging_out().question(good)).location == BYE
    for query in (
        "",
        "nonsense",
        f"{good}&post_logout_redirect_uri=https%3A%2F%2Fevil.example",
        f"{good}&client_id=lyceum-web",
        f"post_logout_redirect_uri={quote(BYE)}",
        f"{good}&state={'x' * 10_000}",
        f"{good}{'&a=b' * 20}",
    ):
        with pytest.raises(LogoutRequestInvalid):
            await services.logging_out().question(query)


async def test_a_request_that_makes_no_sense_is_refused(services, signed_in):
    for request in ([("client_id", "a"), ("client_id", "b")],):
        with pytest.raises(LogoutRequestInvalid):
            await services.logging_out().log_out(request, signed_in.session_token)
