"""Events: the outbox, its relay, the bus, and the consumers with their inbox and dead letters."""

from lyceum.runtime.event_tables import EventTables, event_tables
from lyceum.runtime.events.bus import EventBus, InProcessBus, Receiver
from lyceum.runtime.events.subscription import ConsumedEvent, Subscription

__all__ = ["ConsumedEvent", "EventBus", "EventTables", "InProcessBus", "Receiver", "Subscription", "event_tables"]
