"""What identity's tests share."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from lyceum.identity.module import module
from lyceum.identity.ports import CredentialStore, PasswordRefused
from lyceum.kernel.ids import new_id
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime.module import ModuleSpec
from lyceum.testing.clock import FakeClock
from lyceum.testing.files import module_at
from lyceum.testing.harness import ModuleHarness, module_harness


class CredentialsInMemory:
    """The required port, keeping passwords in a dictionary; refuses short ones."""

    def __init__(self) -> None:
        self.passwords: dict[UUID, str] = {}

    async def set_password(self, *, user_id: UUID, password: str, email: str, display_name: str) -> None:
        if len(password) < 8:
            raise PasswordRefused(errors=[{"pointer": "/password", "detail": "too short"}])
        self.passwords[user_id] = password

    async def forget(self, *, user_ids: list[UUID]) -> None:
        for user_id in user_ids:
            self.passwords.pop(user_id, None)


@pytest.fixture(scope="session")
def module_specs() -> tuple[ModuleSpec, ...]:
    return (module,)


@pytest.fixture
def credentials() -> CredentialsInMemory:
    return CredentialsInMemory()


@pytest.fixture
async def harness(
    database_url: str, tmp_path: Path, credentials: CredentialsInMemory, clock
) -> AsyncIterator[ModuleHarness]:
    async with module_harness(
        module, database_url, data_dir=tmp_path, ports={CredentialStore: credentials}, clock=clock
    ) as harness:
        yield harness


def principal(user_id: UUID, *permissions: str, organisation: UUID | None = None) -> Principal:
    """Somebody signed in, with these permissions on the platform or on an organisation."""
    if not permissions:
        return Principal(user_id=user_id)
    scope = ScopeKind.PLATFORM if organisation is None else ScopeKind.ORGANISATION
    grant = Grant(scope=scope, scope_id=organisation, permissions=frozenset(permissions))
    return Principal(user_id=user_id, grants=(grant,))


@pytest.fixture
def as_user():
    return principal


@pytest.fixture
def anybody() -> Principal:
    """Somebody signed in who may do nothing special."""
    return principal(new_id())


@pytest.fixture
def admin() -> Principal:
    """Somebody with all permissions of identity on the platform."""
    return principal(new_id(), *(permission.name for permission in module.permissions))


@pytest.fixture
def admin_of() -> Callable[..., Principal]:
    """Makes somebody with permissions, all of them if none is named, on one organisation."""

    def make(organisation: UUID | str, *permissions: str) -> Principal:
        names = permissions or tuple(permission.name for permission in module.permissions)
        return principal(new_id(), *names, organisation=UUID(str(organisation)))

    return make


@pytest.fixture
def people(harness: ModuleHarness, clock: FakeClock) -> Callable[..., Any]:
    """Makes accounts, each a second younger than the one before; gives their ids."""

    async def make(*names: str) -> list[UUID]:
        ids = []
        for name in names:
            clock.advance(timedelta(seconds=1))
            email = f"{name.lower()}@example.org"
            user = await harness.container.directory().provision_user(email=email, display_name=name)
            ids.append(user.id)
        return ids

    return make


@pytest.fixture
def memory() -> Any:
    """Persistence without a database: units and queries in one."""
    return module_at(Path(__file__).parent / "service" / "memory.py").MemoryIdentity()
