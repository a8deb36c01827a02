"""What identity's tests share."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from lyceum.identity.module import module
from lyceum.identity.ports import CredentialStore, PasswordRefused
from lyceum.kernel.principal import Grant, Principal, ScopeKind
from lyceum.runtime.module import ModuleSpec
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
