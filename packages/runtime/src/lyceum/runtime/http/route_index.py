"""An index over the routes of an application.

FastAPI tries route after route, each with a regular expression. Here, one walk over the segments of the path finds the
route: the cost does not grow with the number of routes.
"""

from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.convertors import StringConvertor
from starlette.routing import Match, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from lyceum.runtime.http.direct import direct_app
from lyceum.runtime.http.principal import for_signed_in, refuse_strangers, wants_sign_in

_ANY = "{}"


class _Node:
    """A place in the tree of path segments.

    `routes` has those that end here, by method, each with the names of its parameters and with what runs it.
    """

    __slots__ = ("children", "routes")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.routes: dict[str, tuple[Route, tuple[str, ...], ASGIApp]] = {}


class RouteIndex:
    """An ASGI application over a router's routes.

    A fixed segment goes before a parameter (`/courses/mine` before `/courses/{course_id}`), in whatever order they were
    added. What is not in the index, or not found, goes to the router itself: it also answers 404 and 405. Routes for
    signed-in callers refuse strangers before they read the path, the query or the body.
    """

    def __init__(self, router: Router) -> None:
        self._router = AsyncExitStackMiddleware(router)
        self._root = _Node()
        self._for_signed_in: list[Route] = []
        for route in router.routes:
            if isinstance(route, Route):
                self._add(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            segments: list[str] = scope["path"].split("/")[1:]
            values: list[str] = []
            found = _find(self._root, segments, 0, scope["method"], values)
            if found is not None:
                route, names, app = found
                scope["endpoint"] = route.endpoint
                scope["path_params"] = dict(zip(names, values, strict=True))
                scope["route"] = route
                await app(scope, receive, send)
                return
            if any(route.matches(scope)[0] is Match.FULL for route in self._for_signed_in):
                refuse_strangers(scope)
        await self._router(scope, receive, send)

    def _add(self, route: Route) -> None:
        segments = route.path_format.split("/")[1:]
        names = tuple(segment[1:-1] for segment in segments if segment[:1] == "{" and segment[-1:] == "}")
        plain = len(names) == len(route.param_convertors) and all(
            type(convertor) is StringConvertor for convertor in route.param_convertors.values()
        )
        if not plain or route.methods is None:
            if wants_sign_in(route):
                self._for_signed_in.append(route)
            return
        node = self._root
        for segment in segments:
            node = node.children.setdefault(_ANY if segment[:1] == "{" else segment, _Node())
        app = direct_app(route) or AsyncExitStackMiddleware(route.handle)
        if wants_sign_in(route):
            app = for_signed_in(app)
        for method in route.methods:
            if method in node.routes:
                raise ValueError(f"two routes for {method} {route.path_format}")
            node.routes[method] = (route, names, app)


def _find(
    node: _Node, segments: list[str], depth: int, method: str, values: list[str]
) -> tuple[Route, tuple[str, ...], ASGIApp] | None:
    if depth == len(segments):
        return node.routes.get(method)
    segment = segments[depth]
    child = node.children.get(segment)
    if child is not None:
        found = _find(child, segments, depth + 1, method, values)
        if found is not None:
            return found
    child = node.children.get(_ANY) if segment else None
    if child is None:
        return None
    values.append(segment)
    found = _find(child, segments, depth + 1, method, values)
    if found is None:
        values.pop()
    return found
