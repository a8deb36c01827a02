"""The edge: everything that every request needs, in one pure ASGI layer.

Request id and trace, credentials → principal, CSRF, limits of rate and size, cached public pages, security headers,
metrics, access log, and the answer to what went wrong. Nothing here knows a module.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter_ns

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from lyceum.kernel.authentication import Authentication
from lyceum.kernel.errors import LyceumError, TooLarge
from lyceum.kernel.principal import ANONYMOUS
from lyceum.runtime.http.caller import (
    SAFE_METHODS,
    Headers,
    InvalidToken,
    bearer_token,
    cookie_pattern,
    cookie_value,
    refuse_foreign_origin,
    refuse_forgery,
)
from lyceum.runtime.http.credentials import CredentialCache
from lyceum.runtime.http.exchange import CLIENT_CLOSED_REQUEST, Exchange, limit_body
from lyceum.runtime.http.problems import (
    MEDIA_TYPE,
    from_http_exception,
    problem_body,
    problem_headers,
    problem_response,
)
from lyceum.runtime.http.public_cache import CachedResponse, PublicCache
from lyceum.runtime.http.public_pages import Flight, PublicPages, send_page
from lyceum.runtime.rate_limits import RequestLimits
from lyceum.runtime.telemetry.access_log import AccessLog
from lyceum.runtime.telemetry.errors import report_fault
from lyceum.runtime.telemetry.metrics import HttpMetrics
from lyceum.runtime.telemetry.spans import SpanKind, record_span, recording
from lyceum.runtime.telemetry.trace import TraceContext, start_trace, trace_variable

SESSION_COOKIE = "lyceum_session"
DEFAULT_BODY_LIMIT = 1024 * 1024
# Calls of ports carry batches; `serve_ports` looks at the token before it reads one.
_INTERNAL_BODY_LIMIT = 64 * 1024 * 1024

_log = structlog.get_logger(__name__)
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,128}")
_BODILESS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, kw_only=True)
class EdgeOptions:
    """What differs between installations and between the things behind the edge.

    `body_limit`: bytes. `body_limits`: more (or fewer) bytes under a path; a segment in braces stands for any value, as
    in `/api/v1/courses/{course}/assets`. `trusted_origins`: besides our own, as in `https://admin.example.org`.
    `self_authenticated`: paths (and what is below) that check credentials themselves; the edge gives them an anonymous
    principal, and cookies no authority.
    """

    session_cookie: str = SESSION_COOKIE
    body_limit: int = DEFAULT_BODY_LIMIT
    body_limits: Mapping[str, int] = field(default_factory=dict)
    trusted_origins: frozenset[str] = frozenset()
    self_authenticated: tuple[str, ...] = ("/internal", "/oauth", "/metrics", "/healthz", "/readyz")


class Edge:
    """An ASGI application around the platform's. Sets `scope["principal"]` and `scope["credentials"]`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        authentication: Authentication,
        metrics: HttpMetrics,
        access_log: AccessLog,
        options: EdgeOptions = EdgeOptions(),
        public_cache: PublicCache | None = None,
        limits: RequestLimits | None = None,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._access_log = access_log
        self._options = options
        self._cookie = cookie_pattern(options.session_cookie)
        self._limits = limits
        self._pages = None if public_cache is None else PublicPages(public_cache)
        body_limits = {"/internal": _INTERNAL_BODY_LIMIT, **options.body_limits}
        self._body_limits = [(_below(path), limit) for path, limit in body_limits.items()]
        self._self_authenticated = re.compile("|".join(_below(path).pattern for path in options.self_authenticated))
        self.credentials = CredentialCache(authentication)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = perf_counter_ns()
        headers: Headers = dict(scope["headers"])
        trace = _trace(headers)
        flight: Flight | None = None
        pages = self._pages if scope["method"] == "GET" else None
        if pages is not None:
            found = await pages.find(scope)
            if isinstance(found, CachedResponse):
                await self._serve(found, scope, headers, trace, started, send)
                return
            flight = found
        token = trace_variable.set(trace)
        exchange = Exchange(scope, send, trace.request_id or "")
        try:
            if pages is not None:
                exchange.watch_for_page(pages, flight, headers.get(b"if-none-match"))
            receive = self._limited(scope, headers, receive, exchange)
            await self._identify(scope, headers, trace)
            if self._limits is not None:
                exchange.rate_headers = await self._limits.take(scope, scope["principal"])
            await self._app(scope, receive, exchange.send)
        except Exception as error:
            await self._answer_error(error, scope, exchange)
        finally:
            if pages is not None and flight is not None:
                pages.land(flight)
            gone = exchange.disconnected and not exchange.finished
            # An application that answers nothing makes the server answer 500.
            self._account(
                scope, trace, exchange.route, CLIENT_CLOSED_REQUEST if gone else exchange.status or 500, started
            )
            trace_variable.reset(token)

    async def _serve(
        self, page: CachedResponse, scope: Scope, headers: Headers, trace: TraceContext, started: int, send: Send
    ) -> None:
        status = CLIENT_CLOSED_REQUEST
        try:
            request_id = (trace.request_id or "").encode("latin-1")
            status = await send_page(page, headers.get(b"if-none-match"), request_id, send)
        except OSError:
            return
        finally:
            self._account(scope, trace, page.route, status, started)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers: Headers = dict(scope["headers"])
        trace = _trace(headers)
        token = trace_variable.set(trace)
        try:
            await self._identify(scope, headers, trace)
            if self._limits is not None:
                await self._limits.take(scope, scope["principal"])
            if scope["principal"].session_id is not None:
                # A browser lets any site open a connection here, with our cookie.
                refuse_foreign_origin(headers, self._options.trusted_origins)
        except LyceumError as error:
            await receive()
            if "websocket.http.response" in (scope.get("extensions") or {}):
                await problem_response(error)(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008, "reason": error.code})
        else:
            await self._app(scope, receive, send)
        finally:
            trace_variable.reset(token)

    async def _identify(self, scope: Scope, headers: Headers, trace: TraceContext) -> None:
        scope["principal"] = ANONYMOUS
        scope["credentials"] = self.credentials
        bearer = bearer_token(headers)
        session = None if bearer is not None else cookie_value(headers, self._cookie)
        if (bearer is None and session is None) or self._self_authenticated.match(scope["path"]):
            return
        found = await self.credentials.authenticate(session=session, bearer=bearer)
        if found is None:
            if bearer is not None:
                raise InvalidToken()
            return
        if session is not None and scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            refuse_forgery(headers, found.csrf_token, self._options.trusted_origins)
        scope["principal"] = found.principal
        trace.user_id = found.principal.user_id

    def _limited(self, scope: Scope, headers: Headers, receive: Receive, exchange: Exchange) -> Receive:
        """Refuse a body that is announced as too large, and watch the others."""
        length = headers.get(b"content-length")
        if length is None and scope["method"] in _BODILESS:
            return receive
        limit = self._options.body_limit
        if length is None or not length.isdigit() or int(length) > limit:
            path = scope["path"]
            limit = next((most for pattern, most in self._body_limits if pattern.match(path)), limit)
            if length is not None and length.isdigit() and int(length) > limit:
                raise TooLarge(f"The body may have at most {limit} bytes", limit=limit)
        return limit_body(receive, limit, exchange)

    async def _answer_error(self, error: Exception, scope: Scope, exchange: Exchange) -> None:
        if isinstance(error, HTTPException):
            known: LyceumError = from_http_exception(error)
        elif isinstance(error, LyceumError):
            known = error
        elif exchange.disconnected and isinstance(error, OSError | ClientDisconnect):
            return
        else:
            _log.error("request failed", exc_info=error, **{"url.path": scope["path"], "lyceum.route": exchange.route})
            report_fault(error, "request", method=scope["method"], route=exchange.route)
            known = LyceumError("The fault is ours. Tell us the request id in `instance`, should it go on.")
        if exchange.status or exchange.disconnected:
            # Too late for another answer. Returning without the rest makes the server close the connection.
            return
        headers = problem_headers(known)
        if isinstance(known, InvalidToken):
            headers["www-authenticate"] = 'Bearer realm="lyceum", error="invalid_token"'
        elif known.status == 413 and scope["http_version"].startswith("1"):
            # Otherwise the server would read on, to the end of what we refused.
            headers["connection"] = "close"
        body = problem_body(known)
        headers |= {"content-type": MEDIA_TYPE, "content-length": str(len(body))}
        raw_headers = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        try:
            await exchange.pass_on({"type": "http.response.start", "status": known.status, "headers": raw_headers})
            await exchange.pass_on({"type": "http.response.body", "body": body})
        except OSError:
            return

    def _account(self, scope: Scope, trace: TraceContext, route: str, status: int, started: int) -> None:
        nanoseconds = perf_counter_ns() - started
        method = scope["method"]
        self._metrics.observe(method, route, status, nanoseconds / 1e9)
        client = scope.get("client")
        self._access_log.write(
            trace, method, scope["path"], route, status, nanoseconds, None if client is None else client[0]
        )
        if recording() and trace.sampled:
            attributes = {
                "http.request.method": method,
                "http.route": route,
                "url.path": scope["path"].encode("utf-8", "replace").decode(),
                "http.response.status_code": status,
            }
            failed = str(status) if status >= 500 else None
            record_span(trace, f"{method} {route}", SpanKind.SERVER, nanoseconds, attributes, error=failed)


def _trace(headers: Headers) -> TraceContext:
    request_id = headers.get(b"x-request-id")
    sane = request_id is not None and _REQUEST_ID.fullmatch(request_id) is not None
    parent = headers.get(b"traceparent")
    return start_trace(
        None if parent is None else parent.decode("latin-1"),
        request_id.decode("latin-1") if sane and request_id is not None else None,
    )


def _below(path: str) -> re.Pattern[str]:
    """Matches a path and everything below it; a segment in braces matches any one segment."""
    segments = path.strip("/").split("/")
    parts = ["[^/]+" if part.startswith("{") else re.escape(part) for part in segments]
    return re.compile("/" + "/".join(parts) + "(?:/|$)")
