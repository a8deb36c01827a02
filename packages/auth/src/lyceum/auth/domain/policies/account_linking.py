"""Who an external account is here."""

from dataclasses import dataclass
from uuid import UUID

from lyceum.auth.domain.errors import ExternalAccountInUse, LinkWhileSignedIn, NoAccountForExternalSignIn
from lyceum.auth.domain.values.external import ExternalClaims, ExternalProvider


@dataclass(frozen=True, slots=True)
class SignIn:
    """The external account is linked already: sign this user in."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class Link:
    """Link the external account to this user, and sign them in."""

    user_id: UUID


@dataclass(frozen=True, slots=True)
class MakeAccount:
    """Make an account with this verified address, and link it."""

    email: str
    name: str


def who_is(
    claims: ExternalClaims,
    provider: ExternalProvider,
    *,
    linked_to: UUID | None,
    link_to: UUID | None,
    account_with_email: UUID | None,
) -> SignIn | Link | MakeAccount:
    """`linked_to` is the user whom this issuer and subject belong to; `link_to` the signed-in user who asked to link
    them; `account_with_email` the user here with the claimed address, looked up only if it is claimed as verified.

    An address alone links nothing: only a verified one from a provider trusted for that, since otherwise whoever can
    make a provider say "ada@example.org" would own Ada's account.

    Raises `ExternalAccountInUse`, `LinkWhileSignedIn` or `NoAccountForExternalSignIn`.
    """
    if link_to is not None:
        if linked_to not in (None, link_to):
            raise ExternalAccountInUse()
        return Link(link_to) if linked_to is None else SignIn(link_to)
    if linked_to is not None:
        return SignIn(linked_to)
    email = claims.email if claims.email_verified and provider.trusts_email else None
    if account_with_email is not None:
        if email is None:
            raise LinkWhileSignedIn()
        return Link(account_with_email)
    if email is None or not provider.makes_accounts:
        raise NoAccountForExternalSignIn()
    return MakeAccount(email, claims.name or email.partition("@")[0])
