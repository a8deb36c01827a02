"""The events that the packages publish, their schemas, and where these are stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lyceum.kernel.events import PublishedEvent

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Published:
    """One event type of one module."""

    module: str
    event: type[PublishedEvent]
    folder: Path

    @property
    def stored(self) -> Path:
        return self.folder / "events" / f"{self.event.type}.json"

    @property
    def example(self) -> Path:
        return self.folder / "examples" / f"{self.event.type}.json"

    def schema(self) -> dict[str, Any]:
        """What travels as `data`, as JSON Schema 2020-12."""
        described = self.event.model_json_schema(mode="serialization")
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described, "title": self.event.type}


def published_events(root: Path = ROOT) -> list[Published]:
    """The classes in each `schemas/events.py` that have a wire type, by type."""
    found = [
        Published(folder.name, event, folder / "contracts")
        for folder in _modules(root)
        for event in _events_of(folder.name)
    ]
    return sorted(found, key=lambda published: published.event.type)


def stored_schemas(root: Path = ROOT) -> set[Path]:
    """All schema files in the repository."""
    return set(root.glob("packages/*/contracts/events/*.json"))


def _modules(root: Path) -> Iterable[Path]:
    return sorted(path.parents[4] for path in root.glob("packages/*/src/lyceum/*/schemas/events.py"))


def _events_of(module: str) -> Iterator[type[PublishedEvent]]:
    name = f"lyceum.{module}.schemas.events"
    if find_spec(name) is None:
        raise LookupError(f"{name} is in the repository and not installed: run uv sync")
    for item in vars(import_module(name)).values():
        if isinstance(item, type) and issubclass(item, PublishedEvent) and "type" in vars(item):
            yield item
