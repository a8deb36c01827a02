"""Browser sessions."""

from datetime import timedelta

import pytest

from lyceum.auth.domain.entities import SessionEnd, SessionLifetime, SessionWasRevoked, SessionWasStarted
from lyceum.auth.domain.values import csrf_token, fingerprint, opaque_token

LIFETIME = SessionLifetime(idle=timedelta(hours=8), absolute=timedelta(days=2), resolution=timedelta(minutes=1))


def test_a_session_keeps_only_the_hash_of_its_token_and_does_not_print_it(make_session):
    session = make_session(token="secret-token")
    assert session.token_hash == fingerprint("secret-token")
    assert "secret-token" not in repr(session)
    assert repr(session.token_hash) not in repr(session)
    assert [type(event) for event in session.collect_events()] == [SessionWasStarted]


def test_a_session_runs_out_when_it_rests_too_long(make_session, now):
    session = make_session()
    assert session.is_active(now + LIFETIME.idle - timedelta(seconds=1), LIFETIME)
    assert not session.is_active(now + LIFETIME.idle, LIFETIME)


def test_use_keeps_a_session_alive_until_its_absolute_end(make_session, now):
    session, moment = make_session(), now
    while moment < session.expires_at:
        assert session.is_active(moment, LIFETIME)
        session.see(network="192.0.2.0/24", lifetime=LIFETIME, now=moment)
        moment += LIFETIME.idle / 2
    assert not session.is_active(session.expires_at, LIFETIME)


def test_use_is_noted_once_a_minute_or_when_the_network_changes(make_session, now):
    session = make_session()
    assert not session.see(network=session.network, lifetime=LIFETIME, now=now + timedelta(seconds=59))
    assert session.see(network="203.0.113.0/24", lifetime=LIFETIME, now=now + timedelta(seconds=59))
    assert session.see(network="203.0.113.0/24", lifetime=LIFETIME, now=now + timedelta(seconds=119))


def test_a_revoked_session_stays_revoked_for_its_first_reason(make_session, now):
    session = make_session()
    session.collect_events()
    session.revoke(SessionEnd.SIGNED_OUT, now)
    session.revoke(SessionEnd.REVOKED, now + timedelta(seconds=1))
    assert not session.is_active(now, LIFETIME)
    assert session.revoked_because is SessionEnd.SIGNED_OUT
    assert [type(event) for event in session.collect_events()] == [SessionWasRevoked]


def test_an_endless_user_agent_is_cut(make_session, now):
    session = make_session()
    session = type(session).start(
        user_id=session.user_id,
        token="t",
        user_agent="x" * 100_000,
        network="unknown",
        familiar=False,
        lifetime=LIFETIME,
        now=now,
    )
    assert len(session.user_agent) == 300


def test_an_opaque_token_has_256_bits_of_url_safe_text():
    token = opaque_token(bytes(range(32)))
    assert len(token) == 43
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def test_a_token_of_too_few_bits_is_refused():
    with pytest.raises(ValueError, match="32 random bytes"):
        opaque_token(bytes(31))


def test_the_csrf_token_depends_on_the_session_token_and_gives_nothing_of_it_away():
    assert csrf_token("one") == csrf_token("one") != csrf_token("two")
    assert csrf_token("one") not in (fingerprint("one").hex(), "one")
