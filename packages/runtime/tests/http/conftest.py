import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest
import structlog
from prometheus_client import CollectorRegistry
from structlog.testing import LogCapture

from lyceum.kernel.authentication import Authenticated
from lyceum.kernel.principal import Principal
from lyceum.runtime.http import Edge
from lyceum.runtime.telemetry import AccessLog, HttpMetrics

SESSION = "session-of-ada"
BEARER = "token-of-ada"
CSRF = "csrf-of-ada"


@dataclass
class KnownCredentials:
    """Knows one session and one bearer token, both of one user, and counts how often it is asked."""

    user_id: UUID = field(default_factory=uuid4)
    session_id: UUID = field(default_factory=uuid4)
    asked: int = 0
    sessions: set[str] = field(default_factory=lambda: {SESSION})
    bearers: set[str] = field(default_factory=lambda: {BEARER})

    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        self.asked += 1
        if session in self.sessions:
            principal = Principal(user_id=self.user_id, session_id=self.session_id)
            return Authenticated(principal=principal, csrf_token=CSRF)
        if bearer in self.bearers:
            return Authenticated(principal=Principal(user_id=self.user_id, scopes=frozenset({"openid"})))
        return None


@dataclass
class Behind:
    """An edge with all that it writes to within reach."""

    edge: Edge
    client: httpx.AsyncClient
    access_log: AccessLog
    log: io.BytesIO
    registry: CollectorRegistry

    def log_lines(self) -> list[dict[str, Any]]:
        self.access_log.flush()
        return [orjson.loads(line) for line in self.log.getvalue().splitlines()]

    def count(self, method: str, route: str, status: int) -> float | None:
        labels = {"method": method, "route": route, "status": str(status)}
        return self.registry.get_sample_value("lyceum_http_request_duration_seconds_count", labels)


@pytest.fixture
def credentials() -> KnownCredentials:
    return KnownCredentials()


@pytest.fixture
async def behind(credentials: KnownCredentials) -> AsyncIterator[Callable[..., Behind]]:
    """Puts an application behind an edge: `behind(app, **edge_arguments)`."""
    clients = []

    def put_behind(app: Any, **arguments: Any) -> Behind:
        log, registry = io.BytesIO(), CollectorRegistry()
        arguments = {"authentication": credentials} | arguments
        access_log = AccessLog(log)
        edge = Edge(app, metrics=HttpMetrics(registry), access_log=access_log, **arguments)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://lyceum.test")
        clients.append(client)
        return Behind(edge, client, access_log, log, registry)

    yield put_behind
    for client in clients:
        await client.aclose()


@pytest.fixture
def drive() -> Callable[..., Awaitable[list[dict[str, Any]]]]:
    """Calls an application by hand and returns what it sent."""

    async def call(
        app: Any, path: str, *, method: str = "GET", receive: Any = None, send: Any = None, headers: Any = ()
    ) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def keep(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"lyceum.test"), *headers],
            "client": ("203.0.113.9", 4711),
            "server": ("lyceum.test", 80),
        }
        await app(scope, receive or silence, send or keep)
        return sent

    return call


async def silence() -> dict[str, Any]:
    """A client that has sent its request, stays, and says nothing more."""
    await asyncio.Event().wait()
    raise AssertionError


@pytest.fixture(autouse=True)
def log_output(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    """What the edge logs beside the access log."""
    capture = LogCapture()
    monkeypatch.setattr("lyceum.runtime.http.edge._log", structlog.wrap_logger(None, processors=[capture]))
    return capture
