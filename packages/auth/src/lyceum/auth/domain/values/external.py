"""External OpenID Providers and what they say about people."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class ExternalProvider:
    """A provider that people may sign in with.

    `trusts_email`: its word that an address is verified counts, so an account here with that address is linked and a
    new one is made. Only for a provider that runs the mailboxes itself or is our own organisation's; anybody else could
    claim anybody's address. `makes_accounts`: people who are not here yet get an account.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    trusts_email: bool = False
    makes_accounts: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ExternalClaims:
    """Who the provider says it is. Issuer and subject together are the person; the rest may change any time."""

    issuer: str
    subject: str
    email: str | None = None
    email_verified: bool = False
    name: str | None = None
