"""Codes and refresh tokens: bound, used once, and revoked together when somebody uses one twice."""

import base64
import hashlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.auth.domain.entities import (
    AuthorizationCode,
    FamilyEnd,
    FamilyWasRevoked,
    TokenFamily,
    parse_refresh_token,
    refresh_token,
)
from lyceum.auth.domain.oauth_errors import (
    GrantReplayed,
    InvalidGrant,
    InvalidScope,
)
from lyceum.auth.domain.values import challenge_of, is_code_challenge, verifies
from lyceum.kernel.ids import new_id


def test_the_challenge_is_that_of_the_example_in_rfc_7636():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert verifies(verifier, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")


@pytest.mark.parametrize("verifier", ["", "v" * 42, "v" * 129, "ä" * 43, "v" * 42 + "\n", "v" * 42 + "="])
def test_a_malformed_verifier_verifies_nothing(verifier):
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert is_code_challenge(challenge)
    assert not verifies(verifier, challenge)


@pytest.fixture
def code(make_request, make_session, now):
    return AuthorizationCode.issue(
        code="the-code",
        request=make_request(scopes=frozenset({"openid", "profile", "offline_access"})),
        session=make_session(),
        family_id=new_id(),
        now=now,
    )


@pytest.fixture
def binding(now, verifier):
    return {
        "client_id": "reader",
        "redirect_uri": "https://reader.example/callback",
        "verifier": verifier,
        "now": now + timedelta(seconds=59),
    }


def test_a_code_is_redeemed_once_and_a_second_time_is_a_replay(code, binding):
    code.redeem(**binding)
    with pytest.raises(GrantReplayed):
        code.redeem(**binding)


def test_a_replay_is_noticed_without_the_verifier_and_long_after(code, binding, now):
    code.redeem(**binding)
    with pytest.raises(GrantReplayed):
        code.redeem(**binding | {"verifier": "x" * 43, "now": now + timedelta(days=1)})


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "another"},
        {"redirect_uri": "https://reader.example/other"},
        {"verifier": "w" * 43},
        {"verifier": ""},
    ],
)
def test_a_code_is_worth_nothing_without_what_it_is_bound_to_and_stays_good(code, binding, change):
    with pytest.raises(InvalidGrant) as refusal:
        code.redeem(**binding | change)
    assert not isinstance(refusal.value, GrantReplayed)
    code.redeem(**binding)


def test_another_client_can_not_make_a_used_code_count_as_replayed(code, binding):
    code.redeem(**binding)
    with pytest.raises(InvalidGrant) as refusal:
        code.redeem(**binding | {"client_id": "another"})
    assert not isinstance(refusal.value, GrantReplayed)


def test_a_code_ends_after_a_minute(code, binding, now):
    with pytest.raises(InvalidGrant):
        code.redeem(**binding | {"now": now + timedelta(seconds=60)})


@pytest.fixture
def family(code, now):
    return TokenFamily.start(code, handle="handle", secret="secret-0", now=now)


def test_a_refresh_token_is_replaced_on_every_use(family, now):
    family.rotate(client_id="reader", secret="secret-0", successor="secret-1", now=now)
    family.rotate(client_id="reader", secret="secret-1", successor="secret-2", now=now)
    with pytest.raises(GrantReplayed):
        family.rotate(client_id="reader", secret="secret-0", successor="x", now=now)


def test_a_replay_told_apart_from_a_bad_grant_looks_the_same_to_the_client():
    assert GrantReplayed().document() == InvalidGrant().document()
    assert GrantReplayed().status == InvalidGrant().status


def test_a_revoked_family_is_over_even_for_its_current_token(family, now):
    family.revoke(FamilyEnd.TOKEN_REUSED, now)
    family.revoke(FamilyEnd.SESSION_ENDED, now)
    assert family.revoked_because is FamilyEnd.TOKEN_REUSED
    assert [type(event) for event in family.collect_events()] == [FamilyWasRevoked]
    with pytest.raises(InvalidGrant):
        family.rotate(client_id="reader", secret="secret-0", successor="x", now=now)


def test_another_client_can_neither_use_a_refresh_token_nor_end_its_family(family, now):
    with pytest.raises(InvalidGrant) as refusal:
        family.rotate(client_id="another", secret="secret-0", successor="x", now=now)
    assert not isinstance(refusal.value, GrantReplayed)
    family.rotate(client_id="reader", secret="secret-0", successor="x", now=now)


def test_a_refresh_token_ends_when_it_is_not_used_and_in_any_case_after_half_a_year(family, now):
    with pytest.raises(InvalidGrant):
        family.rotate(client_id="reader", secret="secret-0", successor="x", now=now + timedelta(days=30))
    moment, secret = now, 0
    while moment < now + timedelta(days=180):
        family.rotate(client_id="reader", secret=f"secret-{secret}", successor=f"secret-{secret + 1}", now=moment)
        moment, secret = moment + timedelta(days=20), secret + 1
    with pytest.raises(InvalidGrant):
        family.rotate(client_id="reader", secret=f"secret-{secret}", successor="x", now=moment)


@settings(max_examples=100)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_in_whatever_order_tokens_are_used_an_old_one_ends_the_family_for_good(uses):
    """Every attempt presents one of the tokens given out so far; the model is the number of the current one."""
    from datetime import UTC, datetime  # the fixtures of this file can't be used with @given

    now = datetime(2026, 3, 2, tzinfo=UTC)
    family = TokenFamily(
        id=new_id(),
        handle_hash=b"",
        secret_hash=hashlib.sha256(b"secret-0").digest(),
        client_id="reader",
        user_id=new_id(),
        session_id=new_id(),
        scopes=frozenset({"openid"}),
        authenticated_at=now,
        last_used_at=now,
        expires_at=now + timedelta(days=1),
    )
    current, ended = 0, False
    for use in uses:
        presented = min(use, current)
        try:
            family.rotate(client_id="reader", secret=f"secret-{presented}", successor=f"secret-{current + 1}", now=now)
        except GrantReplayed:
            assert not ended
            assert presented < current
            family.revoke(FamilyEnd.TOKEN_REUSED, now)
            ended = True
        except InvalidGrant:
            assert ended
        else:
            assert not ended
            assert presented == current
            current += 1


def test_a_refresh_may_narrow_the_scopes_and_never_widen_them(family):
    assert family.narrow(None) == {"openid", "profile", "offline_access"}
    assert family.narrow(frozenset({"openid"})) == {"openid"}
    for wider in (frozenset({"openid", "email"}), frozenset()):
        with pytest.raises(InvalidScope):
            family.narrow(wider)


def test_only_offline_access_outlives_the_browser_session(family):
    assert family.outlives_session
    family.scopes = frozenset({"openid"})
    assert not family.outlives_session


def test_a_refresh_token_is_handle_and_secret():
    assert parse_refresh_token(refresh_token("handle", "secret")) == ("handle", "secret")


@pytest.mark.parametrize("token", ["", ".", "handle", "handle.", ".secret"])
def test_anything_else_is_no_refresh_token(token):
    with pytest.raises(InvalidGrant):
        parse_refresh_token(token)
