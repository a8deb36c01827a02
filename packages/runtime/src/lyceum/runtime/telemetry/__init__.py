"""What the platform tells about itself: logs, metrics, traces, health."""

from lyceum.runtime.telemetry.access_log import AccessLog
from lyceum.runtime.telemetry.health import Check, Health
from lyceum.runtime.telemetry.logging import configure_logging
from lyceum.runtime.telemetry.metrics import HttpMetrics, MetricsEndpoint
from lyceum.runtime.telemetry.trace import (
    TraceContext,
    current_trace,
    current_traceparent,
    start_trace,
    traced,
)

__all__ = [
    "AccessLog",
    "Check",
    "Health",
    "HttpMetrics",
    "MetricsEndpoint",
    "TraceContext",
    "configure_logging",
    "current_trace",
    "current_traceparent",
    "start_trace",
    "traced",
]
