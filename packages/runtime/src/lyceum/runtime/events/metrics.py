"""What operators watch about events."""

from prometheus_client import Counter, Gauge

HANDLED = Counter("lyceum_events_handled_total", "Events delivered to a consuming module", ["module"])
DIED = Counter("lyceum_events_dead_lettered_total", "Events that ended as dead letters", ["module"])
RELAYED = Counter("lyceum_events_relayed_total", "Events handed from an outbox to the bus", ["module"])
OUTBOX_AGE = Gauge("lyceum_outbox_oldest_seconds", "Age of the oldest event not yet handed on", ["module"])
LAG = Gauge(
    "lyceum_consumer_lag", "Records that a consuming module has yet to handle", ["module", "topic", "partition"]
)
