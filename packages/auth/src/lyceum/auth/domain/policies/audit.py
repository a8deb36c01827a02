"""Verification of the audit log."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lyceum.auth.domain.entities.audit_entry import AuditEntry, AuditHead

BEGINNING = AuditHead()


class Tampering(StrEnum):
    """What does not hold at the first bad entry."""

    MISSING = "missing"
    """An entry is gone, or stands in another place."""
    UNCHAINED = "unchained"
    """The entry does not follow from the one before: one of the two was replaced."""
    ALTERED = "altered"
    """The content does not match the entry's hash."""
    END = "end"
    """The log does not end where its stored head says: cut off, continued or rewritten."""


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """`entries` were read and hold; `first_bad` is the number of the first that does not, null for a sound log."""

    entries: int
    first_bad: int | None = None
    tampering: Tampering | None = None

    @property
    def is_sound(self) -> bool:
        return self.first_bad is None


def verify(entries: Iterable[AuditEntry], head: AuditHead, *, after: AuditHead = BEGINNING) -> AuditVerdict:
    """Walk the log in its order and compare its end with the stored head; `after` is the end of what was walked before.

    Finds an entry edited, deleted, inserted or moved, and a tail cut off or added. Who can rewrite all later entries
    and the stored head as well is found only by a head that was noted somewhere else.
    """
    previous = after
    for entry in entries:
        tampering = _tampering(entry, previous)
        if tampering is None and entry.sequence >= head.sequence and entry.head != head:
            tampering = Tampering.END
        if tampering is not None:
            return AuditVerdict(previous.sequence, previous.sequence + 1, tampering)
        previous = entry.head
    if previous != head:
        return AuditVerdict(previous.sequence, previous.sequence + 1, Tampering.END)
    return AuditVerdict(previous.sequence)


def _tampering(entry: AuditEntry, previous: AuditHead) -> Tampering | None:
    if entry.sequence != previous.sequence + 1:
        return Tampering.MISSING
    if entry.previous_hash != previous.hash:
        return Tampering.UNCHAINED
    if entry.expected_hash() != entry.hash:
        return Tampering.ALTERED
    return None
