"""Writing to the audit log."""

from typing import Protocol, runtime_checkable
from uuid import UUID

from lyceum.kernel.ports import Port

AuditValue = str | int | bool | list[str] | None
"""No floats: how they are written differs between systems, and it is hashed."""

AuditDetails = dict[str, AuditValue]
"""What an audit entry says beyond its action."""


@runtime_checkable
class AuditLog(Port, Protocol):
    """The append-only record of who did what, which shows when it was tampered with."""

    async def record(self, *, actor: UUID | None, action: str, target: str, details: AuditDetails) -> None:
        """Append an entry.

        `actor` is the user, null for the platform itself; `action` is `<module>.<thing>.<verb in the past>`; `target`
        is `<thing>:<id>`. Never put a secret or a whole document into `details`.
        """
        ...
