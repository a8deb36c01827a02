"""What consumers wait for is published, and is sent as they read it."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from dependency_injector import containers, providers
from sqlalchemy import MetaData

from lyceum.kernel.events import PublishedEvent
from lyceum.runtime.composition import installed_modules
from lyceum.runtime.events import ConsumedEvent, Subscription, event_tables
from lyceum.runtime.module import ModuleResources, ModuleSpec
from lyceum.runtime.unit_of_work import SqlUnitOfWork
from tooling.events.catalogue import Entry, entries, problems


def test_every_consumer_can_read_what_is_sent():
    assert list(problems(installed_modules())) == []


class Sent(PublishedEvent):
    type: ClassVar[str] = "lyceum.sender.letter.sent.v1"
    letter_id: UUID
    subject: str | None

    @property
    def aggregate_id(self) -> UUID:
        return self.letter_id


class Letter(ConsumedEvent):
    letter_id: UUID


class Titled(ConsumedEvent):
    letter_id: UUID
    subject: str


class Stamped(ConsumedEvent):
    stamp: int


class PlantedContainer(containers.DeclarativeContainer):
    resources = providers.Dependency(instance_of=ModuleResources)
    units = providers.Factory(
        SqlUnitOfWork,
        database=resources.provided.database,
        tables=resources.provided.tables,
        clock=resources.provided.clock,
        published=providers.Object(lambda fact: ()),
    )


def planted(name: str, **members: Any) -> ModuleSpec:
    metadata = MetaData(schema=name)
    return ModuleSpec(
        name=name,
        container=PlantedContainer,
        metadata=metadata,
        tables=event_tables(metadata),
        migrations="lyceum.planted.migrations",
        **members,
    )


async def handle(event: ConsumedEvent, prepared: None, unit: SqlUnitOfWork) -> None:
    """Does nothing with it."""


def reading(model: type[ConsumedEvent], event_type: str = Sent.type) -> ModuleSpec:
    def subscriptions(container: Any) -> Sequence[Subscription[Any]]:
        return (Subscription(event_type=event_type, model=model, handle=handle),)

    return planted("reader", subscriptions=subscriptions)


SENDER = planted("sender", events=(Sent,))


def test_the_catalogue_names_producer_and_consumers():
    assert entries([SENDER, reading(Letter)]) == [Entry(Sent.type, "sender", ("reader",))]


def test_a_consumer_that_reads_less_than_is_sent_is_content():
    assert list(problems([SENDER, reading(Letter)])) == []


def test_a_consumer_that_wants_text_where_there_may_be_none_is_found():
    (found,) = problems([SENDER, reading(Titled)])
    assert "/subject" in found


def test_a_consumer_that_wants_what_is_not_sent_is_found():
    (found,) = problems([SENDER, reading(Stamped)])
    assert "/stamp" in found


def test_a_consumer_that_waits_for_nobody_is_found():
    specs = [SENDER, reading(Letter, "lyceum.sender.letter.lost.v1")]
    assert list(problems(specs)) == ["reader waits for lyceum.sender.letter.lost.v1, which nobody publishes"]
    assert Entry("lyceum.sender.letter.lost.v1", None, ("reader",)) in entries(specs)
