"""Accounts at external OpenID Providers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from lyceum.auth.domain.errors import ExternalSignInFailed
from lyceum.auth.domain.values.tokens import fingerprint, same
from lyceum.kernel.aggregate import Aggregate
from lyceum.kernel.ids import new_id

PENDING_FOR = timedelta(minutes=10)


@dataclass(kw_only=True, eq=False)
class ExternalIdentity(Aggregate):
    """A person's account elsewhere, known by issuer and subject (OpenID Connect Core section 5.7), never by e-mail."""

    id: UUID
    user_id: UUID
    issuer: str
    subject: str
    linked_at: datetime


@dataclass(kw_only=True, eq=False)
class PendingSignIn(Aggregate):
    """A sign-in that was sent to an external provider and has not come back yet. Used once, within ten minutes.

    `state` finds it and `browser_hash` ties it to the browser that started it, so that nobody can be signed in to
    somebody else's account by a link (login CSRF, RFC 6749 section 10.12). `link_to` is the signed-in user who wants to
    link the account, if that is what it is for.
    """

    id: UUID
    provider: str
    state_hash: bytes = field(repr=False)
    browser_hash: bytes = field(repr=False)
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)
    return_to: str
    link_to: UUID | None
    expires_at: datetime

    @classmethod
    def start(
        cls,
        *,
        provider: str,
        state: str,
        browser: str,
        nonce: str,
        code_verifier: str,
        return_to: str,
        link_to: UUID | None,
        now: datetime,
    ) -> "PendingSignIn":
        """A sign-in about to be sent off. `browser` is a secret that the browser keeps in a cookie meanwhile."""
        return cls(
            id=new_id(),
            provider=provider,
            state_hash=fingerprint(state),
            browser_hash=fingerprint(browser),
            nonce=nonce,
            code_verifier=code_verifier,
            return_to=return_to,
            link_to=link_to,
            expires_at=now + PENDING_FOR,
        )

    def check_return(self, *, provider: str, browser: str, now: datetime) -> None:
        """Raises `ExternalSignInFailed` unless the same browser comes back from the same provider in time."""
        if now >= self.expires_at:
            raise ExternalSignInFailed("It took too long; start again")
        if provider != self.provider or not same(fingerprint(browser), self.browser_hash):
            raise ExternalSignInFailed("This sign-in was started in another browser")
