"""Passwords: changed, forgotten, set anew by mail."""

from datetime import timedelta

import pytest

from lyceum.auth.domain.entities import PasswordCredential, Session, SessionEnd
from lyceum.auth.domain.errors import ResetLinkInvalid, SignInFailed, SignInLocked, WeakPassword, WrongPassword
from lyceum.auth.domain.policies import lockout
from lyceum.auth.services.passwords import RESETS_A_DAY, SEND_RESET
from lyceum.identity.ports import PasswordRefused
from lyceum.kernel.errors import NotAuthenticated
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Principal

OLD, NEW, WEAK = "correct horse battery", "staple battery horse", "short"


@pytest.fixture
def passwords(services):
    return services.passwords()


@pytest.fixture
async def ada(sign_up):
    return await sign_up()


@pytest.fixture
async def ada_here(ada, sign_in, as_principal):
    return as_principal(await sign_in(ada))


@pytest.fixture
def mailed(passwords, mails, ada):
    """Asks for a link; the token in the mail."""

    async def token():
        await passwords.request_reset(email=ada.email)
        await passwords.send_reset(email=ada.email)
        return mails.tokens[-1]

    return token


async def test_a_new_password_ends_all_other_sessions(memory, passwords, browser, ada, ada_here, sign_in):
    await sign_in(ada)
    await passwords.change(ada_here, current=OLD, new=NEW, browser=browser())
    assert [each.revoked_because for each in memory.stored(Session)] == [None, SessionEnd.PASSWORD_CHANGED]
    assert memory.log[-1].action == "auth.password.changed"
    await sign_in(ada, NEW)


async def test_a_password_is_not_changed(memory, passwords, users, browser, ada_here):
    with pytest.raises(NotAuthenticated):
        await passwords.change(Principal(), current=OLD, new=NEW, browser=browser())
    with pytest.raises(WrongPassword):
        await passwords.change(ada_here, current=NEW, new=NEW, browser=browser())
    with pytest.raises(WeakPassword):
        await passwords.change(ada_here, current=OLD, new=WEAK, browser=browser())
    users.users.clear()
    with pytest.raises(NotAuthenticated):
        await passwords.change(ada_here, current=OLD, new=NEW, browser=browser())
    assert [each.encoded for each in memory.stored(PasswordCredential)] == [f"plain:{OLD}"]


async def test_guessing_the_present_password_is_locked_like_signing_in(passwords, browser, ada_here):
    for _ in range(lockout.FREE_FAILURES):
        with pytest.raises(WrongPassword):
            await passwords.change(ada_here, current=NEW, new=NEW, browser=browser())
    with pytest.raises(SignInLocked):
        await passwords.change(ada_here, current=OLD, new=NEW, browser=browser())


async def test_weak_new_passwords_lock_nobody_out(passwords, browser, ada, ada_here, sign_in):
    for _ in range(lockout.FREE_FAILURES + 1):
        with pytest.raises(WeakPassword):
            await passwords.change(ada_here, current=OLD, new=WEAK, browser=browser())
    await sign_in(ada)


async def test_a_link_sets_a_new_password_once_and_ends_every_session(
    memory, passwords, mailed, ada, ada_here, sign_in
):
    token = await mailed()
    assert await passwords.complete_reset(token=token, password=NEW) == ada.id
    assert [each.revoked_because for each in memory.stored(Session)] == [SessionEnd.PASSWORD_CHANGED]
    with pytest.raises(ResetLinkInvalid):
        await passwords.complete_reset(token=token, password=OLD)
    with pytest.raises(SignInFailed):
        await sign_in(ada, OLD)
    await sign_in(ada, NEW)


async def test_a_link_is_refused(passwords, users, mailed, clock, ada):
    token = await mailed()
    for forged in ("", "a", token[:-1], token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), "é" * 60, token + "A" * 8):
        with pytest.raises(ResetLinkInvalid):
            await passwords.complete_reset(token=forged, password=NEW)
    with pytest.raises(WeakPassword):
        await passwords.complete_reset(token=token, password=WEAK)
    clock.advance(timedelta(hours=1))
    with pytest.raises(ResetLinkInvalid):
        await passwords.complete_reset(token=token, password=NEW)
    fresh = await mailed()
    users.deactivate(ada.id)
    with pytest.raises(ResetLinkInvalid):
        await passwords.complete_reset(token=fresh, password=NEW)
    users.users.clear()
    with pytest.raises(ResetLinkInvalid):
        await passwords.complete_reset(token=fresh, password=NEW)


async def test_a_few_mails_a_day_go_to_those_who_have_an_account(memory, passwords, mails, users, ada):
    for _ in range(RESETS_A_DAY + 2):
        await passwords.request_reset(email=ada.email)
    await passwords.request_reset(email="nobody@example.org")
    assert memory.store.jobs == [(SEND_RESET, {"email": ada.email})] * RESETS_A_DAY + [
        (SEND_RESET, {"email": "nobody@example.org"})
    ]
    await passwords.send_reset(email="nobody@example.org")
    users.deactivate(ada.id)
    await passwords.send_reset(email=ada.email)
    assert mails.tokens == []


async def test_who_makes_accounts_can_keep_no_weak_password_and_forget_any(memory, passwords, ada):
    with pytest.raises(PasswordRefused):
        await passwords.set_password(user_id=ada.id, password=WEAK, email=ada.email, display_name="Ada")
    await passwords.forget(user_ids=[ada.id, new_id()])
    assert memory.stored(PasswordCredential) == []
