"""Modules put together into a process: the same composition for the host, the worker and a module on its own."""

import asyncio
import functools
import hmac
import secrets
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from dependency_injector import providers

from lyceum.kernel.clock import Clock, SystemClock
from lyceum.kernel.principal import Permission
from lyceum.runtime.cache import Caches
from lyceum.runtime.database import Database
from lyceum.runtime.events import EventBus, InProcessBus, Receiver
from lyceum.runtime.events.consumer import Consumer, RetryPolicy
from lyceum.runtime.events.dead_letters import EventDesk
from lyceum.runtime.events.peers import Peer
from lyceum.runtime.events.relay import Relay
from lyceum.runtime.fan_out import FanOut, LocalFanOut, RedisFanOut
from lyceum.runtime.http import PublicCache, public_cache
from lyceum.runtime.jobs import JobSettings
from lyceum.runtime.kafka.settings import KafkaSettings
from lyceum.runtime.live.log import MemoryLog, TopicLog
from lyceum.runtime.live.publishing import Publisher
from lyceum.runtime.live.shared_log import SharedLog
from lyceum.runtime.mail import Mailer, MailSettings, open_mailer
from lyceum.runtime.module import ModuleResources, ModuleSpec
from lyceum.runtime.operations.permissions import PERMISSIONS
from lyceum.runtime.rate_limits import LocalRateLimiter, RateLimiter, SharedRateLimiter
from lyceum.runtime.redis import RedisLink, RedisSettings
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.storage import StorageSettings, open_storage
from lyceum.runtime.wiring import Ports

if TYPE_CHECKING:
    from lyceum.runtime.kafka.engine import KafkaEngine

P = TypeVar("P")


@dataclass(frozen=True, kw_only=True)
class RunningModule:
    """A module of this process with what runs around it."""

    spec: ModuleSpec
    database: Database
    container: Any
    consumer: Consumer
    relay: Relay
    desk: EventDesk


def installed_modules() -> tuple[ModuleSpec, ...]:
    """The modules that are installed beside this package, by name."""
    found = sorted(entry_points(group="lyceum.modules"), key=lambda entry: entry.name)
    return tuple(entry.load() for entry in found)


