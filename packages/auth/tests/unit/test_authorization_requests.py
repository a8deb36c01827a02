"""Authorization requests: what is accepted, who is told of an error, and what comes next."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from lyceum.auth.domain.entities import Consent
from lyceum.auth.domain.errors import AuthorizationRequestInvalid
from lyceum.auth.domain.oauth_errors import ConsentRequired, LoginRequired
from lyceum.auth.domain.policies.authorization import Answer, AskForConsent, AskToSignIn, decide
from lyceum.auth.domain.policies.authorization_requests import (
    AuthorizationRefused,
    client_id_of,
    code_location,
    read_authorization_request,
)
from lyceum.auth.domain.values import Prompt
from lyceum.kernel.ids import new_id

ISSUER = "https://lyceum.example"
GOOD = {
    "response_type": "code",
    "client_id": "reader",
    "redirect_uri": "https://reader.example/callback",
    "scope": "openid profile",
    "state": "state-1",
    "nonce": "nonce-1",
    "code_challenge": "c" * 43,
    "code_challenge_method": "S256",
}


def parameters(**changes):
    return [(name, value) for name, value in (GOOD | changes).items() if value is not None]


def test_a_complete_request_is_read(make_client):
    request = read_authorization_request(
        parameters(prompt="login consent", max_age="0", login_hint="ada@example.org"), make_client()
    )
    assert request.scopes == {"openid", "profile"}
    assert request.prompts == {Prompt.LOGIN, Prompt.CONSENT}
    assert (request.state, request.nonce, request.max_age) == ("state-1", "nonce-1", 0)


def test_scopes_that_the_client_may_not_have_are_left_out(make_client):
    request = read_authorization_request(parameters(scope="openid email lyceum.api unheard-of"), make_client())
    assert request.scopes == {"openid"}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": None},
        {"client_id": ""},
        {"client_id": "somebody-else"},
        {"redirect_uri": None},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "https://reader.example/callback?x=1"},
    ],
)
def test_nobody_is_redirected_while_the_client_or_its_address_is_in_doubt(make_client, changes):
    with pytest.raises(AuthorizationRequestInvalid):
        read_authorization_request(parameters(**changes), make_client())


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_a_repeated_client_or_address_is_told_to_the_person(make_client, name):
    with pytest.raises(AuthorizationRequestInvalid):
        read_authorization_request([*parameters(), (name, GOOD[name])], make_client())


def test_an_unknown_client_is_told_to_the_person():
    assert client_id_of(parameters()) == "reader"
    with pytest.raises(AuthorizationRequestInvalid):
        read_authorization_request(parameters(), None)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "lyceum.api"}, "invalid_scope"),
        ({"scope": 'openid "quoted"'}, "invalid_scope"),
        ({"scope": "x" * 1001}, "invalid_scope"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "dance"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"max_age": "1e3"}, "invalid_request"),
        ({"max_age": "²"}, "invalid_request"),
        ({"max_age": "9" * 5000}, "invalid_request"),
        ({"nonce": "n" * 501}, "invalid_request"),
        ({"request": "jwt"}, "request_not_supported"),
        ({"request_uri": "https://reader.example/r"}, "request_uri_not_supported"),
    ],
)
def test_every_other_error_goes_to_the_client_with_its_state_and_our_name(make_client, changes, error):
    with pytest.raises(AuthorizationRefused) as refusal:
        read_authorization_request(parameters(**changes), make_client())
    location = urlsplit(refusal.value.location(ISSUER))
    assert location._replace(query="").geturl() == GOOD["redirect_uri"]
    answer = parse_qs(location.query)
    assert (answer["error"], answer["state"], answer["iss"]) == ([error], ["state-1"], [ISSUER])


def test_a_repeated_parameter_is_refused(make_client):
    with pytest.raises(AuthorizationRefused) as refusal:
        read_authorization_request([*parameters(), ("scope", "openid")], make_client())
    assert refusal.value.error.error == "invalid_request"


@pytest.mark.parametrize("states", [["a", "b"], ["x" * 2001]])
def test_a_state_that_is_itself_wrong_is_not_sent_back(make_client, states):
    with pytest.raises(AuthorizationRefused) as refusal:
        read_authorization_request([*parameters(state=None), *(("state", state) for state in states)], make_client())
    assert "state" not in parse_qs(urlsplit(refusal.value.location(ISSUER)).query)


def test_the_answer_carries_code_state_and_issuer(make_request):
    answer = parse_qs(urlsplit(code_location(make_request(), "the-code", ISSUER)).query)
    assert answer == {"code": ["the-code"], "state": ["s"], "iss": [ISSUER]}


@pytest.fixture
def step(make_client, make_request, now):
    def decide_on(request=None, *, session=None, consent=None, since=None, first_party=True, **changes):
        return decide(
            request or make_request(**changes),
            client=make_client(first_party=first_party),
            session=session,
            consent=consent,
            since=since,
            now=now,
        )

    return decide_on


@pytest.fixture
def make_consent(now):
    def make(scopes, given_at=now):
        return Consent(id=new_id(), user_id=new_id(), client_id="reader", scopes=frozenset(scopes), given_at=given_at)

    return make


def test_a_signed_in_person_goes_straight_through_to_our_own_application(step, make_session):
    session = make_session()
    assert step(session=session) == Answer(session)


def test_who_is_not_signed_in_is_asked_to(step, now):
    assert step() == AskToSignIn(now)


def test_the_moment_of_the_first_question_is_kept_through_further_ones(step, now):
    earlier = now - timedelta(minutes=3)
    assert step(since=earlier) == AskToSignIn(earlier)


@pytest.mark.parametrize("prompt", [Prompt.LOGIN, Prompt.SELECT_ACCOUNT])
def test_prompt_login_is_answered_only_by_a_session_that_started_since(step, make_session, now, prompt):
    prompts = frozenset({prompt})
    asked = now - timedelta(minutes=1)
    old = make_session(started_at=asked - timedelta(seconds=1))
    fresh = make_session(started_at=asked)
    assert step(session=old, prompts=prompts) == AskToSignIn(now)
    assert step(session=old, since=asked, prompts=prompts) == AskToSignIn(asked)
    assert step(session=fresh, since=asked, prompts=prompts) == Answer(fresh)


def test_max_age_asks_again_for_an_older_sign_in(step, make_session, now):
    session = make_session(started_at=now - timedelta(seconds=100))
    assert step(session=session, max_age=101) == Answer(session)
    assert step(session=session, max_age=100) == AskToSignIn(now)


def test_max_age_zero_does_not_ask_for_ever(step, make_session, now):
    asked = now - timedelta(seconds=20)
    session = make_session(started_at=now - timedelta(seconds=5))
    assert step(session=session, since=asked, max_age=0) == Answer(session)


def test_prompt_none_never_asks(step, make_session):
    none = frozenset({Prompt.NONE})
    with pytest.raises(AuthorizationRefused) as refusal:
        step(prompts=none)
    assert isinstance(refusal.value.error, LoginRequired)
    with pytest.raises(AuthorizationRefused) as refusal:
        step(prompts=none, session=make_session(), first_party=False)
    assert isinstance(refusal.value.error, ConsentRequired)


def test_somebody_elses_application_needs_consent_to_every_scope(step, make_session, make_consent, now):
    session = make_session()
    ask = AskForConsent(frozenset({"openid", "profile"}), now)
    assert step(session=session, first_party=False) == ask
    assert step(session=session, first_party=False, consent=make_consent({"openid"})) == ask
    assert step(session=session, first_party=False, consent=make_consent({"openid", "profile", "email"})) == Answer(
        session
    )


def test_prompt_consent_asks_again_once(step, make_session, make_consent, now):
    session, prompts, asked = make_session(), frozenset({Prompt.CONSENT}), now - timedelta(seconds=20)
    old = make_consent({"openid", "profile"}, asked - timedelta(days=1))
    assert isinstance(step(session=session, first_party=False, prompts=prompts, consent=old), AskForConsent)
    assert isinstance(
        step(session=session, first_party=False, prompts=prompts, consent=old, since=asked), AskForConsent
    )
    old.extend(frozenset({"openid"}), now)
    assert step(session=session, first_party=False, prompts=prompts, consent=old, since=asked) == Answer(session)
