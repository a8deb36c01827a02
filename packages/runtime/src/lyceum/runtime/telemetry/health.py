"""Liveness and readiness.

`/healthz` answers as long as the process does. `/readyz` runs named checks: one that fails makes the process not ready
(503), unless only part of the platform depends on it, which makes it degraded (200).
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import orjson
import structlog
from prometheus_client import Gauge
from starlette.types import Receive, Scope, Send

PASSING = Gauge("lyceum_check_passing", "Whether a check of readiness passed when it last ran", ["check", "required"])

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that must work for the process to be of use. `run` raises when it does not.

    `required` is false where the rest goes on without it. `timeout` is in seconds.
    """

    name: str
    run: Callable[[], Awaitable[object]]
    required: bool = True
    timeout: float = 2.0


class Health:
    """An ASGI application for `/healthz` and `/readyz`."""

    prefixes = ("/healthz", "/readyz")

    def __init__(self, checks: Iterable[Check] = ()) -> None:
        self._checks = tuple(checks)
        names = [check.name for check in self._checks]
        if len(set(names)) != len(names):
            raise ValueError(f"health checks need names of their own: {sorted(names)}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/healthz":
            status, document = 200, {"status": "alive"}
        else:
            document = await self.readiness()
            status = 503 if document["status"] == "not ready" else 200
        body = orjson.dumps(document)
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def readiness(self) -> dict[str, Any]:
        """All checks at once: `status` is `ready`, `degraded` or `not ready`; `checks` has each one's state."""
        states = await asyncio.gather(*(_state(check) for check in self._checks))
        failed = [check for check, state in zip(self._checks, states, strict=True) if state["status"] == "failing"]
        status = "ready" if not failed else "not ready" if any(check.required for check in failed) else "degraded"
        named = {check.name: state for check, state in zip(self._checks, states, strict=True)}
        return {"status": status, "checks": named}


async def _state(check: Check) -> dict[str, Any]:
    state = await _outcome(check)
    PASSING.labels(check.name, str(check.required).lower()).set(state["status"] == "passing")
    return state


async def _outcome(check: Check) -> dict[str, Any]:
    started = perf_counter()
    try:
        async with asyncio.timeout(check.timeout):
            await check.run()
    except Exception as error:
        # The reason goes to the log alone: it may name hosts and users, and anybody may ask whether we are ready.
        _log.warning("health check failed", check=check.name, exc_info=error)
        reason = "timed out" if isinstance(error, TimeoutError) else type(error).__name__
        return {"status": "failing", "required": check.required, "reason": reason}
    return {"status": "passing", "required": check.required, "milliseconds": round((perf_counter() - started) * 1000)}
