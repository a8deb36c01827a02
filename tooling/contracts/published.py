"""What the packages publish, in events and in live messages: its schemas, and where these are stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Protocol

from pydantic import TypeAdapter

from lyceum.kernel.events import PublishedEvent
from lyceum.kernel.live import LiveMessage
from lyceum.runtime.live.messages import client_message, server_message

ROOT = Path(__file__).resolve().parents[2]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STORED = ("events", "live")


class Contract(Protocol):
    """Something with a stored schema.

    `old_readers`: whether there are readers of older versions of the code, who must accept what is sent now;
    `old_writers`: whether what older versions sent must be accepted now.
    """

    @property
    def name(self) -> str: ...

    @property
    def stored(self) -> Path: ...

    @property
    def old_readers(self) -> bool: ...

    @property
    def old_writers(self) -> bool: ...

    def schema(self) -> dict[str, Any]:
        """What travels, as JSON Schema 2020-12."""
        ...


@dataclass(frozen=True)
class Published:
    """One type of event or of live message of one module; its examples are stored as well.

    Both sides may be of an older version: consumers are released apart from producers, pages stay open over a release,
    and what was written before it is still on its way.
    """

    module: str
    message: type[PublishedEvent] | type[LiveMessage]
    folder: Path
    old_readers: ClassVar[bool] = True
    old_writers: ClassVar[bool] = True

    @property
    def name(self) -> str:
        return self.message.type

    @property
    def kind(self) -> str:
        """The folder of its schema."""
        return "events" if issubclass(self.message, PublishedEvent) else "live"

    @property
    def stored(self) -> Path:
        return self.folder / self.kind / f"{self.name}.json"

    @property
    def example(self) -> Path:
        return self.folder / "examples" / f"{self.name}.json"

    def schema(self) -> dict[str, Any]:
        return {"$schema": DIALECT, **self.message.model_json_schema(mode="serialization"), "title": self.name}


@dataclass(frozen=True)
class Said:
    """All that one side may say at `/ws/v1`. A client is never newer than the platform that served it."""

    name: str
    title: str
    messages: TypeAdapter[Any]
    folder: Path
    old_readers: bool
    old_writers: bool

    @property
    def stored(self) -> Path:
        return self.folder / "live" / f"{self.name}.json"

    def schema(self) -> dict[str, Any]:
        return {"$schema": DIALECT, "title": self.title, **self.messages.json_schema()}


def published_events(root: Path = ROOT) -> list[Published]:
    """The classes in each `schemas/events.py` that have a wire type, by type."""
    return _published(root, "events", PublishedEvent)


def live_messages(root: Path = ROOT) -> list[Published]:
    """The classes in each `schemas/live.py` that have a type, by type."""
    return _published(root, "live", LiveMessage)


def said_live(root: Path = ROOT) -> list[Said]:
    """What clients say, and what the platform says."""
    folder = root / "packages/runtime/contracts"
    return [
        Said("client-message", "A message of a client at /ws/v1", client_message, folder, False, True),
        Said("server-message", "A message of the platform at /ws/v1", server_message, folder, True, False),
    ]


def contracts(root: Path = ROOT) -> list[Published | Said]:
    """Everything whose schema is stored."""
    return [*published_events(root), *live_messages(root), *said_live(root)]


def stored_schemas(root: Path = ROOT) -> set[Path]:
    """All schema files in the repository."""
    return {path for kind in _STORED for path in root.glob(f"packages/*/contracts/{kind}/*.json")}


def is_stored_schema(path: Path) -> bool:
    """Whether a path, relative to the repository, is that of a schema file."""
    return any(path.match(f"packages/*/contracts/{kind}/*.json") for kind in _STORED)


def _published(root: Path, file: str, base: type[PublishedEvent] | type[LiveMessage]) -> list[Published]:
    found = [
        Published(folder.name, message, folder / "contracts")
        for folder in _modules(root, file)
        for message in _messages_of(folder.name, file, base)
    ]
    return sorted(found, key=lambda published: published.name)


def _modules(root: Path, file: str) -> Iterable[Path]:
    return sorted(path.parents[4] for path in root.glob(f"packages/*/src/lyceum/*/schemas/{file}.py"))


def _messages_of(
    module: str, file: str, base: type[PublishedEvent] | type[LiveMessage]
) -> Iterator[type[PublishedEvent] | type[LiveMessage]]:
    name = f"lyceum.{module}.schemas.{file}"
    if find_spec(name) is None:
        raise LookupError(f"{name} is in the repository and not installed: run uv sync")
    for item in vars(import_module(name)).values():
        if isinstance(item, type) and issubclass(item, base) and "type" in vars(item):
            yield item
