"""What the platform itself lets be allowed, beside what its modules declare."""

from lyceum.kernel.principal import Permission

READ_EVENTS = "platform.events.read"
REPLAY_EVENTS = "platform.events.replay"

_ROLES = frozenset({"administrator"})

PERMISSIONS = (
    Permission(name=READ_EVENTS, description="see events on their way, and those that died", roles=_ROLES),
    Permission(name=REPLAY_EVENTS, description="have events handled again that died", roles=_ROLES),
)
