"""What operators watch about events."""

from prometheus_client import Counter, Gauge

HANDLED = Counter("lyceum_events_handled_total", "Events delivered to a consuming module", ["module"])
DIED = Counter("lyceum_events_dead_lettered_total", "Events that ended as dead letters", ["module"])
RELAYED = Counter("lyceum_events_relayed_total", "Events handed from an outbox to the bus, by type", ["module", "type"])
PAUSED = Gauge("lyceum_consumer_paused", "Whether a consuming module waits because something is away", ["module"])
LAG = Gauge(
    "lyceum_consumer_lag", "Records that a consuming module has yet to handle", ["module", "topic", "partition"]
)
