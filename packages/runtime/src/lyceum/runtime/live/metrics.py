"""What operators see of live updates."""

from prometheus_client import Counter, Gauge

CONNECTIONS = Gauge("lyceum_live_connections", "WebSocket connections that are open")
SENT = Counter("lyceum_live_messages_sent_total", "Messages of topics, times the watchers that they were sent to")
PUBLISHED = Counter("lyceum_live_messages_published_total", "Messages of topics that somebody watches or just did")
LOST = Counter("lyceum_live_messages_lost_total", "Messages dropped while Redis was away; watchers are told to reload")
RESETS = Counter("lyceum_live_resets_total", "Times that the watchers of a topic were told to reload")
SLOW = Counter("lyceum_live_slow_clients_total", "Connections dropped because the client did not read")
REFUSED = Counter("lyceum_live_refused_total", "Subscriptions and connections refused", ["code"])
