"""Modules put together: who provides what, and what is noticed at the start."""

from typing import Protocol, runtime_checkable

import pytest
from dependency_injector import containers, errors, providers

from lyceum.kernel.ports import Port
from lyceum.runtime.composition import Platform
from lyceum.runtime.database import module_metadata
from lyceum.runtime.events import event_tables
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.wiring import MissingPort

SECRET = "long-enough-to-be-a-secret-in-a-test"


@runtime_checkable
class Stock(Port, Protocol):
    async def count(self) -> int: ...


@runtime_checkable
class Loans(Port, Protocol):
    async def lent(self) -> int: ...


class StockService:
    """The shop's: the stock is what is left of ten."""

    def __init__(self, loans):
        self._loans = loans

    async def count(self) -> int:
        return 10 - await self._loans().lent()


class LoanService:
    """The library's. Needs the shop, as the shop needs it."""

    def __init__(self, stock):
        self.stock = stock

    async def lent(self) -> int:
        return 3


class FixedLoans:
    async def lent(self) -> int:
        return 9


class ShopContainer(containers.DeclarativeContainer):
    resources = providers.Dependency()
    loans = providers.Dependency(instance_of=Loans)
    units = providers.Object(None)
    stock = providers.Singleton(StockService, loans.provider)


class LibraryContainer(containers.DeclarativeContainer):
    resources = providers.Dependency()
    stock = providers.Dependency(instance_of=Stock)
    units = providers.Object(None)
    lending = providers.Singleton(LoanService, stock.provider)


def spec(name, container, **what):
    metadata = module_metadata(name)
    tables = event_tables(metadata)
    return ModuleSpec(
        name=name, container=container, metadata=metadata, tables=tables, migrations=f"{name}.migrations", **what
    )


SHOP = spec("shop", ShopContainer, provides={Stock: "stock"}, requires={"loans": Loans})
LIBRARY = spec("library", LibraryContainer, provides={Loans: "lending"}, requires={"stock": Stock})


@pytest.fixture
def platform(tmp_path):
    """A platform of these modules; its database is never asked."""

    def make(*modules, remote=None, **arguments):
        settings = PlatformSettings.model_validate({"data_dir": tmp_path, "secret": SECRET, "remote": remote or {}})
        return Platform(
            settings=settings, database_url="postgresql://nobody@127.0.0.1/no", modules=modules, **arguments
        )

    return make


@pytest.mark.parametrize("modules", [(SHOP, LIBRARY), (LIBRARY, SHOP)], ids=["shop first", "library first"])
async def test_two_modules_can_need_each_other_in_any_order(platform, modules):
    async with platform(*modules) as running:
        assert list(running.modules) == [module.name for module in modules]
        assert await running.port(Stock).count() == 7
        assert running.port(Stock) is running.port(Stock)


async def test_a_required_port_that_no_module_provides_stops_the_start(platform):
    with pytest.raises(MissingPort, match=r"No installed module provides .*Loans"):
        async with platform(SHOP):
            pass


async def test_a_required_port_whose_module_runs_nowhere_stops_the_start(platform):
    with pytest.raises(MissingPort, match="library provides Loans but runs neither here nor at a known address"):
        async with platform(SHOP, LIBRARY, only=["shop"]):
            pass


async def test_a_given_port_takes_the_place_of_a_module(platform):
    async with platform(SHOP, ports={Loans: FixedLoans()}) as running:
        assert await running.port(Stock).count() == 1


async def test_a_module_with_an_address_runs_elsewhere_and_is_called_there(platform):
    async with platform(SHOP, LIBRARY, remote={"library": "http://library.test"}) as running:
        assert list(running.modules) == ["shop"]
        twin = running.port(Loans)
        assert isinstance(twin, Loans)
        assert not isinstance(twin, LoanService)


async def test_a_port_of_another_kind_than_the_container_expects_stops_the_first_use(platform):
    class NoLoans:
        pass

    async with platform(SHOP, ports={Loans: NoLoans()}) as running:
        with pytest.raises(errors.Error, match="is not an instance of"):
            await running.port(Stock).count()


async def test_a_dependency_that_the_spec_forgets_stops_the_start(platform):
    forgetful = spec("shop", ShopContainer, provides={Stock: "stock"})
    with pytest.raises(errors.Error, match="loans"):
        async with platform(forgetful):
            pass


async def test_a_service_that_the_spec_promises_and_the_container_lacks_stops_the_start(platform):
    promising = spec("shop", ShopContainer, provides={Stock: "shelf"}, requires={"loans": Loans})
    with pytest.raises(AttributeError, match="shelf"):
        async with platform(promising, LIBRARY):
            pass


class TestSecrets:
    def test_a_short_one_is_refused(self, tmp_path):
        settings = PlatformSettings.model_validate({"data_dir": tmp_path, "secret": "short"})
        with pytest.raises(ValueError, match="at least 32 characters"):
            Platform(settings=settings, database_url="postgresql://nobody@127.0.0.1/no", modules=[])

    def test_without_one_it_is_made_once_and_kept_for_the_owner_alone(self, tmp_path):
        settings = PlatformSettings.model_validate({"data_dir": tmp_path})
        first, second = (
            Platform(settings=settings, database_url="postgresql://nobody@127.0.0.1/no", modules=[]) for _ in range(2)
        )
        assert first.secret == second.secret
        assert len(first.secret) >= 32
        assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600

    def test_what_processes_show_each_other_is_not_the_secret_itself(self, platform):
        running = platform()
        assert SECRET not in running.service_token
        assert running.service_token == platform().service_token
