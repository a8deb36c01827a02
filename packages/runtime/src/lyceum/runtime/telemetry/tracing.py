"""Spans to an OpenTelemetry collector, with OpenTelemetry's SDK: the extra `lyceum-runtime[tracing]`.

The SDK batches and sends; what a span is called and where it belongs, our own trace context says. A request that is not
recorded pays nothing, and without an endpoint nothing of the SDK is imported.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from time import time_ns
from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from lyceum.runtime.telemetry.service import Service
from lyceum.runtime.telemetry.spans import Attributes, SpanKind, recording_to
from lyceum.runtime.telemetry.sql_spans import sql_spans
from lyceum.runtime.telemetry.trace import TraceContext, parse_traceparent, record_share

if TYPE_CHECKING:
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import SpanContext


class TracingSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_TRACING_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_TRACING_", extra="ignore")

    endpoint: str | None = None
    """Where traces go by OTLP over HTTP, as in `http://collector:4318/v1/traces`. Left out, there are none."""

    ratio: Annotated[float, Field(ge=0, le=1)] = 0.01
    """The share of the traces that begin here which is recorded. A caller's `traceparent` decides for its own trace."""

    sql: bool = False
    """Whether each SQL statement of a recorded trace is a span too: its text, without parameters."""


class TracingNotInstalled(RuntimeError):
    """An endpoint for traces is set, and OpenTelemetry is not there."""


class OpenTelemetryRecorder:
    """A `SpanRecorder` that hands finished spans to an exporter, in batches and from a thread of its own."""

    def __init__(self, service: Service, exporter: "SpanExporter") -> None:
        from opentelemetry import trace as api
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import ReadableSpan
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.util.instrumentation import InstrumentationScope

        self._api = api
        self._span = ReadableSpan
        self._kinds = {kind: api.SpanKind[kind.name] for kind in SpanKind}
        self._resource = Resource.create(
            {
                "service.name": service.name,
                "service.version": service.version,
                "deployment.environment.name": service.environment,
            }
        )
        self._scope = InstrumentationScope("lyceum.runtime", service.version)
        self._processor = BatchSpanProcessor(exporter)

    def record(
        self,
        trace: TraceContext,
        name: str,
        kind: SpanKind,
        nanoseconds: int,
        attributes: Attributes,
        error: str | None,
        links: Sequence[str],
    ) -> None:
        api, end = self._api, time_ns()
        # HTTP's convention: what the caller did wrong is no error of the server, so only `error` makes one.
        code = api.StatusCode.ERROR if error else api.StatusCode.UNSET
        span = self._span(
            name,
            context=self._context(trace.trace_id, trace.span_id, remote=False),
            parent=self._context(trace.trace_id, trace.parent_id, remote=True) if trace.parent_id else None,
            resource=self._resource,
            attributes={**attributes, **({"error.type": error} if error else {})},
            links=[
                api.Link(self._context(*parsed[:2], remote=True)) for parsed in map(parse_traceparent, links) if parsed
            ],
            kind=self._kinds[kind],
            instrumentation_scope=self._scope,
            status=api.Status(code),
            start_time=end - nanoseconds,
            end_time=end,
        )
        self._processor.on_end(span)

    def close(self) -> None:
        self._processor.shutdown()  # type: ignore[no-untyped-call]  # lacks its "-> None"

    def flush(self) -> None:
        """Send what is here now."""
        self._processor.force_flush()

    def _context(self, trace_id: str, span_id: str, *, remote: bool) -> "SpanContext":
        sampled = self._api.TraceFlags(self._api.TraceFlags.SAMPLED)
        return self._api.SpanContext(int(trace_id, 16), int(span_id, 16), is_remote=remote, trace_flags=sampled)


@contextmanager
def tracing(settings: TracingSettings, service: Service) -> Iterator[None]:
    """Record traces while the block runs, if an endpoint is set. Raises `TracingNotInstalled`."""
    if settings.endpoint is None:
        yield
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    except ImportError as error:
        raise TracingNotInstalled("LYCEUM_TRACING_ENDPOINT needs lyceum-runtime[tracing]") from error
    record_share(settings.ratio)
    try:
        with (
            recording_to(OpenTelemetryRecorder(service, OTLPSpanExporter(endpoint=settings.endpoint))),
            sql_spans() if settings.sql else nullcontext(),
        ):
            yield
    finally:
        record_share(0)
