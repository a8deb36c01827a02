"""How auth is put together."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import httpx
from dependency_injector import containers, providers

from lyceum.auth.adapters.argon2_hasher import Argon2Hasher
from lyceum.auth.adapters.key_ring import KeyRing, KeySeal
from lyceum.auth.adapters.password_mails import MailedPasswords
from lyceum.auth.adapters.relying_party import RelyingParty
from lyceum.auth.domain.entities import SessionLifetime, SigningKey
from lyceum.auth.domain.gateways import ExternalSignIn
from lyceum.auth.domain.policies.signing_keys import KeySchedule
from lyceum.auth.domain.values.external import ExternalProvider
from lyceum.auth.persistence.queries import SqlAuthQueries
from lyceum.auth.persistence.unit_of_work import SqlAuthUnit
from lyceum.auth.services.auditing import Auditing
from lyceum.auth.services.authenticating import Authenticating
from lyceum.auth.services.authorizing import Authorizing
from lyceum.auth.services.clients import Clients
from lyceum.auth.services.external_signing_in import ExternalSigningIn
from lyceum.auth.services.granting import Granting
from lyceum.auth.services.housekeeping import Housekeeping
from lyceum.auth.services.logging_out import LoggingOut
from lyceum.auth.services.password_checks import PasswordChecks
from lyceum.auth.services.passwords import Passwords
from lyceum.auth.services.published_events import published
from lyceum.auth.services.roles import Roles
from lyceum.auth.services.signing_in import SigningIn
from lyceum.auth.services.signing_keys import SigningKeys
from lyceum.auth.settings import AuthSettings
from lyceum.identity.ports import UserDirectory, UserProvisioning
from lyceum.kernel.clock import Clock
from lyceum.runtime.module import ModuleResources

PROVIDER_TIMEOUT = 10.0  # seconds that an external provider has for an answer


def _key(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, f"lyceum.auth.{purpose}".encode(), sha256)


def _issuer(public_url: str) -> str:
    return public_url.rstrip("/")


def _recent(settings: AuthSettings) -> timedelta:
    return timedelta(minutes=settings.step_up_minutes)


def _audience(issuer: str) -> str:
    return f"{issuer}/api/v1"


def _parties(settings: AuthSettings, clock: Clock) -> Mapping[str, tuple[ExternalProvider, ExternalSignIn]]:
    if not settings.providers:
        return {}
    http = httpx.AsyncClient(timeout=PROVIDER_TIMEOUT)
    known = [each.provider() for each in settings.providers]
    return {provider.name: (provider, RelyingParty(provider, http, clock)) for provider in known}


class Rings:
    """Makes key rings of what is stored."""

    def __init__(self, seal: KeySeal, schedule: KeySchedule, issuer: str, audience: str) -> None:
        self._seal = seal
        self._schedule = schedule
        self._issuer = issuer
        self._audience = audience

    def __call__(self, keys: Sequence[SigningKey], now: datetime) -> KeyRing:
        return KeyRing(
            keys,
            seal=self._seal,
            schedule=self._schedule,
            issuer=self._issuer,
            audience=self._audience,
            now=now,
        )


class AuthContainer(containers.DeclarativeContainer):
    resources = providers.Dependency(instance_of=ModuleResources)
    users = providers.Dependency(instance_of=UserDirectory)
    provisioning = providers.Dependency(instance_of=UserProvisioning)

    clock = resources.provided.clock
    secret = resources.provided.secret
    permissions = resources.provided.permissions
    public_url = resources.provided.settings.public_url
    issuer = providers.Callable(_issuer, public_url)
    audience = providers.Callable(_audience, issuer)
    settings = providers.Singleton(AuthSettings)
    lifetime = providers.Singleton(SessionLifetime)
    schedule = providers.Singleton(KeySchedule)

    units = providers.Factory(
        SqlAuthUnit,
        database=resources.provided.database,
        tables=resources.provided.tables,
        clock=clock,
        published=providers.Object(published),
        committed=resources.provided.committed,
    )
    queries = providers.Singleton(SqlAuthQueries, resources.provided.database)
    hasher = providers.Singleton(Argon2Hasher)
    seal = providers.Singleton(KeySeal, providers.Callable(_key, secret, "signing-keys"))
    rings = providers.Singleton(Rings, seal, schedule, issuer, audience)
    mails = providers.Singleton(MailedPasswords, mailer=resources.provided.mailer, public_url=public_url)

    auditing = providers.Singleton(
        Auditing, units=units.provider, queries=queries, snapshots=queries.provided.audit_snapshot, clock=clock
    )
    signing_keys = providers.Singleton(
        SigningKeys, units=units.provider, queries=queries, maker=seal, rings=rings, schedule=schedule, clock=clock
    )
    authenticating = providers.Singleton(
        Authenticating,
        queries=queries,
        keys=signing_keys,
        permissions=permissions,
        lifetime=lifetime,
        recent=providers.Callable(_recent, settings),
        clock=clock,
    )
    checks = providers.Singleton(PasswordChecks, units=units.provider, hasher=hasher, clock=clock)
    signing_in = providers.Singleton(
        SigningIn, units=units.provider, queries=queries, users=users, checks=checks, lifetime=lifetime, clock=clock
    )
    passwords = providers.Singleton(
        Passwords,
        units=units.provider,
        users=users,
        hasher=hasher,
        checks=checks,
        mails=mails,
        key=providers.Callable(_key, secret, "password-reset"),
        clock=clock,
    )
    roles = providers.Singleton(
        Roles, units=units.provider, queries=queries, users=users, permissions=permissions, clock=clock
    )
    clients = providers.Singleton(
        Clients,
        units=units.provider,
        queries=queries,
        issuer=issuer,
        registration_open=settings.provided.registration_open,
        clock=clock,
    )
    authorizing = providers.Singleton(
        Authorizing, units=units.provider, clients=clients, issuer=issuer, lifetime=lifetime, clock=clock
    )
    granting = providers.Singleton(
        Granting,
        units=units.provider,
        queries=queries,
        users=users,
        clients=clients,
        keys=signing_keys,
        issuer=issuer,
        audience=audience,
        lifetime=lifetime,
        clock=clock,
    )
    logging_out = providers.Singleton(
        LoggingOut,
        units=units.provider,
        clients=clients,
        keys=signing_keys,
        issuer=issuer,
        lifetime=lifetime,
        clock=clock,
    )
    housekeeping = providers.Singleton(Housekeeping, units=units.provider, clock=clock)
    external_providers = providers.Singleton(_parties, settings, clock)
    external_signing_in = providers.Singleton(
        ExternalSigningIn,
        units=units.provider,
        queries=queries,
        users=users,
        provisioning=provisioning,
        signing_in=signing_in,
        providers=external_providers,
        issuer=issuer,
        clock=clock,
    )
