"""What operators do with the events of a platform, with the audit log to write it to."""

from lyceum.auth.ports import AuditLog
from lyceum.runtime.composition import Platform
from lyceum.runtime.operations import EventOperations


def event_operations(platform: Platform) -> EventOperations:
    """Over the modules of this process; the others are named as running elsewhere."""
    return EventOperations(
        modules=(spec.name for spec in platform.specs),
        desks={name: running.desk for name, running in platform.modules.items()},
        audit=platform.port(AuditLog),
    )
