"""One module on its own, on a real database, with its required ports given by the test."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from starlette.types import Receive, Scope, Send

from lyceum.kernel.clock import Clock
from lyceum.kernel.errors import LyceumError
from lyceum.kernel.principal import ANONYMOUS, Principal
from lyceum.runtime.composition import Platform, RunningModule
from lyceum.runtime.http import module_app
from lyceum.runtime.http.problems import problem_response
from lyceum.runtime.idempotency_store import SqlIdempotencyStore
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.settings import PlatformSettings
from lyceum.testing.clock import FakeClock
from lyceum.testing.mail import MemoryMailer

SECRET = "a-secret-for-tests-that-is-long-enough"  # noqa: S105 - opens nothing


class ModuleHarness:
    """The module, its container, and HTTP clients that call it as whom the test says."""

    def __init__(self, platform: Platform, module: RunningModule, clock: Clock, mailer: MemoryMailer) -> None:
        self.platform = platform
        self.module = module
        self.clock = clock
        self.mailer = mailer
        self.container: Any = module.container
        self.public_cache = platform.public_cache
        idempotency = SqlIdempotencyStore(database=module.database, tables=module.spec.tables, clock=clock)
        state = {"container": module.container, "clock": clock, "idempotency": idempotency}
        self.app = module_app(module.spec.name, module.spec.routers, state)

    def client(self, principal: Principal = ANONYMOUS, **headers: str) -> httpx.AsyncClient:
        """An HTTP client on the module's routes; every request comes from this principal, who has just signed in
        unless it says otherwise."""

        async def with_principal(scope: Scope, receive: Receive, send: Send) -> None:
            now = self.clock.now()
            recent = {"authenticated_at": now, "recent_until": now + timedelta(minutes=15)}
            said = principal.recent_until is not None or not principal.is_authenticated
            scope["principal"] = principal if said else principal.model_copy(update=recent)
            try:
                await self.app(scope, receive, send)
            except LyceumError as error:  # what the edge does for errors outside a route
                await problem_response(error)(scope, receive, send)

        transport = httpx.ASGITransport(with_principal)
        return httpx.AsyncClient(transport=transport, base_url="http://lyceum.test", headers=headers)


@asynccontextmanager
async def module_harness(
    spec: ModuleSpec,
    database_url: str,
    *,
    data_dir: Path,
    ports: Mapping[type, object] | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[ModuleHarness]:
    """The module `spec` running alone; `ports` implement what it requires. Calls inside a unit of work raise."""
    clock = clock or FakeClock()
    mailer = MemoryMailer()
    settings = PlatformSettings.model_validate(
        {"data_dir": data_dir, "secret": SECRET, "guard_ports": True, "development": True, "pool_size": 4}
    )
    platform = Platform(
        settings=settings,
        database_url=database_url,
        modules=[spec],
        ports=ports,
        clock=clock,
        mailer=mailer,
    )
    async with platform:
        yield ModuleHarness(platform, platform.modules[spec.name], clock, mailer)
