"""The audit log: writing, reading, verifying."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from uuid import UUID

from lyceum.auth.domain.entities import AuditEntry, AuditHead
from lyceum.auth.domain.policies.audit import AuditVerdict, verify
from lyceum.auth.domain.policies.permissions import READ_AUDIT_LOG
from lyceum.auth.domain.queries import AuditFilter, AuditReader, AuthQueries
from lyceum.auth.domain.repositories import AuthUnit
from lyceum.auth.ports import AuditDetails
from lyceum.auth.schemas.internal import AuditEntryView, AuditVerification
from lyceum.kernel.clock import Clock
from lyceum.kernel.pagination import Page, PageRequest
from lyceum.kernel.principal import Principal

BATCH = 2_000


async def note(
    unit: AuthUnit, *, actor: UUID | None, action: str, target: str, now: datetime, details: AuditDetails | None = None
) -> None:
    """Append to the audit log within a unit. The end of the log is locked from here on, so do it last."""
    head = await unit.audit.locked_head()
    await unit.audit.append(
        AuditEntry.after(head, actor=actor, action=action, target=target, details=details or {}, now=now)
    )


class Auditing:
    """See `ports.AuditLog`; and the log for those who may read it."""

    def __init__(
        self,
        *,
        units: Callable[[], AuthUnit],
        queries: AuthQueries,
        snapshots: Callable[[], AbstractAsyncContextManager[AuditReader]],
        clock: Clock,
    ) -> None:
        self._units = units
        self._queries = queries
        self._snapshots = snapshots
        self._clock = clock

    async def record(self, *, actor: UUID | None, action: str, target: str, details: AuditDetails) -> None:
        async with self._units() as unit:
            await note(unit, actor=actor, action=action, target=target, details=details, now=self._clock.now())
            await unit.commit()

    async def read(self, principal: Principal, wanted: AuditFilter, *, page: PageRequest) -> Page[AuditEntryView]:
        """Raises `NotAuthenticated`, `PermissionDenied`."""
        principal.require(READ_AUDIT_LOG)
        return await self._queries.audit_log(wanted, page=page)

    async def verification(self, principal: Principal) -> AuditVerification:
        """Whether the whole log holds. Raises `NotAuthenticated`, `PermissionDenied`."""
        principal.require(READ_AUDIT_LOG)
        async with self._snapshots() as log:
            head = await log.head()
            verdict = await _verified(log, head)
        return AuditVerification(
            sound=verdict.is_sound,
            entries=verdict.entries,
            first_bad=verdict.first_bad,
            tampering=None if verdict.tampering is None else verdict.tampering.value,
            head=head.hash.hex(),
        )


async def _verified(log: AuditReader, head: AuditHead) -> AuditVerdict:
    """A batch at a time: a log of millions of entries doesn't have to be in memory at once."""
    walked = AuditHead()
    while len(batch := await log.entries(walked.sequence, BATCH)) == BATCH:
        verdict = verify(batch, batch[-1].head, after=walked)
        if not verdict.is_sound:
            return verdict
        walked = batch[-1].head
    return verify(batch, head, after=walked)
