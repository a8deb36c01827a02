"""Builders for the tests of auth."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from dependency_injector import providers
from prometheus_client import CollectorRegistry

from lyceum.auth.adapters.argon2_hasher import Argon2Hasher
from lyceum.auth.adapters.key_ring import KeySeal
from lyceum.auth.container import AuthContainer
from lyceum.auth.domain.entities import AuthMethod, Client, GrantType, Session, SessionLifetime
from lyceum.auth.domain.gateways import NewKey
from lyceum.auth.domain.policies.permissions import PERMISSIONS
from lyceum.auth.domain.values import AuthorizationRequest, challenge_of, fingerprint
from lyceum.auth.module import module
from lyceum.identity.ports import EmailTaken, UserDirectory, UserNotFound, UserProvisioning, UserSummary
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import ScopeKind
from lyceum.runtime.http import Edge
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.operations.permissions import PERMISSIONS as PLATFORM_PERMISSIONS
from lyceum.runtime.telemetry import AccessLog, HttpMetrics
from lyceum.testing.files import module_at
from lyceum.testing.harness import ModuleHarness, module_harness

VERIFIER = "v" * 43
PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def verifier() -> str:
    return VERIFIER


@pytest.fixture
def make_client(now: datetime) -> Callable[..., Client]:
    def make(**changes: Any) -> Client:
        secret = changes.pop("secret", None)
        defaults: dict[str, Any] = {
            "id": new_id(),
            "client_id": "reader",
            "name": "Reader",
            "auth_method": AuthMethod.NONE if secret is None else AuthMethod.SECRET_BASIC,
            "secret_hash": None if secret is None else fingerprint(secret),
            "redirect_uris": ("https://reader.example/callback",),
            "post_logout_redirect_uris": ("https://reader.example/bye",),
            "scopes": frozenset({"openid", "profile", "offline_access"}),
            "grant_types": frozenset(GrantType),
            "created_at": now,
        }
        return Client(**(defaults | changes))

    return make


@pytest.fixture
def make_session(now: datetime) -> Callable[..., Session]:
    def make(*, started_at: datetime = now, user_id: UUID | None = None, token: str = "t" * 43) -> Session:
        return Session.start(
            user_id=user_id or new_id(),
            token=token,
            user_agent="Firefox",
            network="192.0.2.0/24",
            familiar=True,
            lifetime=SessionLifetime(),
            now=started_at,
        )

    return make


@pytest.fixture
def make_request() -> Callable[..., AuthorizationRequest]:
    def make(**changes: Any) -> AuthorizationRequest:
        defaults: dict[str, Any] = {
            "client_id": "reader",
            "redirect_uri": "https://reader.example/callback",
            "scopes": frozenset({"openid", "profile"}),
            "code_challenge": challenge_of(VERIFIER),
            "state": "s",
            "nonce": "n",
        }
        return AuthorizationRequest(**(defaults | changes))

    return make


class UsersInMemory:
    """The required ports of identity, keeping people in a dictionary."""

    def __init__(self) -> None:
        self.users: dict[UUID, UserSummary] = {}

    async def get_user(self, *, user_id: UUID) -> UserSummary:
        if user_id not in self.users:
            raise UserNotFound()
        return self.users[user_id]

    async def find_user_by_email(self, *, email: str) -> UserSummary | None:
        return next((user for user in self.users.values() if user.email.lower() == email.lower()), None)

    async def find_users(self, *, user_ids: list[UUID]) -> list[UserSummary]:
        return [self.users[user_id] for user_id in user_ids if user_id in self.users]

    async def provision_user(
        self, *, email: str, display_name: str, locale: str = "en", time_zone: str = "UTC"
    ) -> UserSummary:
        if await self.find_user_by_email(email=email):
            raise EmailTaken()
        user = UserSummary(
            id=new_id(), email=email, display_name=display_name, locale=locale, time_zone=time_zone, active=True
        )
        self.users[user.id] = user
        return user

    def deactivate(self, user_id: UUID) -> None:
        self.users[user_id] = self.users[user_id].model_copy(update={"active": False})


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    return (module,)


@pytest.fixture
def users() -> UsersInMemory:
    return UsersInMemory()


class KeysMadeBefore(KeySeal):
    """Hands out the same key pairs to each test, in their order: making and opening one takes a quarter of a second."""

    def __init__(self) -> None:
        super().__init__(bytes(range(32)))
        self._pairs: list[NewKey] = []
        self._handed_out = 0

    def start_again(self) -> None:
        self._handed_out = 0

    async def make(self) -> NewKey:
        if self._handed_out == len(self._pairs):
            self._pairs.append(await super().make())
        self._handed_out += 1
        return self._pairs[self._handed_out - 1]


@pytest.fixture(scope="session")
def cheap_secrets() -> Iterator[KeysMadeBefore]:
    """Passwords and keys that cost next to nothing. What they cost otherwise is tested where they are made."""
    hasher, seal = providers.Singleton(Argon2Hasher, time_cost=1, memory_kib=8), KeysMadeBefore()
    with AuthContainer.hasher.override(hasher), AuthContainer.seal.override(providers.Callable(lambda: seal)):
        yield seal


@pytest.fixture
async def harness(
    database_url: str, cheap_secrets: KeysMadeBefore, tmp_path: Path, users: UsersInMemory, clock
) -> AsyncIterator[ModuleHarness]:
    cheap_secrets.start_again()
    ports = {UserDirectory: users, UserProvisioning: users}
    async with module_harness(module, database_url, data_dir=tmp_path, ports=ports, clock=clock) as harness:
        yield harness


@dataclass
class Person:
    """Somebody with an account, and what their browser needs to send."""

    user: UserSummary
    client: httpx.AsyncClient
    csrf: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        return self.user.id

    async def sign_in(self, password: str = PASSWORD) -> httpx.Response:
        answer = await self.client.post(
            "/api/v1/session", json={"email": self.user.email, "password": password}, headers=self.csrf
        )
        if answer.status_code == 200:
            self.csrf = {"X-CSRF-Token": answer.json()["csrf_token"]}
        return answer

    async def send(self, method: str, url: str, **options: Any) -> httpx.Response:
        headers = self.csrf | options.pop("headers", {})
        return await self.client.request(method, url, headers=headers, **options)


@pytest.fixture
def edge(harness: ModuleHarness) -> Edge:
    """The module behind the platform's edge, with nothing remembered of credentials."""
    return Edge(
        harness.app,
        authentication=harness.container.authenticating(),
        metrics=HttpMetrics(registry=CollectorRegistry()),
        access_log=AccessLog(readable=False),
    )


