"""Who publishes which event, who consumes it, and whether the one sends what the other reads."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lyceum.kernel.events import PublishedEvent
from lyceum.runtime.composition import Platform
from lyceum.runtime.events import Subscription
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.settings import PlatformSettings
from tooling.contracts.compatibility import differences


@dataclass(frozen=True)
class Entry:
    """One event type. `producer` is null for what is only waited for."""

    event_type: str
    producer: str | None
    consumers: tuple[str, ...]


def entries(specs: Sequence[ModuleSpec]) -> list[Entry]:
    """All event types that are published or consumed, by name."""
    producers = {event.type: spec.name for spec in specs for event in spec.events}
    consumers: dict[str, list[str]] = {}
    for consumer, subscription in _subscriptions(specs):
        consumers.setdefault(subscription.event_type, []).append(consumer)
    return [
        Entry(event_type, producers.get(event_type), tuple(consumers.get(event_type, [])))
        for event_type in sorted({*producers, *consumers})
    ]


def problems(specs: Sequence[ModuleSpec]) -> Iterator[str]:
    """Events that are waited for and never sent, or sent otherwise than a consumer reads them."""
    published = {event.type: event for spec in specs for event in spec.events}
    for consumer, subscription in _subscriptions(specs):
        event = published.get(subscription.event_type)
        if event is None:
            yield f"{consumer} waits for {subscription.event_type}, which nobody publishes"
        else:
            yield from _misread(consumer, event, subscription)


def _subscriptions(specs: Sequence[ModuleSpec]) -> Iterator[tuple[str, Subscription[Any]]]:
    """What each module subscribes to. The modules are put together for it; nothing of them runs."""
    with tempfile.TemporaryDirectory() as folder:
        settings = PlatformSettings.model_validate({"data_dir": folder, "secret": "opens nothing".ljust(32)})
        platform = Platform(settings=settings, database_url="postgresql://nobody@localhost/nothing", modules=specs)
        for name, running in platform.modules.items():
            for subscription in running.spec.subscriptions(running.container):
                yield name, subscription


def _misread(consumer: str, event: type[PublishedEvent], subscription: Subscription[Any]) -> Iterator[str]:
    sent, read = event.model_json_schema(mode="serialization"), subscription.model.model_json_schema()
    for difference in differences(writer=sent, reader=read):
        yield f"{consumer} reads {event.type} otherwise than it is sent: {difference}"
