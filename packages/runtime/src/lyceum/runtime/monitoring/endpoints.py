"""`/metrics`, `/healthz` and `/readyz`, in an application's own or on a port of their own."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import text
from starlette.types import Receive, Scope, Send

from lyceum.runtime.composition import Platform, RunningModule
from lyceum.runtime.monitoring.state import ModuleState, PlatformState
from lyceum.runtime.telemetry import Check, Health, MetricsEndpoint


class MonitoringSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_MONITORING_`: for processes without HTTP of their own."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_MONITORING_", extra="ignore")

    port: Annotated[int, Field(ge=0, le=65535)] | None = None
    """Where a worker answers `/metrics`, `/healthz` and `/readyz`. Left out, it does not."""

    host: str = "127.0.0.1"
    """The address to listen on. Whoever reaches it can read the metrics."""


class Monitoring:
    """An ASGI application for the three paths; anything else is not found.

    `checks` come on top of those for the databases and for Redis.
    """

    def __init__(self, platform: Platform, checks: Iterable[Check] = ()) -> None:
        self.health = Health([*_checks(platform), *checks])
        state = PlatformState(_state(module) for module in platform.modules.values())

        async def refresh() -> None:
            await state.refresh()
            await self.health.readiness()

        self.metrics = MetricsEndpoint(refresh=refresh)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == "/metrics":
            await self.metrics(scope, receive, send)
        elif scope["path"] in Health.prefixes:
            await self.health(scope, receive, send)
        else:
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})


def _state(module: RunningModule) -> ModuleState:
    return ModuleState(module.database, lambda: [job.name for job in module.spec.jobs(module.container)])


def _checks(platform: Platform) -> list[Check]:
    checks = [_database_check(module) for module in platform.modules.values()]
    if platform.redis is not None:
        checks.append(Check(name="redis", run=platform.redis.check, required=False))
    return checks


def _database_check(module: RunningModule) -> Check:
    async def ask() -> None:
        async with module.database.reading() as connection:
            await connection.execute(text("SELECT 1"))

    return Check(name=f"database of {module.spec.name}", run=ask)
