"""The unit of work without a database follows the rules of the real one."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import Column, Integer, Table, Text, Uuid
from sqlalchemy.orm import registry

from lyceum.kernel.aggregate import Aggregate, DomainEvent
from lyceum.kernel.errors import Conflict, NotFound, VersionConflict
from lyceum.kernel.events import PublishedEvent
from lyceum.kernel.ids import new_id
from lyceum.testing.memory_unit import MemoryRepository, MemoryStore, MemoryUnit


@dataclass(frozen=True, kw_only=True, slots=True)
class Renamed(DomainEvent):
    lamp: "Lamp"


class LampRenamed(PublishedEvent):
    type: ClassVar[str] = "lyceum.testing.lamp.renamed.v1"
    lamp_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.lamp_id


@dataclass(kw_only=True, eq=False)
class Lamp(Aggregate):
    id: UUID
    name: str

    def rename(self, name: str) -> None:
        self.name = name
        self.record(Renamed(lamp=self))


class LampUnit(MemoryUnit):
    lamps: MemoryRepository[Lamp]

    def bind(self) -> None:
        self.lamps = MemoryRepository(self, Lamp, NotFound)

    def check(self) -> None:
        names = [lamp.name for lamp in self.lamps.all()]
        if len(names) != len(set(names)):
            raise Conflict()


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def units(store):
    return lambda: LampUnit(store, lambda fact: [LampRenamed(lamp_id=fact.lamp.id)])


@pytest.fixture
async def lamp(units):
    lamp = Lamp(id=new_id(), name="desk")
    async with units() as unit:
        unit.lamps.add(lamp)
        await unit.commit()
    return lamp.id


async def name_of(units, lamp):
    async with units() as unit:
        return (await unit.lamps.get(lamp)).name


async def test_what_is_committed_is_kept_with_its_event_and_its_job(units, store, lamp):
    async with units() as unit:
        (await unit.lamps.get(lamp)).rename("floor")
        unit.rows("owners")[lamp] = "Ada"
        await unit.defer("lamps.polish", lamp_id=str(lamp))
        await unit.commit()
    async with units() as unit:
        found = await unit.lamps.get(lamp)
        assert (found.name, found.version, unit.rows("owners")) == ("floor", 2, {lamp: "Ada"})
    assert store.published(LampRenamed) == [LampRenamed(lamp_id=lamp)]
    assert store.jobs == [("lamps.polish", {"lamp_id": str(lamp)})]


async def test_without_a_commit_nothing_is_kept(units, store, lamp):
    async with units() as unit:
        (await unit.lamps.get(lamp)).rename("floor")
        unit.lamps.add(Lamp(id=new_id(), name="wall"))
        unit.rows("owners")[lamp] = "Ada"
        unit.publish(LampRenamed(lamp_id=lamp))
        await unit.defer("lamps.polish")
    assert await name_of(units, lamp) == "desk"
    async with units() as unit:
        assert (len(unit.lamps.all()), unit.rows("owners")) == (1, {})
    assert (store.events, store.jobs) == ([], [])


async def test_a_change_on_an_old_version_is_refused_and_keeps_nothing(units, store, lamp):
    async with units() as late, units() as early:
        (await late.lamps.get(lamp)).rename("late")
        (await early.lamps.get(lamp)).rename("early")
        await early.commit()
        with pytest.raises(VersionConflict):
            await late.commit()
    assert await name_of(units, lamp) == "early"
    assert len(store.events) == 1


async def test_a_change_of_what_is_gone_is_refused(units, lamp):
    async with units() as late, units() as early:
        (await late.lamps.get(lamp)).rename("late")
        early.lamps.drop(await early.lamps.get(lamp))
        await early.commit()
        with pytest.raises(VersionConflict):
            await late.commit()


async def test_looking_is_no_change(units, store, lamp):
    async with units() as reader, units() as writer:
        await reader.lamps.get(lamp)
        (await writer.lamps.get(lamp)).rename("floor")
        await writer.commit()
        await reader.commit()
    assert await name_of(units, lamp) == "floor"


@pytest.fixture
def mapped():
    """Aggregates as persistence leaves them: mapped to a table, without a version before the first commit."""
    mapping = registry()
    columns = (Column("id", Uuid, primary_key=True), Column("name", Text), Column("version", Integer, nullable=False))
    table = Table("lamps", mapping.metadata, *columns)
    mapping.map_imperatively(Lamp, table, version_id_col=table.c.version)
    yield
    mapping.dispose()


@pytest.mark.usefixtures("mapped")
async def test_a_new_aggregate_that_is_mapped_to_a_table_gets_its_first_version(units):
    lamp = Lamp(id=new_id(), name="desk")
    assert lamp.version is None
    async with units() as unit:
        unit.lamps.add(lamp)
        await unit.commit()
    async with units() as unit:
        (await unit.lamps.get(lamp.id)).rename("floor")
        await unit.commit()
        assert (await unit.lamps.get(lamp.id)).version == 2


async def test_what_is_dropped_is_not_found(units, lamp):
    async with units() as unit:
        unit.lamps.drop(await unit.lamps.get(lamp))
        assert unit.lamps.all() == []
        with pytest.raises(NotFound):
            await unit.lamps.get(lamp)
        await unit.commit()
    async with units() as unit:
        with pytest.raises(NotFound):
            await unit.lamps.get(lamp)


async def test_what_a_constraint_refuses_is_not_kept(units, lamp):
    async with units() as unit:
        unit.lamps.add(Lamp(id=new_id(), name="desk"))
        with pytest.raises(Conflict):
            await unit.commit()
    async with units() as unit:
        assert len(unit.lamps.all()) == 1
