"""Prometheus metrics: rate, errors and duration per route, and the endpoint that Prometheus reads."""

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import REGISTRY
from starlette.types import Receive, Scope, Send

# Seconds. Our own targets lie between 1 ms (cached) and 100 ms (p95 of a page); above 10 s everything is just too slow.
DURATION_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class HttpMetrics:
    """The duration of HTTP requests by method, route template and status.

    A histogram also counts, so that rate and errors come from it too. Labels are bounded: unknown methods are `other`,
    and the route is a template, never a path.
    """

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        self._durations = Histogram(
            "lyceum_http_request_duration_seconds",
            "How long HTTP requests took.",
            ("method", "route", "status"),
            buckets=DURATION_BUCKETS,
            registry=registry,
        )
        # `labels()` looks the child up under a lock after turning every value into text: more than all else here.
        self._children: dict[tuple[str, str, int], Histogram] = {}

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        key = (method, route, status)
        child = self._children.get(key)
        if child is None:
            known = method if method in _METHODS else "other"
            child = self._durations.labels(known, route, str(status))
            if known == method:
                self._children[key] = child
        child.observe(seconds)


class MetricsEndpoint:
    """An ASGI application with the registry's contents, in the format that the caller asks for."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        self._registry = registry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accept = dict(scope["headers"]).get(b"accept", b"").decode("latin-1")
        encode, content_type = choose_encoder(accept)
        body = encode(self._registry)
        headers = [
            (b"content-type", content_type.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