class Platform:
    """Some modules, wired to each other and to those that run elsewhere.

    `modules` are all that are installed; those with an address in `settings.remote` run elsewhere. `only` names the
    modules to run here, null for all others. `redis_url` is that of a server that comes with Lyceum. `ports` are given
    in place of what a module would provide (in tests).
    """

    def __init__(
        self,
        *,
        settings: PlatformSettings,
        database_url: str,
        modules: Iterable[ModuleSpec],
        only: Iterable[str] | None = None,
        ports: Mapping[type, object] | None = None,
        clock: Clock | None = None,
        mailer: Mailer | None = None,
        retries: RetryPolicy | None = None,
        redis_url: str | None = None,
    ) -> None:
        self.settings = settings
        self.database_url = database_url
        self.specs = tuple(modules)
        self.secret = _secret(settings)
        self.client = httpx.AsyncClient(
            verify=_trust(), limits=httpx.Limits(max_connections=100, max_keepalive_connections=20)
        )
        self.clock: Clock = clock or SystemClock()
        self.mailer: Mailer = mailer or open_mailer(MailSettings(), clock=self.clock, development=settings.development)
        self.storage = open_storage(
            StorageSettings(),
            data_dir=settings.data_dir,
            secret=_derived(self.secret, "signed-urls"),
            clock=self.clock,
        )
        redis_url = redis_url or RedisSettings().address
        self.redis = RedisLink(redis_url) if redis_url else None
        self.rate_limiter: RateLimiter = SharedRateLimiter(self.redis) if self.redis else LocalRateLimiter()
        self.fan_out: FanOut = RedisFanOut(self.redis) if self.redis else LocalFanOut()
        self.live_log: TopicLog = SharedLog(self.redis) if self.redis else MemoryLog()
        self.live = Publisher(self.live_log, self.fan_out)
        self.caches = Caches(self.redis, self.fan_out)
        self.public_cache: PublicCache = public_cache(self.caches)
        names = set(only) if only is not None else {spec.name for spec in self.specs} - set(settings.remote)
        here = [spec for spec in self.specs if spec.name in names]
        self._containers: dict[str, Any] = {}
        self.ports = Ports(
            specs=self.specs,
            containers=self._containers,
            addresses=self._addresses(),
            token=self.service_token,
            client=lambda: self.client,
            given=ports,
            guard=settings.guard_ports,
        )
        self.modules: dict[str, RunningModule] = {}
        consumers: list[Receiver] = []
        peers = [
            Peer(base_url=url, token=self.service_token, client=self.client) for url in settings.event_peers.values()
        ]
        # What others send goes to the consumers here and no further; what happens here goes to the peers as well.
        self.incoming = InProcessBus(consumers)
        self._kafka = _kafka()
        both: list[Receiver] = [*peers]
        self.outgoing: EventBus = self._kafka.bus if self._kafka else InProcessBus(both)
        for spec in here:
            module = self._assemble(spec, retries)
            self.modules[spec.name] = module
            consumers.append(module.consumer)
        both.extend(consumers)

    @property
    def service_token(self) -> str:
        """What processes of this platform show each other; derived from the secret where none is set."""
        token = self.settings.service_token
        return token.get_secret_value() if token else _derived(self.secret, "service-token").hex()

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """Everything that the platform and its modules let be allowed, wherever those run."""
        return (*PERMISSIONS, *(permission for known in self.specs for permission in known.permissions))

    def port(self, kind: type[P]) -> P:
        """The implementation of a port. Raises `MissingPort`."""
        return self.ports.get(kind)

    def check(self) -> None:
        """Raises where a dependency is missing, so that a wrong setting stops the start and not a request."""
        for module in self.modules.values():
            module.container.check_dependencies()
            for kind in module.spec.requires.values():
                self.ports.get(kind)
            for kind in module.spec.provides:
                self.ports.local(kind)

    async def __aenter__(self) -> Self:
        self.check()
        self.caches.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        await self.client.aclose()
        await self.live.close()
        await self.caches.close()
        if isinstance(self.fan_out, RedisFanOut):
            await self.fan_out.close()
        if self.redis is not None:
            await self.redis.close()
        if self._kafka is not None:
            await self._kafka.close()
        for module in self.modules.values():
            await module.database.close()

    async def work(self) -> None:
        """Relay events and run jobs, until cancelled."""
        # Loaded here: what only serves or asks does without the queue library.
        from lyceum.runtime.jobs.worker import JobWorker

        jobs = {name: module.spec.jobs(module.container) for name, module in self.modules.items()}
        async with (
            JobWorker(self.database_url, jobs, JobSettings(), roles=self.settings.database_roles),
            asyncio.TaskGroup() as group,
        ):
            if self._kafka is not None:
                self._kafka.work({name: module.consumer for name, module in self.modules.items()}, group)
            for name, module in self.modules.items():
                group.create_task(module.relay.run(), name=f"relay of {name}")

    async def settle(self) -> None:
        """Hand on events until nothing is pending in any module of this process. For tests and one-off commands.

        With a broker that means that it has them; their effects are up to the workers.
        """
        while any([await module.relay.drain() for module in self.modules.values()]):
            pass

    def _addresses(self) -> Mapping[str, str]:
        """Where to call each module that is called over HTTP."""
        host = self.settings.ports_over_http
        return self.settings.remote if host is None else {spec.name: host for spec in self.specs} | self.settings.remote

    def _assemble(self, spec: ModuleSpec, retries: RetryPolicy | None) -> RunningModule:
        database = Database(
            self.database_url,
            spec.name,
            roles=self.settings.database_roles,
            pool_size=self.settings.pool_size,
        )
        relay = Relay(module=spec.name, database=database, tables=spec.tables, bus=self.outgoing)
        container = spec.container(
            resources=providers.Object(
                ModuleResources(
                    settings=self.settings,
                    clock=self.clock,
                    database=database,
                    tables=spec.tables,
                    storage=self.storage.objects,
                    signed_urls=self.storage.urls,
                    mailer=self.mailer,
                    caches=self.caches,
                    public_cache=self.public_cache,
                    secret=_derived(self.secret, f"module.{spec.name}"),
                    permissions=self.permissions,
                    committed=relay.wake,
                    live=self.live,
                )
            ),
            # Looked up at first use: two modules may each require a port of the other.
            **{name: providers.Callable(self.ports.get, kind) for name, kind in spec.requires.items()},
        )
        self._containers[spec.name] = container
        consumer = Consumer(
            module=spec.name,
            database=database,
            tables=spec.tables,
            units=getattr(container, spec.units),
            subscriptions=lambda: spec.subscriptions(container),
            policy=retries,
            graveyard=self._kafka.graveyard(spec.name) if self._kafka else None,
        )
        desk = EventDesk(module=spec.name, database=database, tables=spec.tables, consumer=consumer)
        return RunningModule(
            spec=spec, database=database, container=container, consumer=consumer, relay=relay, desk=desk
        )


def _kafka() -> "KafkaEngine | None":
    settings = KafkaSettings()
    if not settings.servers:
        return None
    # Its client takes a thirtieth of what a process loads to start, and most installations have no broker.
    from lyceum.runtime.kafka.engine import KafkaEngine

    return KafkaEngine(settings)


def _secret(settings: PlatformSettings) -> bytes:
    if settings.secret is not None:
        text = settings.secret.get_secret_value()
        if len(text) < 32:
            raise ValueError("LYCEUM_SECRET needs at least 32 characters")
        return text.encode()
    return _kept_secret(settings.data_dir / "secret")


def _kept_secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_hex(32))
    try:
        path.hardlink_to(fresh)  # fails where another process was first: its secret is the one
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_bytes()


def _derived(secret: bytes, label: str) -> bytes:
    return hmac.digest(secret, f"lyceum.{label}".encode(), sha256)


@functools.cache
def _trust() -> ssl.SSLContext:
    """Whose certificates count. Reading them takes 50 ms, which tests that make many platforms would pay each time."""
    return httpx.create_ssl_context()
