"""Signing in and out, with all that keeps others from it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lyceum.auth.domain.entities import PasswordCredential, Session, SessionEnd
from lyceum.auth.domain.errors import SessionNotFound, SignInFailed, SignInLocked
from lyceum.auth.domain.policies import lockout
from lyceum.auth.schemas.events import SessionRevoked, SessionStarted
from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import PageRequest
from lyceum.kernel.principal import Principal

WRONG = "wrong horse battery"


async def test_the_right_password_starts_a_session_that_is_told_and_written_down(memory, sign_up, sign_in):
    ada = await sign_up()
    signed_in = await sign_in(ada)
    [session] = memory.stored(Session)
    assert (signed_in.info.id, signed_in.info.user.id) == (session.id, ada.id)
    [started] = memory.store.published(SessionStarted)
    assert started.user_id == ada.id
    assert [(entry.action, entry.actor) for entry in memory.log] == [("auth.session.started", ada.id)]
    assert signed_in.session_token not in repr(vars(session))


async def test_a_wrong_password_an_unknown_address_and_a_closed_account_cost_and_say_the_same(
    memory, services, users, sign_up, sign_in, browser, hasher
):
    ada, bob = await sign_up(), await sign_up("bob")
    users.deactivate(bob.id)
    refusals = []
    for email, password in ((ada.email, WRONG), ("nobody@example.org", WRONG), (bob.email, "correct horse battery")):
        with pytest.raises(SignInFailed) as refusal:
            await services.signing_in().sign_in(email=email, password=password, browser=browser())
        refusals.append((str(refusal.value), refusal.value.extensions))
    assert len({str(refusal) for refusal in refusals}) == 1
    assert hasher.verified == 3
    assert memory.stored(Session) == []
    assert [entry.action for entry in memory.log] == ["auth.sign-in.refused"] * 3


async def test_an_outdated_hash_is_made_anew_by_the_next_right_password(memory, sign_up, sign_in, hasher):
    ada = await sign_up()
    hasher.outdated = True
    with pytest.raises(SignInFailed):
        await sign_in(ada, WRONG)
    assert [each.encoded for each in memory.stored(PasswordCredential)] == ["plain:correct horse battery"]
    await sign_in(ada)
    assert [each.encoded for each in memory.stored(PasswordCredential)] == ["new:correct horse battery"]


async def test_a_locked_account_is_not_even_looked_at(memory, sign_up, sign_in, hasher):
    ada = await sign_up()
    for _ in range(lockout.FREE_FAILURES):
        with pytest.raises(SignInFailed):
            await sign_in(ada, WRONG)
    asked, written = hasher.verified, len(memory.log)
    with pytest.raises(SignInLocked) as refusal:
        await sign_in(ada)
    assert refusal.value.extensions == {"retry_after": 30}
    assert (hasher.verified, len(memory.log)) == (asked, written)


async def test_a_session_is_ended_by_its_owner_alone_and_once(memory, services, sign_up, sign_in, as_principal):
    ada, bob = await sign_up(), await sign_up("bob")
    hers, his = await sign_in(ada), await sign_in(bob)
    for session_id in (hers.info.id, new_id()):
        with pytest.raises(SessionNotFound):
            await services.signing_in().revoke(as_principal(his), session_id)
    for _ in range(2):
        await services.signing_in().revoke(as_principal(hers), hers.info.id)
    assert [each.session_id for each in memory.store.published(SessionRevoked)] == [hers.info.id]
    assert [each.revoked_because for each in memory.stored(Session)] == [SessionEnd.REVOKED, None]


async def test_nobody_who_is_not_signed_in_has_sessions(services, clock):
    service, nobody = services.signing_in(), Principal()
    for call in (
        service.sign_out(nobody),
        service.revoke(nobody, new_id()),
        service.sessions(nobody, page=PageRequest()),
        service.current(nobody, "token"),
        service.current(Principal(user_id=new_id(), session_id=new_id()), None),
        service.current(Principal(user_id=new_id(), session_id=new_id(), scopes=frozenset({"openid"})), "token"),
        service.current(Principal(user_id=new_id(), session_id=new_id()), "token"),
    ):
        with pytest.raises(NotAuthenticated):
            await call


async def test_the_session_in_use_is_marked_among_the_others(services, sign_up, sign_in, as_principal):
    ada = await sign_up()
    await sign_in(ada)
    here = await sign_in(ada)
    page = await services.signing_in().sessions(as_principal(here), page=PageRequest())
    assert [each.current for each in page.items] == [True, False]


attempts = st.tuples(st.sampled_from(["home", "cafe", "abroad"]), st.booleans(), st.integers(0, 1200))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(attempts, max_size=40))
async def test_whatever_happens_a_network_gets_no_more_free_guesses_and_is_freed_by_the_right_password(
    memory, sign_up, sign_in, clock, users, steps
):
    """The model: from each place the mistakes since the last success there, and when the last one was."""
    users.users.clear()
    memory.clear()
    ada = await sign_up()
    addresses = {"home": "192.0.2.7", "cafe": "198.51.100.7", "abroad": "203.0.113.7"}
    mistakes, last = dict.fromkeys(addresses, 0), dict.fromkeys(addresses, clock.now())
    for place, knows, pause in steps:
        clock.advance(timedelta(seconds=pause))
        over = max(0, mistakes[place] - lockout.FREE_FAILURES)
        lock = min(lockout.FIRST_LOCK * 2 ** min(over, 10), lockout.LONGEST_LOCK)
        locked = mistakes[place] >= lockout.FREE_FAILURES and clock.now() < last[place] + lock
        try:
            await sign_in(ada, "correct horse battery" if knows else WRONG, address=addresses[place])
        except SignInLocked:
            assert locked
        except SignInFailed:
            assert not locked
            assert not knows
            mistakes[place] += 1
            last[place] = clock.now()
        else:
            assert not locked
            assert knows
            mistakes[place] = 0
    assert len(memory.stored(Session)) == sum(entry.action == "auth.session.started" for entry in memory.log)
