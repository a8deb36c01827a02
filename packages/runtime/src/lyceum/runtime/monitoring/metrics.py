"""What is read from the databases and pools of the modules when Prometheus asks."""

from prometheus_client import Counter, Gauge

OUTBOX_PENDING = Gauge("lyceum_outbox_pending", "Events not yet handed on; counted up to 100,000", ["module"])
OUTBOX_AGE = Gauge("lyceum_outbox_oldest_seconds", "Age of the oldest event not yet handed on, 0 for none", ["module"])
DEAD_LETTERS = Gauge(
    "lyceum_dead_letters_unresolved", "Dead letters that nobody dealt with yet; counted up to 100,000", ["module"]
)
JOBS = Gauge(
    "lyceum_jobs", "Jobs by state: waiting (due), scheduled (for later), running, failed", ["module", "job", "state"]
)
POOL_SIZE = Gauge("lyceum_database_pool_size", "Connections that the module opens at most in this process", ["module"])
POOL_IN_USE = Gauge("lyceum_database_pool_in_use", "Connections that are in use in this process", ["module"])
UNREAD = Counter("lyceum_state_reads_failed_total", "Times that the state of a module could not be read", ["module"])
