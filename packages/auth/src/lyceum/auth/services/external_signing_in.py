"""Signing in with an account at an external provider, and linking such accounts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lyceum.auth.domain.entities import ExternalIdentity, PendingSignIn
from lyceum.auth.domain.errors import (
    ExternalIdentityNotFound,
    ExternalSignInFailed,
    LastWayToSignIn,
    LinkWhileSignedIn,
    ProviderNotFound,
    SignInToLink,
)
from lyceum.auth.domain.gateways import ExternalSignIn
from lyceum.auth.domain.policies.account_linking import MakeAccount, SignIn, who_is
from lyceum.auth.domain.policies.authorization_requests import Parameters
from lyceum.auth.domain.policies.external_callback import ExternalCallback, read_callback
from lyceum.auth.domain.queries import AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.domain.values.external import ExternalClaims, ExternalProvider
from lyceum.auth.domain.values.tokens import fingerprint
from lyceum.auth.schemas.internal import ExternalIdentityView, ProviderView
from lyceum.auth.services.auditing import note
from lyceum.auth.services.randomness import new_token
from lyceum.auth.services.signing_in import Browser, SignedIn, SigningIn
from lyceum.identity.ports import EmailTaken, UserDirectory, UserNotFound, UserProvisioning, UserSummary
from lyceum.kernel.clock import Clock
from lyceum.kernel.ids import new_id
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal

HOME = "/"


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and the secret that it keeps until it comes back."""

    location: str
    browser_secret: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the browser goes next; `signed_in` is null where an account was linked to the session that is there."""

    return_to: str
    signed_in: SignedIn | None


class ExternalSigningIn:
    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        users: UserDirectory,
        provisioning: UserProvisioning,
        signing_in: SigningIn,
        providers: Mapping[str, tuple[ExternalProvider, ExternalSignIn]],
        issuer: str,
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._users = users
        self._provisioning = provisioning
        self._signing_in = signing_in
        self._providers = providers
        self._issuer = issuer
        self._clock = clock

    def providers(self) -> list[ProviderView]:
        """Whom people may sign in with."""
        return [ProviderView(name=name) for name in self._providers]

    async def start(self, principal: Principal, provider: str, *, return_to: str, link: bool) -> Departure:
        """Send a browser off. `link` is for somebody who is signed in and wants the account linked to theirs.

        Raises `ProviderNotFound`, `SignInToLink`, `Unavailable`.
        """
        _, party = self._provider(provider)
        link_to = principal.user_id if link else None
        if link and link_to is None:
            raise SignInToLink()
        state, secret, nonce, verifier = new_token(), new_token(), new_token(), new_token()
        location = await party.authorization_url(
            redirect_uri=self._redirect_uri(provider), state=state, nonce=nonce, code_verifier=verifier
        )
        async with self._units() as unit:
            unit.pending_sign_ins.add(
                PendingSignIn.start(
                    provider=provider,
                    state=state,
                    browser=secret,
                    nonce=nonce,
                    code_verifier=verifier,
                    return_to=_local(return_to),
                    link_to=link_to,
                    now=self._clock.now(),
                )
            )
            await unit.commit()
        return Departure(location, secret)

    async def finish(
        self, principal: Principal, provider: str, parameters: Parameters, *, secret: str | None, browser: Browser
    ) -> Arrival:
        """The browser is back. Raises `ProviderNotFound`, `ExternalSignInFailed`, `ExternalAccountInUse`,
        `LinkWhileSignedIn`, `NoAccountForExternalSignIn`, `Unavailable`."""
        known, party = self._provider(provider)
        callback = read_callback(parameters)
        pending = await self._pending(provider, callback, secret)
        if pending.link_to is not None and pending.link_to != principal.user_id:
            raise ExternalSignInFailed("Somebody else is signed in now; start again")
        claims = await party.redeem(
            callback,
            redirect_uri=self._redirect_uri(provider),
            nonce=pending.nonce,
            code_verifier=pending.code_verifier,
        )
        user, is_new = await self._who(claims, known, pending.link_to)
        async with self._units() as unit:
            signed_in = None
            if is_new:
                self._link(unit, claims, user)
            if pending.link_to is None:
                familiar = await self._signing_in.is_familiar(unit, user.email, browser)
                signed_in = await self._signing_in.start(unit, user, browser, familiar=familiar, by=provider)
            else:
                await note(
                    unit,
                    actor=user.id,
                    action="auth.external-identity.linked",
                    target=f"user:{user.id}",
                    details={"issuer": claims.issuer},
                    now=self._clock.now(),
                )
            await unit.commit()
        return Arrival(pending.return_to, signed_in)

    async def identities(self, principal: Principal, *, page: PageRequest) -> Page[ExternalIdentityView]:
        """The caller's linked accounts. Raises `NotAuthenticated`."""
        return await self._queries.external_identities(user_id=principal.require_user(), page=page)

    async def unlink(self, principal: Principal, identity_id: UUID) -> None:
        """Raises `NotAuthenticated`, `ExternalIdentityNotFound`, and `LastWayToSignIn` where there is no password."""
        user_id = principal.require_user()
        async with self._units() as unit:
            mine = await unit.external_identities.of(user_id)
            identity = next((each for each in mine if each.id == identity_id), None)
            if identity is None:
                raise ExternalIdentityNotFound()
            if len(mine) == 1 and await unit.credentials.find(user_id) is None:
                raise LastWayToSignIn()
            await unit.external_identities.remove(identity)
            await note(
                unit,
                actor=user_id,
                action="auth.external-identity.unlinked",
                target=f"user:{user_id}",
                details={"issuer": identity.issuer},
                now=self._clock.now(),
            )
            await unit.commit()

    async def _pending(self, provider: str, callback: ExternalCallback, secret: str | None) -> PendingSignIn:
        async with self._units() as unit:
            pending = await unit.pending_sign_ins.take(fingerprint(callback.state))
            if pending is None or secret is None:
                raise ExternalSignInFailed("This sign-in is not known here; start again")
            pending.check_return(provider=provider, browser=secret, now=self._clock.now())
            await unit.commit()
        return pending

    async def _who(
        self, claims: ExternalClaims, provider: ExternalProvider, link_to: UUID | None
    ) -> tuple[UserSummary, bool]:
        """The person, and whether the account is not linked yet."""
        async with self._units() as unit:
            linked = await unit.external_identities.find(claims.issuer, claims.subject)
        same_email = None
        if linked is None and claims.email is not None and claims.email_verified:
            same_email = await self._users.find_user_by_email(email=claims.email)
        answer = who_is(
            claims,
            provider,
            linked_to=None if linked is None else linked.user_id,
            link_to=link_to,
            account_with_email=None if same_email is None else same_email.id,
        )
        try:
            if isinstance(answer, MakeAccount):
                made = await self._provisioning.provision_user(email=answer.email, display_name=answer.name)
                return made, True
            user = await self._users.get_user(user_id=answer.user_id)
        except EmailTaken:
            raise LinkWhileSignedIn() from None
        except UserNotFound:
            raise ExternalSignInFailed() from None
        if not user.active:
            raise ExternalSignInFailed()
        return user, not isinstance(answer, SignIn)

    def _link(self, unit: AuthUnit, claims: ExternalClaims, user: UserSummary) -> None:
        unit.external_identities.add(
            ExternalIdentity(
                id=new_id(),
                user_id=user.id,
                issuer=claims.issuer,
                subject=claims.subject,
                linked_at=self._clock.now(),
            )
        )

    def _provider(self, name: str) -> tuple[ExternalProvider, ExternalSignIn]:
        if name not in self._providers:
            raise ProviderNotFound()
        return self._providers[name]

    def _redirect_uri(self, provider: str) -> str:
        return f"{self._issuer}/api/v1/external-sign-in/{provider}/callback"


def _local(return_to: str) -> str:
    """The path, if it is one of our own site: nobody may use us to send people elsewhere."""
    is_path = return_to.startswith(HOME) and not return_to.startswith(("//", "/\\"))
    return return_to if is_path and return_to.isprintable() and return_to.isascii() else HOME
