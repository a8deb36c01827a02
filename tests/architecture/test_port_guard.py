"""Rule 12: no port is called while a unit of work is open. Platforms in tests run with the guard that this is about."""

from importlib.metadata import entry_points
from uuid import uuid4

import pytest

from lyceum.identity.ports import CredentialStore, UserDirectory
from lyceum.runtime.composition import Platform
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.wiring import PortCalledInUnitOfWork
from lyceum.testing.harness import module_harness


class Passwords:
    """Keeps nothing, and counts."""

    def __init__(self):
        self.asked = 0

    async def set_password(self, *, user_id, password, email, display_name):
        self.asked += 1

    async def forget(self, *, user_ids):
        self.asked += 1


@pytest.fixture(scope="session")
def module_specs():
    (entry,) = entry_points(group="lyceum.modules", name="identity")
    return (entry.load(),)


@pytest.fixture
def passwords():
    return Passwords()


@pytest.fixture
async def platform(database_url, module_specs, tmp_path, passwords):
    settings = PlatformSettings.model_validate(
        {"data_dir": tmp_path, "secret": "s" * 32, "guard_ports": True, "development": True}
    )
    async with Platform(
        settings=settings, database_url=database_url, modules=module_specs, ports={CredentialStore: passwords}
    ) as platform:
        yield platform


async def test_a_port_of_this_process_refuses_a_call_inside_a_unit_of_work(platform):
    directory = platform.port(UserDirectory)
    assert await directory.find_users(user_ids=[uuid4()]) == []
    async with platform.modules["identity"].container.units():
        with pytest.raises(PortCalledInUnitOfWork, match=r"UserDirectory\.find_users"):
            await directory.find_users(user_ids=[uuid4()])
    assert await directory.find_users(user_ids=[uuid4()]) == []


async def test_a_port_that_a_test_gives_refuses_it_as_well(platform, passwords):
    container = platform.modules["identity"].container
    async with container.units():
        with pytest.raises(PortCalledInUnitOfWork, match=r"CredentialStore\.forget"):
            await container.credentials().forget(user_ids=[])
    assert passwords.asked == 0
    await container.credentials().forget(user_ids=[])
    assert passwords.asked == 1


async def test_the_harness_of_the_packages_has_the_guard_on(database_url, module_specs, tmp_path, passwords):
    async with module_harness(
        module_specs[0], database_url, data_dir=tmp_path, ports={CredentialStore: passwords}
    ) as harness:
        assert harness.platform.settings.guard_ports
