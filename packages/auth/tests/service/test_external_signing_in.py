"""Signing in with accounts elsewhere; the provider's half is played by the test."""

from datetime import timedelta

import pytest

from lyceum.auth.domain.entities import ExternalIdentity, PendingSignIn, Session
from lyceum.auth.domain.errors import (
    ExternalAccountInUse,
    ExternalIdentityNotFound,
    ExternalSignInFailed,
    LastWayToSignIn,
    LinkWhileSignedIn,
    NoAccountForExternalSignIn,
    ProviderNotFound,
)
from lyceum.auth.domain.values.external import ExternalClaims, ExternalProvider
from lyceum.kernel.errors import NotAuthenticated, Unavailable
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import PageRequest
from lyceum.kernel.principal import ANONYMOUS

ISSUER = "https://idp.example"


class Double:
    """Says of everybody who comes back what the test wants, or raises it."""

    def __init__(self) -> None:
        self.says = ExternalClaims(issuer=ISSUER, subject="s1", email="ada@example.org", email_verified=True)
        self.sent = {}
        self.redeemed = {}

    async def authorization_url(self, **sent):
        if isinstance(self.says, Exception):
            raise self.says
        self.sent = sent
        return ISSUER

    async def redeem(self, callback, **redeemed):
        if isinstance(self.says, Exception):
            raise self.says
        self.redeemed = redeemed
        return self.says


@pytest.fixture
def idp(parties):
    double = Double()
    for name, trusted in (("trusted", True), ("stranger", False)):
        known = ExternalProvider(name=name, issuer=ISSUER, client_id="us", trusts_email=trusted, makes_accounts=trusted)
        parties[name] = (known, double)
    return double


@pytest.fixture
def external(services, idp):
    return services.external_signing_in()


@pytest.fixture
def trip(external, idp, browser):
    """There and back again; `changes` are to what comes back."""

    async def make(principal=ANONYMOUS, provider="trusted", *, link=False, secret=None, back_to=None, **changes):
        departure = await external.start(principal, provider, return_to="/courses", link=link)
        returned = {"state": idp.sent["state"], "code": "c", "iss": ISSUER} | changes
        return await external.finish(
            principal,
            back_to or provider,
            list(returned.items()),
            secret=departure.browser_secret if secret is None else secret,
            browser=browser(),
        )

    return make


async def test_what_was_sent_off_is_what_the_answer_is_checked_with(memory, trip, idp):
    arrival = await trip()
    assert arrival.return_to == "/courses"
    assert {name: idp.sent[name] for name in idp.redeemed} == idp.redeemed
    assert memory.stored(PendingSignIn) == []


async def test_somebody_new_gets_an_account_once(memory, trip, users):
    first, second = await trip(), await trip()
    assert first.signed_in.info.user == second.signed_in.info.user
    assert (len(users.users), len(memory.stored(ExternalIdentity)), len(memory.stored(Session))) == (1, 1, 2)


async def test_nobody_is_signed_in(memory, external, trip, users, sign_up, idp, clock):
    ada = await sign_up()
    unverified = ExternalClaims(issuer=ISSUER, subject="s2", email="new@example.org", email_verified=False)
    for says, options, refusal in (
        (unverified, {}, NoAccountForExternalSignIn),
        (idp.says, {"provider": "stranger"}, LinkWhileSignedIn),
        (ExternalClaims(issuer=ISSUER, subject="s2"), {}, NoAccountForExternalSignIn),
        (idp.says, {"state": "another"}, ExternalSignInFailed),
        (idp.says, {"secret": "of another browser"}, ExternalSignInFailed),
        (idp.says, {"back_to": "stranger"}, ExternalSignInFailed),
        (idp.says, {"error": "access_denied"}, ExternalSignInFailed),
        (idp.says, {"provider": "unknown"}, ProviderNotFound),
        (idp.says, {"link": True}, NotAuthenticated),
    ):
        idp.says = says
        with pytest.raises(refusal):
            await trip(**options)
        idp.says = ExternalClaims(issuer=ISSUER, subject="s1", email=ada.email, email_verified=True)
    users.deactivate(ada.id)
    with pytest.raises(ExternalSignInFailed):
        await trip()
    assert (memory.stored(Session), memory.stored(ExternalIdentity)) == ([], [])


@pytest.mark.parametrize("error", [ExternalSignInFailed(), Unavailable()])
async def test_a_provider_that_fails_signs_nobody_in_and_the_way_back_is_used_up(memory, external, idp, browser, error):
    departure = await external.start(ANONYMOUS, "trusted", return_to="/", link=False)
    back = [("state", idp.sent["state"]), ("code", "c")]
    says, idp.says = idp.says, error
    with pytest.raises(type(error)):
        await external.finish(ANONYMOUS, "trusted", back, secret=departure.browser_secret, browser=browser())
    idp.says = says
    with pytest.raises(ExternalSignInFailed):
        await external.finish(ANONYMOUS, "trusted", back, secret=departure.browser_secret, browser=browser())
    assert memory.stored(Session) == []


async def test_who_comes_back_too_late_starts_again(external, idp, browser, clock):
    departure = await external.start(ANONYMOUS, "trusted", return_to="/", link=False)
    clock.advance(timedelta(minutes=10))
    with pytest.raises(ExternalSignInFailed):
        await external.finish(
            ANONYMOUS,
            "trusted",
            [("state", idp.sent["state"]), ("code", "c")],
            secret=departure.browser_secret,
            browser=browser(),
        )


async def test_an_account_is_linked_to_who_asked_and_to_nobody_else(
    memory, trip, idp, sign_up, sign_in, as_principal, external
):
    ada, bob = [as_principal(await sign_in(await sign_up(name))) for name in ("ada", "bob")]
    idp.says = ExternalClaims(issuer=ISSUER, subject="s9")
    assert (await trip(ada, "stranger", link=True)).signed_in is None
    with pytest.raises(ExternalAccountInUse):
        await trip(bob, "stranger", link=True)
    [identity] = memory.stored(ExternalIdentity)
    assert identity.user_id == ada.user_id
    with pytest.raises(ExternalIdentityNotFound):
        await external.unlink(bob, identity.id)
    with pytest.raises(NotAuthenticated):
        await external.unlink(ANONYMOUS, identity.id)
    await external.unlink(ada, identity.id)
    assert (await external.identities(ada, page=PageRequest())).items == []


async def test_a_link_is_not_made_for_who_signed_in_meanwhile(
    memory, external, idp, browser, sign_up, sign_in, as_principal
):
    ada, bob = [as_principal(await sign_in(await sign_up(name))) for name in ("ada", "bob")]
    departure = await external.start(ada, "stranger", return_to="/", link=True)
    back = [("state", idp.sent["state"]), ("code", "c")]
    with pytest.raises(ExternalSignInFailed):
        await external.finish(bob, "stranger", back, secret=departure.browser_secret, browser=browser())
    assert memory.stored(ExternalIdentity) == []


async def test_the_last_way_to_sign_in_stays(memory, trip, external, as_principal):
    signed_in = (await trip()).signed_in
    [identity] = memory.stored(ExternalIdentity)
    with pytest.raises(LastWayToSignIn):
        await external.unlink(as_principal(signed_in), identity.id)
    with pytest.raises(ExternalIdentityNotFound):
        await external.unlink(as_principal(signed_in), new_id())
