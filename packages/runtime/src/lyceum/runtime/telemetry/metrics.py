"""Prometheus metrics: rate, errors and duration per route, and the endpoint that Prometheus reads."""

from bisect import bisect_left
from collections.abc import Awaitable, Callable, Iterable
from itertools import accumulate
from weakref import WeakKeyDictionary

from prometheus_client import CollectorRegistry
from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import REGISTRY, Collector
from prometheus_client.utils import floatToGoString
from starlette.types import Receive, Scope, Send

# Seconds. Our own targets lie between 1 ms (cached) and 100 ms (p95 of a page); above 10 s everything is just too slow.
DURATION_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Series:
    """The requests of one method, route and status: how many fell into each bucket, and their seconds in all."""

    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(DURATION_BUCKETS) + 1)
        self.seconds = 0.0


class _Durations(Collector):
    """A histogram that is counted by one thread. prometheus-client's own takes a lock twice for every request."""

    def __init__(self) -> None:
        self.series: dict[tuple[str, str, int], _Series] = {}

    def collect(self) -> Iterable[Metric]:
        family = HistogramMetricFamily(
            "lyceum_http_request_duration_seconds",
            "How long HTTP requests took.",
            labels=("method", "route", "status"),
        )
        for (method, route, status), series in list(self.series.items()):
            cumulated = accumulate(series.buckets)
            bounds = [*map(floatToGoString, DURATION_BUCKETS), "+Inf"]
            family.add_metric((method, route, str(status)), list(zip(bounds, cumulated, strict=True)), series.seconds)
        yield family


_collectors: WeakKeyDictionary[CollectorRegistry, _Durations] = WeakKeyDictionary()


class HttpMetrics:
    """The duration of HTTP requests by method, route template and status.

    A histogram also counts, so that rate and errors come from it too. Labels are bounded: unknown methods are `other`,
    and the route is a template, never a path. Applications of one process that share a registry are counted together.
    """

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        if registry not in _collectors:
            _collectors[registry] = _Durations()
            registry.register(_collectors[registry])
        self._series = _collectors[registry].series

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request. For the event loop's thread only."""
        if method not in _METHODS:
            method = "other"
        key = (method, route, status)
        series = self._series.get(key)
        if series is None:
            series = self._series[key] = _Series()
        series.buckets[bisect_left(DURATION_BUCKETS, seconds)] += 1
        series.seconds += seconds


class MetricsEndpoint:
    """An ASGI application with the registry's contents, in the format that the caller asks for.

    `refresh` is awaited before: what it sets is then current.
    """

    def __init__(
        self, registry: CollectorRegistry = REGISTRY, *, refresh: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self._registry = registry
        self._refresh = refresh

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._refresh is not None:
            await self._refresh()
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
