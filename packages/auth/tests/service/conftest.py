"""The services put together as the module does it, on memory, with cryptography that costs little."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from dependency_injector import providers

from lyceum.auth.adapters.key_ring import KeySeal
from lyceum.auth.container import AuthContainer
from lyceum.auth.domain.gateways import NewKey, PasswordVerdict
from lyceum.auth.domain.policies.permissions import PERMISSIONS
from lyceum.auth.domain.values import challenge_of
from lyceum.auth.domain.values.external import ExternalProvider
from lyceum.auth.services.signing_in import Browser, SignedIn
from lyceum.identity.ports import UserSummary
from lyceum.kernel.principal import ANONYMOUS, Grant, Permission, Principal, ScopeKind
from lyceum.runtime.module import ModuleResources
from lyceum.runtime.settings import PlatformSettings

SECRET = bytes(range(32))
PASSWORD = "correct horse battery"
TEACH = Permission(name="course.course.teach", description="teach", roles=frozenset({"instructor"}))


class PlainHasher:
    """Keeps passwords readable; `outdated` says whether hashes count as old. Counts what it was asked."""

    def __init__(self) -> None:
        self.outdated = False
        self.verified = 0

    async def hash(self, password: str) -> str:
        return f"new:{password}" if self.outdated else f"plain:{password}"

    async def verify(self, password: str, encoded: str | None) -> PasswordVerdict:
        self.verified += 1
        matches = encoded is not None and encoded.partition(":")[2] == password
        return PasswordVerdict(matches=matches, outdated=matches and self.outdated)


class MailsInMemory:
    """The mails with reset links; the newest token is the last one."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    async def send_reset(self, *, to: str, display_name: str, token: str) -> None:
        self.tokens.append(token)


class OneKeyPair:
    """Seals as the real one does, and makes the same pair every time: making one takes a tenth of a second."""

    def __init__(self, seal: KeySeal, made: NewKey) -> None:
        self._made = made
        self.open = seal.open

    async def make(self) -> NewKey:
        return self._made


@pytest.fixture(scope="session")
async def one_key_pair() -> OneKeyPair:
    seal = KeySeal(SECRET)
    return OneKeyPair(seal, await seal.make())


@pytest.fixture
def hasher() -> PlainHasher:
    return PlainHasher()


@pytest.fixture
def mails() -> MailsInMemory:
    return MailsInMemory()


@pytest.fixture
def parties() -> dict[str, tuple[ExternalProvider, Any]]:
    """The external providers; a test puts its own in before it uses the services."""
    return {}


@pytest.fixture
def services(memory, users, clock, hasher, mails, parties, one_key_pair, tmp_path) -> Any:
    settings = PlatformSettings(data_dir=tmp_path, development=True)
    nothing: Any = None  # no service has to do with these but through its units and queries
    resources = ModuleResources(
        settings=settings,
        clock=clock,
        database=nothing,
        tables=nothing,
        storage=nothing,
        signed_urls=nothing,
        mailer=nothing,
        caches=nothing,
        public_cache=nothing,
        secret=SECRET,
        permissions=(*PERMISSIONS, TEACH),
        committed=lambda: None,
        live=nothing,
    )
    container = AuthContainer(
        resources=providers.Object(resources), users=providers.Object(users), provisioning=providers.Object(users)
    )
    for name, double in (
        ("queries", memory),
        ("hasher", hasher),
        ("mails", mails),
        ("seal", one_key_pair),
        ("external_providers", parties),
    ):
        getattr(container, name).override(providers.Object(double))
    container.units.override(providers.Factory(memory.units))
    return container


def browser_at(address: str = "192.0.2.7", device: str | None = None) -> Browser:
    return Browser(address=address, user_agent="Firefox", device=device)


@pytest.fixture
def browser() -> Any:
    """Makes browsers, at an address and perhaps on a known device. Hides the one that speaks HTTP."""
    return browser_at


@pytest.fixture
def sign_up(services, users) -> Any:
    """Makes people with an account."""

    async def make(name: str = "ada") -> UserSummary:
        user = await users.provision_user(email=f"{name}@example.org", display_name=name.capitalize())
        await services.passwords().set_password(
            user_id=user.id, password=PASSWORD, email=user.email, display_name=user.display_name
        )
        return user

    return make


@pytest.fixture
def sign_in(services) -> Any:
    async def start(user: UserSummary, password: str = PASSWORD, **browser: Any) -> SignedIn:
        return await services.signing_in().sign_in(email=user.email, password=password, browser=browser_at(**browser))

    return start


@pytest.fixture
def as_principal() -> Any:
    """The principal of a session."""

    def make(signed_in: SignedIn) -> Principal:
        return Principal(user_id=signed_in.info.user.id, session_id=signed_in.info.id)

    return make


@pytest.fixture
def callers(users) -> SimpleNamespace:
    """Principals: nobody, somebody without permissions, and makers of ones with some."""

    def able(*permissions: str, user: UserSummary | None = None) -> Principal:
        return Principal(
            user_id=None if user is None else user.id,
            grants=(Grant(scope=ScopeKind.PLATFORM, permissions=frozenset(permissions)),),
        )

    return SimpleNamespace(nobody=ANONYMOUS, able=able)


class Application:
    """The web client at the protocol's endpoints, without HTTP."""

    def __init__(self, services: Any, verifier: str, redirect_uri: str) -> None:
        self._services = services
        self.verifier = verifier
        self.redirect_uri = redirect_uri

    def request(self, **changes: str) -> list[tuple[str, str]]:
        wanted = {
            "response_type": "code",
            "client_id": "lyceum-web",
            "redirect_uri": self.redirect_uri,
            "scope": "openid profile email offline_access lyceum.api",
            "state": "s",
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
        } | changes
        return list(wanted.items())

    async def authorize(self, session_token: str | None, **changes: str) -> dict[str, str]:
        """The parameters that come back to the client."""
        location = await self._services.authorizing().authorize(self.request(**changes), session_token)
        return dict(parse_qsl(urlsplit(location).query))

    async def redeem(self, code: str, **changes: str) -> Any:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
            "client_id": "lyceum-web",
        } | changes
        return await self._services.granting().tokens(None, list(form.items()))

    async def refresh(self, token: str, **changes: str) -> Any:
        form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": "lyceum-web"} | changes
        return await self._services.granting().tokens(None, list(form.items()))


@pytest.fixture
def application(services, verifier) -> Application:
    return Application(services, verifier, "http://127.0.0.1:8000/auth/callback")
