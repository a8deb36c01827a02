"""A reverse proxy for the API of a module that runs in a process of its own. Bodies stream, both ways."""

import asyncio
from collections.abc import AsyncIterator, Iterable

import httpx
import structlog
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from lyceum.kernel.errors import Unavailable
from lyceum.runtime.http.edge_headers import ADDED_BY_EDGE
from lyceum.runtime.http.problems import problem_response
from lyceum.runtime.telemetry.trace import current_trace

_log = structlog.get_logger(__name__)

# Seconds. Between two pieces of an answer the other side may think for as long as a slow report takes.
_TIMEOUT = httpx.Timeout(60.0, connect=1.0, pool=1.0)

# Meant for one connection only (RFC 9110, 7.6.1), or said anew for the next one.
_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding "
    b"upgrade".split()
)
_SAID_ANEW = frozenset(
    {b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-request-id", b"traceparent"}
)


class ReverseProxy:
    """An ASGI application that passes what is below `prefixes` on to `base_url`.

    Cookies and `Authorization` go along: the other process has an edge of its own. So does `Host`, which that edge
    compares with `Origin`. `X-Forwarded-For` holds only whom we saw ourselves; what a client claims is dropped.
    """

    def __init__(self, prefixes: Iterable[str], base_url: str, client: httpx.AsyncClient) -> None:
        self.prefixes = tuple(prefixes)
        self._base = httpx.URL(base_url)
        self._client = client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1011, "reason": "unavailable"})
            return
        scope["route_template"] = self._template(scope["path"])
        path = scope.get("raw_path") or scope["path"].encode("utf-8", "surrogatepass")
        query = b"?" + scope["query_string"] if scope["query_string"] else b""
        # Not built by the client, which would add headers and cookies of its own.
        request = httpx.Request(
            scope["method"],
            self._base.copy_with(raw_path=self._base.raw_path.rstrip(b"/") + path + query),
            headers=_request_headers(scope),
            content=_request_body(receive) if _has_body(scope) else None,
            extensions={"timeout": _TIMEOUT.as_dict()},
        )
        try:
            response = await self._client.send(request, stream=True)
        except httpx.TransportError as error:
            _log.warning("module unreachable", exc_info=error, **{"url.path": scope["path"]})
            await problem_response(Unavailable("This part of the platform can't be reached right now"))(
                scope, receive, send
            )
            return
        try:
            await _stream(response, receive, send)
        except httpx.TransportError as error:
            _log.warning("module broke off its answer", exc_info=error, **{"url.path": scope["path"]})
        finally:
            await response.aclose()

    def _template(self, path: str) -> str:
        return next((prefix for prefix in self.prefixes if path.startswith(prefix)), self.prefixes[0]) + "/…"


def _request_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    headers = [(name, value) for name, value in _end_to_end(scope["headers"]) if name not in _SAID_ANEW]
    client, host = scope.get("client"), dict(scope["headers"]).get(b"host")
    headers.append((b"x-forwarded-proto", scope.get("scheme", "http").encode()))
    if client is not None:
        headers.append((b"x-forwarded-for", client[0].encode()))
    if host is not None:
        headers.append((b"x-forwarded-host", host))
    trace = current_trace()
    if trace is not None:
        headers.append((b"traceparent", trace.traceparent.encode()))
        if trace.request_id is not None:
            headers.append((b"x-request-id", trace.request_id.encode("latin-1")))
    return headers


def _end_to_end(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Without hop-by-hop headers, those included that `Connection` names."""
    lowered = [(name.lower(), value) for name, value in headers]
    named = {part.strip().lower() for name, value in lowered if name == b"connection" for part in value.split(b",")}
    return [(name, value) for name, value in lowered if name not in _HOP_BY_HOP and name not in named]


def _has_body(scope: Scope) -> bool:
    names = {name for name, _ in scope["headers"]}
    return b"content-length" in names or b"transfer-encoding" in names


async def _request_body(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        if message.get("body"):
            yield message["body"]
        if not message.get("more_body", False):
            return


async def _stream(response: httpx.Response, receive: Receive, send: Send) -> None:
    """Pass the answer on until it ends or the client is gone, whichever comes first."""
    passing = asyncio.ensure_future(_pass_on(response, send))
    watching = asyncio.ensure_future(_until_disconnected(receive))
    try:
        await asyncio.wait((passing, watching), return_when=asyncio.FIRST_COMPLETED)
    finally:
        watching.cancel()
        if not passing.done():
            passing.cancel()
        await asyncio.gather(passing, watching, return_exceptions=True)
    if not passing.cancelled():
        passing.result()


async def _pass_on(response: httpx.Response, send: Send) -> None:
    headers = [(name, value) for name, value in _end_to_end(response.headers.raw) if name not in ADDED_BY_EDGE]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    async for part in response.aiter_raw():
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
