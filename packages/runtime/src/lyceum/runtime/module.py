"""What a module tells the apps about itself, and what it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dependency_injector.containers import DeclarativeContainer
from fastapi import APIRouter
from sqlalchemy import MetaData

from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.events import PublishedEvent
from lyceum.kernel.live import Live
from lyceum.kernel.principal import Permission
from lyceum.runtime.cache import Caches
from lyceum.runtime.database import Database
from lyceum.runtime.events import EventTables, Subscription
from lyceum.runtime.http import PublicCache
from lyceum.runtime.jobs import JobSpec
from lyceum.runtime.live import Topic
from lyceum.runtime.mail import Mailer
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.storage import ObjectStorage, SignedUrls


@dataclass(frozen=True, kw_only=True)
class ModuleResources:
    """What the platform gives to a module's container, under the dependency called `resources`."""

    settings: PlatformSettings
    clock: Clock
    database: Database
    tables: EventTables
    storage: ObjectStorage
    signed_urls: SignedUrls
    mailer: Mailer
    caches: Caches
    public_cache: PublicCache
    """What the edge has of the module's public pages; in every process, though not each has an edge."""
    secret: bytes
    """Key material from which a module derives keys of its own (HKDF with its own label)."""
    permissions: tuple[Permission, ...]
    """Everything that the installed modules declare."""
    committed: Callable[[], None]
    """Called after a commit that left events in the outbox."""
    live: Live
    """Tells those who watch the module's topics."""


@dataclass(frozen=True, kw_only=True)
class ModuleSpec:
    """A module as the apps see it.

    `container` takes the dependency `resources` and one for each entry of `requires` (attribute name → port);
    `provides` maps each port to the container attribute that makes its service; `units` names the attribute that makes
    units of work. `errors` are those that its ports raise: the remote twin raises them again by their code.
    `body_limits` allows larger request bodies (bytes) below a path, as in `/api/v1/courses/{course_id}/assets`.
    `topics` are what clients can watch over WebSockets.
    `credential_paths` are those below which a writing request tries a password, a code or the like.
    """

    name: str
    container: type[DeclarativeContainer]
    metadata: MetaData
    tables: EventTables
    migrations: str
    permissions: tuple[Permission, ...] = ()
    provides: Mapping[type, str] = field(default_factory=dict)
    requires: Mapping[str, type] = field(default_factory=dict)
    errors: tuple[type[LyceumError], ...] = ()
    events: tuple[type[PublishedEvent], ...] = ()
    routers: Sequence[APIRouter] = ()
    body_limits: Mapping[str, int] = field(default_factory=dict)
    credential_paths: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    units: str = "units"
    subscriptions: Callable[[Any], Sequence[Subscription[Any]]] = lambda container: ()
    jobs: Callable[[Any], Sequence[JobSpec]] = lambda container: ()
