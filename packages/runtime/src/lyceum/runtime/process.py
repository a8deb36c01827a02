"""Running a platform as an operating system process: its database, its server, its end."""

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.metadata import version
from typing import Any

import structlog
import uvicorn
import uvloop
from starlette.types import ASGIApp

from lyceum.runtime.composition import Platform
from lyceum.runtime.embedded.postgres import EmbeddedPostgres
from lyceum.runtime.embedded.valkey import EmbeddedValkey
from lyceum.runtime.http import Lifespan
from lyceum.runtime.live.wire import LiveProtocol
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.monitoring import Monitoring, MonitoringSettings
from lyceum.runtime.redis import RedisSettings
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import Check, configure_logging
from lyceum.runtime.telemetry.sentry import SentrySettings, sentry
from lyceum.runtime.telemetry.service import Service, run_as
from lyceum.runtime.telemetry.tracing import TracingSettings, tracing

log = structlog.get_logger(__name__)


@contextmanager
def database(settings: PlatformSettings) -> Iterator[str]:
    """The URL of the database: the one that is set, or the embedded server, which runs as long as the block."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    with EmbeddedPostgres(settings.data_dir) as server:
        yield server.url


@contextmanager
def redis(settings: PlatformSettings) -> Iterator[str]:
    """The URL of Redis: the one that is set, or that of the embedded Valkey, which runs as long as the block."""
    if (url := RedisSettings().address) is not None:
        yield url
        return
    with EmbeddedValkey(settings.data_dir) as server:
        yield server.address


def migrated(url: str, specs: Iterable[ModuleSpec], settings: PlatformSettings) -> None:
    """Bring the schemas of the modules that run here up to date."""
    # Alembic takes a tenth of what a process needs to start, and few processes migrate.
    from lyceum.runtime.migrations import migrate

    migrate(url, [spec for spec in specs if spec.name not in settings.remote], roles=settings.database_roles)


@contextmanager
def observed(settings: PlatformSettings, name: str, *, level: str = "INFO") -> Iterator[None]:
    """Logs, traces and fault reports of the process, under the name and version of the package `name`."""
    service = Service(name, version(name), settings.environment)
    run_as(service)
    configure_logging(readable=settings.development, level=level)
    with tracing(TracingSettings(), service), sentry(SentrySettings(), service):
        yield


@asynccontextmanager
async def working(platform: Platform) -> AsyncIterator[asyncio.Task[None]]:
    """Events are relayed and jobs are run while the block runs, by the task that it gets."""
    task = asyncio.create_task(platform.work(), name="worker")
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def work(platform: Platform) -> None:
    """Relay events and run jobs until SIGINT or SIGTERM, and answer those who watch, on the port that is set."""
    settings = MonitoringSettings()
    async with working(platform) as task:

        async def at_work() -> None:
            if task.done():
                task.result()
                raise RuntimeError("the worker has ended")

        server = None
        if settings.port is not None:
            monitoring = Monitoring(platform, [Check(name="worker", run=at_work)])
            server = _SideServer(_config(monitoring, settings.host, settings.port))
            serving = asyncio.create_task(server.serve(), name="monitoring")
        await until_stopped()
        if server is not None:
            server.should_exit = True
            await serving


class _SideServer(uvicorn.Server):
    """A server beside the process's own work, which is what signals are for."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(asgi: ASGIApp, *, host: str, port: int, started: asyncio.Event | None = None) -> None:
    """Serve until SIGINT or SIGTERM; requests under way are finished first. Sets `started` when it accepts requests."""

    @asynccontextmanager
    async def lifetime() -> AsyncIterator[None]:
        # What is loaded now stays: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        yield

    server = uvicorn.Server(_config(Lifespan(asgi, lifetime), host, port))
    if started is not None:
        notice = asyncio.create_task(_notice(server, started))
    await server.serve()
    if started is not None:
        notice.cancel()


def _config(asgi: ASGIApp, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        asgi,
        host=host,
        port=port,
        loop="none",
        http="httptools",
        ws=LiveProtocol,
        ws_max_size=16 * 1024,  # what clients send is small
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        ws_per_message_deflate=False,  # costs a connection more memory than all the rest of it
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=20,
    )


async def _notice(server: uvicorn.Server, started: asyncio.Event) -> None:
    while not server.started:  # noqa: ASYNC110 - the server offers a flag and no event
        await asyncio.sleep(0.01)
    started.set()


async def until_stopped() -> None:
    """Return at SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a process's coroutine on uvloop; being stopped by hand is its ordinary end."""
    with contextlib.suppress(KeyboardInterrupt):
        uvloop.run(main)
