"""Sign-out asked for by a client."""

import pytest

from lyceum.auth.domain.errors import LogoutRequestInvalid
from lyceum.auth.domain.policies.logout import LogoutDecision, client_of, decide_logout, read_logout_request

BYE = "https://reader.example/bye"


def request(**values):
    return read_logout_request(list(values.items()))


@pytest.fixture
def hint_for():
    def make(session):
        return {"aud": "reader", "sub": str(session.user_id), "sid": str(session.id)}

    return make


def test_a_hint_for_this_session_ends_it_at_once_and_returns_to_the_client(make_client, make_session, hint_for):
    session = make_session()
    decision = decide_logout(
        request(post_logout_redirect_uri=BYE, state="s 1"),
        hint=hint_for(session),
        client=make_client(),
        session=session,
    )
    assert decision == LogoutDecision(ends=session.id, confirm=False, location=f"{BYE}?state=s+1")


def test_without_a_hint_for_this_session_the_person_is_asked(make_client, make_session, hint_for):
    session = make_session()
    for hint in (None, hint_for(make_session()), {"aud": "reader", "sub": str(session.user_id)}):
        decision = decide_logout(request(), hint=hint, client=make_client(), session=session)
        assert decision == LogoutDecision(ends=session.id, confirm=True, location=None)


def test_who_is_not_signed_in_just_returns(make_client):
    decision = decide_logout(request(post_logout_redirect_uri=BYE), hint=None, client=make_client(), session=None)
    assert decision == LogoutDecision(ends=None, confirm=False, location=BYE)


@pytest.mark.parametrize("uri", [f"{BYE}/", f"{BYE}?x=1", "https://evil.example/"])
def test_nobody_is_sent_to_an_address_that_is_not_registered(make_client, uri):
    with pytest.raises(LogoutRequestInvalid):
        decide_logout(request(post_logout_redirect_uri=uri), hint=None, client=make_client(), session=None)


def test_nobody_is_sent_anywhere_for_an_unknown_client():
    with pytest.raises(LogoutRequestInvalid):
        decide_logout(request(post_logout_redirect_uri=BYE), hint=None, client=None, session=None)


def test_the_client_is_the_one_that_says_so_or_that_the_hint_was_made_for():
    assert client_of(request(client_id="reader"), None) == "reader"
    assert client_of(request(), {"aud": "reader"}) == "reader"
    assert client_of(request(client_id="reader"), {"aud": "reader"}) == "reader"
    assert client_of(request(), None) is None
    with pytest.raises(LogoutRequestInvalid):
        client_of(request(client_id="another"), {"aud": "reader"})


@pytest.mark.parametrize(
    "parameters",
    [
        [("state", "a"), ("state", "b")],
        [("state", "x" * 2001)],
        [("id_token_hint", "x" * 8001)],
    ],
)
def test_repeated_or_endless_parameters_are_refused(parameters):
    with pytest.raises(LogoutRequestInvalid):
        read_logout_request(parameters)
