"""The servers, each in a process of its own: `python -m tooling.bench.serving KIND PORT`.

The platform's settings are in the environment. The kinds are:

- `full`: the platform as `lyceum serve` has it, and one smallest possible route;
- `wide`: the same with 140 more routes, 70 of them in course and 70 in progress, before their own;
- `plain`: the same handlers without the edge: no sign-in, metrics, logs, limits, headers or cache;
- `raw`: the yardstick.

A line on the standard input is answered by one with the nanoseconds of CPU that the process has taken so far; the end
of the input ends the process.
"""

import os
import signal
import sys
import threading
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]  # ships without types
from fastapi import APIRouter, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from lyceum.kernel.principal import Principal
from lyceum.runtime import process
from lyceum.runtime.composition import Platform, installed_modules
from lyceum.runtime.http import PrefixDispatch
from lyceum.runtime.module import ModuleSpec
from lyceum.runtime.settings import PlatformSettings
from lyceum.runtime.telemetry import configure_logging
from lyceum_host.app import create_app
from tooling.bench.yardstick import Raw

MORE = 140
KINDS = ("full", "wide", "plain", "raw")


def smallest_path() -> str:
    """The route of every server that does nothing: the last of those that `wide` has more."""
    return _more_path("progress", MORE - 1)


async def serve(kind: str, port: int) -> None:
    settings = PlatformSettings()
    assert settings.database_url is not None, "the bench says where the database is"
    url = settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        if kind == "raw":
            connections = [
                await asyncpg.connect(url, server_settings={"jit": "off"}) for _ in range(settings.pool_size)
            ]
            for connection in connections:
                stack.push_async_callback(connection.close)
            app: ASGIApp = Raw(connections)
        else:
            modules = [with_more_routes(spec, MORE if kind == "wide" else 1) for spec in installed_modules()]
            platform = await stack.enter_async_context(Platform(settings=settings, database_url=url, modules=modules))
            whole = create_app(platform)
            app = _WithoutEdge(PrefixDispatch(whole.modules)) if kind == "plain" else whole.asgi
        await process.serve(app, host="127.0.0.1", port=port)


def with_more_routes(spec: ModuleSpec, most: int) -> ModuleSpec:
    """The module with its share of so many more routes; of a single one, progress gets it."""
    numbers = {
        "course": range(min(most, MORE) // 2),
        "progress": range(MORE - (most + 1) // 2, MORE),
    }.get(spec.name, range(0))
    router = APIRouter(prefix=f"/api/v1/{'courses' if spec.name == 'course' else spec.name}")
    for number in numbers:
        path = _more_path(spec.name, number).removeprefix(router.prefix).replace("thing", "{thing}")
        router.add_api_route(path, _nothing, operation_id=f"more_{number}", name=f"more_{number}")
    return replace(spec, routers=(router, *spec.routers))


async def _nothing(thing: str) -> Response:
    return Response(b"{}", media_type="application/json")


def _more_path(module: str, number: int) -> str:
    return f"/api/v1/{'courses' if module == 'course' else module}/more-{number}/thing"


class _WithoutEdge:
    """Only what the handlers can't do without: a principal, taken from the header `x-user`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._principals: dict[bytes, Principal] = {b"": Principal()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user = next((value for name, value in scope["headers"] if name == b"x-user"), b"")
        if user not in self._principals:
            self._principals[user] = Principal(user_id=UUID(user.decode()))
        scope["principal"] = self._principals[user]
        await self._app(scope, receive, send)


def _tell_cpu() -> None:
    for _ in sys.stdin:
        sys.stdout.write(f"{time.process_time_ns()}\n")
        sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    configure_logging(readable=False)
    threading.Thread(target=_tell_cpu, daemon=True).start()
    process.run(serve(sys.argv[1], int(sys.argv[2])))
