"""A platform over HTTP: its modules behind one edge, and beside them what operators and other processes use."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.types import ASGIApp

from lyceum.kernel.authentication import Authentication
from lyceum.runtime.composition import Platform, RunningModule
from lyceum.runtime.events.peers import SERVICE, EventIntake, Intake
from lyceum.runtime.http import (
    ApiDocs,
    At,
    Edge,
    EdgeOptions,
    PrefixDispatch,
    Prefixed,
    ReverseProxy,
    module_app,
    serve_ports,
)
from lyceum.runtime.idempotency_store import SqlIdempotencyStore
from lyceum.runtime.live.topics import TopicGate
from lyceum.runtime.live_updates import live_parts, module_gate
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.monitoring import Monitoring
from lyceum.runtime.rate_limits import RateLimitSettings, RequestLimits
from lyceum.runtime.telemetry import AccessLog, HttpMetrics


@dataclass(frozen=True, kw_only=True)
class Application:
    """`asgi` is what a server serves; `modules` are the applications of all installed modules, for documentation."""

    asgi: ASGIApp
    modules: Mapping[str, FastAPI]


def application(
    platform: Platform,
    *,
    access_log: AccessLog,
    openapi: bytes,
    default: ASGIApp | None = None,
    limits: RateLimitSettings | None = None,
    beside: Mapping[str, FastAPI] | None = None,
) -> Application:
    """Modules of this process are served here; requests for those that run elsewhere are passed on to them.

    `openapi` is the document to show; building one takes the better part of a second. `default` answers paths that are
    not the platform's own: the front ends. `limits` are for the process that clients reach; those behind it need none.
    `beside` are applications that belong to no module, by name.
    """
    documented: dict[str, FastAPI] = {}
    parts: dict[str, FastAPI | Prefixed] = dict(beside or {})
    body_limits: dict[str, int] = {}
    for spec in platform.specs:
        running = platform.modules.get(spec.name)
        app = _local_app(platform, running) if running else module_app(spec.name, spec.routers, {})
        documented[spec.name] = app
        body_limits.update(spec.body_limits)
        if running:
            parts[spec.name] = app
            parts[f"ports of {spec.name}"] = _ports(platform, spec)
        elif spec.name in platform.settings.remote:
            prefixes = PrefixDispatch({spec.name: app}).owners
            parts[spec.name] = ReverseProxy(prefixes, platform.settings.remote[spec.name], platform.client)
    parts["events"] = serve_ports(SERVICE, {EventIntake: Intake(platform.incoming)}, platform.service_token)
    monitoring = Monitoring(platform)
    parts["health"] = monitoring.health
    parts["metrics"] = At(monitoring.metrics, "/metrics")
    parts["files"] = At(platform.storage.files, "/files")
    parts["documentation"] = ApiDocs(openapi)
    parts.update(live_parts(platform))
    edge = Edge(
        PrefixDispatch(parts, default=default),
        authentication=platform.port(Authentication),
        metrics=HttpMetrics(),
        access_log=access_log,
        options=EdgeOptions(body_limits=body_limits),
        public_cache=platform.public_cache,
        limits=None if limits is None or not limits.enabled else _request_limits(platform, limits),
    )
    return Application(asgi=edge, modules=documented)


def _local_app(platform: Platform, running: RunningModule) -> FastAPI:
    state = {
        "container": running.container,
        "clock": platform.clock,
        "idempotency": SqlIdempotencyStore(database=running.database, tables=running.spec.tables, clock=platform.clock),
    }
    return module_app(running.spec.name, running.spec.routers, state)


def _ports(platform: Platform, spec: ModuleSpec) -> Prefixed:
    ports: dict[type, object] = {kind: platform.ports.local(kind) for kind in spec.provides}
    if spec.topics:
        ports[TopicGate] = module_gate(platform, spec)
    return serve_ports(spec.name, ports, platform.service_token)


def _request_limits(platform: Platform, settings: RateLimitSettings) -> RequestLimits:
    paths = [path for spec in platform.specs for path in spec.credential_paths]
    return RequestLimits(settings, platform.rate_limiter, paths)
