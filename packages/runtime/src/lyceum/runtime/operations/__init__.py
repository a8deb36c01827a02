"""What operators see and do over HTTP: the events of all modules, dead letters, replay."""

from lyceum.runtime.operations.api import NAME, operations_app
from lyceum.runtime.operations.service import AuditTrail, EventOperations

__all__ = ["NAME", "AuditTrail", "EventOperations", "operations_app"]