@pytest.fixture
async def browser(edge: Edge) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """Makes browsers, each with cookies of its own and at an address of its own."""
    opened = []

    def make(address: str = "192.0.2.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(edge, client=(address, 50_000))
        opened.append(httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000"))
        return opened[-1]

    yield make
    for client in opened:
        await client.aclose()


@pytest.fixture
async def make_person(harness: ModuleHarness, users: UsersInMemory, browser) -> Callable[..., Any]:
    """Makes people with a password; `roles` are held on the platform. They are not signed in yet."""

    async def make(name: str = "ada", *roles: str, address: str = "192.0.2.7") -> Person:
        user = await users.provision_user(email=f"{name}@example.org", display_name=name.capitalize())
        await harness.container.passwords().set_password(
            user_id=user.id, password=PASSWORD, email=user.email, display_name=user.display_name
        )
        for role in roles:
            await harness.container.roles().assign(
                user_id=user.id, role=role, scope=ScopeKind.PLATFORM, scope_id=None, assigned_by=None
            )
        return Person(user, browser(address))

    return make


@pytest.fixture
async def ada(make_person) -> Person:
    """A learner, signed in."""
    person = await make_person("ada")
    assert (await person.sign_in()).status_code == 200
    return person


@pytest.fixture
async def admin(make_person) -> Person:
    """An administrator, signed in."""
    person = await make_person("grace", "administrator")
    assert (await person.sign_in()).status_code == 200
    return person


@pytest.fixture
def permissions() -> tuple[str, ...]:
    """Those of auth, and of the platform that every module runs on."""
    return tuple(permission.name for permission in (*PERMISSIONS, *PLATFORM_PERMISSIONS))


@pytest.fixture
def memory() -> Any:
    """Persistence without a database: `units` and queries in one."""
    return module_at(Path(__file__).parent / "service" / "memory.py").MemoryAuth()
