"""Requests to modules: one look-up by the beginning of the path, however many modules and routes there are."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, runtime_checkable

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from lyceum.kernel.errors import NotFound
from lyceum.runtime.http.problems import install_problem_handlers, problem_response
from lyceum.runtime.http.route_index import RouteIndex

# How many segments of a path name its owner: `/api/v1/courses`, `/internal/v1/ports/course`, else just `/oauth`.
_API = "/api/v1/"
_PORTS = "/internal/v1/ports/"
# Below these, an unknown path is a problem document and never the front end's page.
_MACHINE_ROOTS = frozenset({"api", "internal", "oauth", ".well-known", "ws"})


@runtime_checkable
class Prefixed(Protocol):
    """An ASGI application that says which paths it answers: `/api/v1/courses`, `/metrics`."""

    @property
    def prefixes(self) -> Iterable[str]: ...

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class At:
    """An application with the prefixes at which it answers."""

    def __init__(self, app: ASGIApp, *prefixes: str) -> None:
        self._app = app
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route_template"] = self.prefixes[0]
        await self._app(scope, receive, send)


class ModuleApp(FastAPI):
    """A FastAPI application without what the edge has done already, and with an index over its routes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self
        if self.middleware_stack is None:
            self.middleware_stack = self.build_middleware_stack()
        await self.middleware_stack(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        return ExceptionMiddleware(RouteIndex(self.router), handlers=self.exception_handlers)


def module_app(name: str, routers: Iterable[APIRouter], state: Mapping[str, Any]) -> FastAPI:
    """The routes of a module as an application of their own. `state` becomes `request.app.state`.

    Raises `ValueError` for two routes with one method and path, and for routers within routers, which FastAPI matches
    level by level.
    """
    app = ModuleApp(
        title=name,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    for router in routers:
        for route in router.routes:
            if not isinstance(route, Route):
                raise ValueError(f"{name}: give routers side by side, without {type(route).__name__} inside")
            if isinstance(route, APIRoute):
                route.operation_id = route.operation_id or route.name
            app.router.routes.append(route)
    install_problem_handlers(app)
    for key, value in state.items():
        setattr(app.state, key, value)
    # Now, so that what is wrong with the routes is known now.
    app.middleware_stack = app.build_middleware_stack()
    return app


class PrefixDispatch:
    """An ASGI application that hands each request to the module whose prefix it has.

    `apps` has modules by name. A module's prefixes come from its routes, or it names them itself (`Prefixed`).
    Raises `ValueError` at once where two modules want the same prefix. Other paths go to `default`, those of machines
    (`/api/...`) excepted: there, a problem document says 404.
    """

    def __init__(self, apps: Mapping[str, FastAPI | Prefixed], default: ASGIApp | None = None) -> None:
        self._default = default
        self._apps: dict[str, ASGIApp] = {}
        owners: dict[str, str] = {}
        for name, app in apps.items():
            prefixes = _route_prefixes(name, app.routes) if isinstance(app, FastAPI) else frozenset(app.prefixes)
            for prefix in sorted(prefixes):
                if prefix in owners:
                    raise ValueError(f"{name} and {owners[prefix]} both want {prefix}")
                owners[prefix] = name
                self._apps[prefix] = app
        self.owners: Mapping[str, str] = owners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            raise RuntimeError("the lifespan is for whoever serves, not for the dispatch")
        path = scope["path"]
        app = self._apps.get(dispatch_key(path))
        if app is not None:
            await app(scope, receive, send)
        elif self._default is not None and path[1:].partition("/")[0] not in _MACHINE_ROOTS:
            scope["route_template"] = "front end"
            await self._default(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": "not-found"})
        else:
            await problem_response(NotFound())(scope, receive, send)


def dispatch_key(path: str) -> str:
    """The beginning of a path that decides who answers."""
    if path.startswith(_API):
        end = path.find("/", len(_API))
    elif path.startswith(_PORTS):
        end = path.find("/", len(_PORTS))
    elif path.startswith("/api/"):
        end = path.find("/", len("/api/"))
    else:
        end = path.find("/", 1)
    return path if end < 0 else path[:end]


def _route_prefixes(name: str, routes: Iterable[BaseRoute]) -> frozenset[str]:
    keys = set()
    for route in routes:
        key = dispatch_key(getattr(route, "path", ""))
        if "{" in key or len(key) < 2:
            raise ValueError(f"{name}: {key or route!r} has no fixed beginning to dispatch on")
        keys.add(key)
    return frozenset(keys)
