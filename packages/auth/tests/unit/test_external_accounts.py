"""What comes back from an external provider, and whose account it is."""

from datetime import timedelta

import pytest

from lyceum.auth.domain.entities import PendingSignIn
from lyceum.auth.domain.errors import (
    ExternalAccountInUse,
    ExternalSignInFailed,
    LinkWhileSignedIn,
    NoAccountForExternalSignIn,
)
from lyceum.auth.domain.policies.account_linking import Link, MakeAccount, SignIn, who_is
from lyceum.auth.domain.policies.external_callback import ExternalCallback, read_callback
from lyceum.auth.domain.values import ExternalClaims, ExternalProvider
from lyceum.kernel.ids import new_id

ISSUER = "https://id.example"


def test_the_callback_is_read():
    assert read_callback([("code", "c"), ("state", "s"), ("iss", ISSUER)]) == ExternalCallback("s", "c", ISSUER)


@pytest.mark.parametrize(
    "parameters",
    [
        [],
        [("code", "c")],
        [("state", "s")],
        [("code", "c"), ("state", "")],
        [("code", "c"), ("code", "d"), ("state", "s")],
        [("code", "c"), ("state", "s"), ("error", "server_error")],
        [("error", "access_denied"), ("state", "s")],
        [("code", "c" * 4001), ("state", "s")],
    ],
)
def test_a_callback_without_exactly_one_code_and_state_is_refused(parameters):
    with pytest.raises(ExternalSignInFailed):
        read_callback(parameters)


@pytest.fixture
def pending(now):
    return PendingSignIn.start(
        provider="example",
        state="s",
        browser="b",
        nonce="n",
        code_verifier="v",
        return_to="/courses",
        link_to=None,
        now=now,
    )


def test_only_the_browser_that_started_a_sign_in_can_finish_it(pending, now):
    pending.check_return(provider="example", browser="b", now=now + timedelta(minutes=9))
    for wrong in ({"browser": "another"}, {"provider": "another"}, {"now": now + timedelta(minutes=10)}):
        with pytest.raises(ExternalSignInFailed):
            pending.check_return(**({"provider": "example", "browser": "b", "now": now} | wrong))


ADA, EVE = new_id(), new_id()
TRUSTED = ExternalProvider(name="t", issuer=ISSUER, client_id="c", trusts_email=True, makes_accounts=True)
UNTRUSTED = ExternalProvider(name="u", issuer=ISSUER, client_id="c", makes_accounts=True)
CLAIMS = ExternalClaims(issuer=ISSUER, subject="1", email="ada@example.org", email_verified=True, name="Ada")
UNVERIFIED = ExternalClaims(issuer=ISSUER, subject="1", email="ada@example.org")


def decide(claims=CLAIMS, provider=TRUSTED, *, linked_to=None, link_to=None, account=None):
    return who_is(claims, provider, linked_to=linked_to, link_to=link_to, account_with_email=account)


def test_a_linked_account_signs_in_whatever_its_address_says_now():
    assert decide(UNVERIFIED, UNTRUSTED, linked_to=ADA, account=EVE) == SignIn(ADA)


def test_a_verified_address_links_only_where_the_provider_is_trusted_for_it():
    assert decide(account=ADA) == Link(ADA)
    with pytest.raises(LinkWhileSignedIn):
        decide(provider=UNTRUSTED, account=ADA)
    with pytest.raises(LinkWhileSignedIn):
        decide(UNVERIFIED, account=ADA)


def test_a_signed_in_person_links_any_account_that_is_nobody_elses():
    assert decide(UNVERIFIED, UNTRUSTED, link_to=ADA, account=EVE) == Link(ADA)
    assert decide(link_to=ADA, linked_to=ADA) == SignIn(ADA)
    with pytest.raises(ExternalAccountInUse):
        decide(link_to=ADA, linked_to=EVE)


def test_a_new_account_needs_a_verified_address_from_a_trusted_provider_that_may_make_accounts():
    assert decide() == MakeAccount("ada@example.org", "Ada")
    nameless = ExternalClaims(issuer=ISSUER, subject="1", email="ada@example.org", email_verified=True)
    assert decide(nameless) == MakeAccount("ada@example.org", "ada")
    closed = ExternalProvider(name="t", issuer=ISSUER, client_id="c", trusts_email=True)
    for claims, provider in [(UNVERIFIED, TRUSTED), (CLAIMS, UNTRUSTED), (CLAIMS, closed)]:
        with pytest.raises(NoAccountForExternalSignIn):
            decide(claims, provider)
