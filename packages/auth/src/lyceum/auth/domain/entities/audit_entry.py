"""The audit log: entries that each seal the ones before (a hash chain)."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from lyceum.auth.ports.audit_log import AuditDetails, AuditValue

GENESIS = bytes(32)
"""What stands for the hash before the first entry."""

MAX_TEXT_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The end of the chain: number and hash of the last entry. Kept apart from the entries, it shows a cut-off tail."""

    sequence: int = 0
    hash: bytes = GENESIS


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditEntry:
    """Who did what to what. Numbered from 1 without gaps; never changed and never deleted.

    `actor` is null for the platform itself. `hash` is SHA-256 over `previous_hash` and the entry's canonical form.
    """

    sequence: int
    recorded_at: datetime
    actor: UUID | None
    action: str
    target: str
    details: AuditDetails
    previous_hash: bytes
    hash: bytes

    @classmethod
    def after(
        cls,
        head: AuditHead,
        *,
        actor: UUID | None,
        action: str,
        target: str,
        details: AuditDetails,
        now: datetime,
    ) -> "AuditEntry":
        """The entry that follows the head. Texts are cut to 2,000 characters and made storable."""
        entry = cls(
            sequence=head.sequence + 1,
            recorded_at=now,
            actor=actor,
            action=_storable(action),
            target=_storable(target),
            details={_storable(key): _storable_value(value) for key, value in details.items()},
            previous_hash=head.hash,
            hash=b"",
        )
        return replace(entry, hash=entry.expected_hash())

    @property
    def head(self) -> AuditHead:
        return AuditHead(self.sequence, self.hash)

    def expected_hash(self) -> bytes:
        """The hash that the entry must have if nobody touched it.

        The previous hash is always 32 bytes, so nothing can shift between it and the content.
        """
        return hashlib.sha256(self.previous_hash + self.canonical()).digest()

    def canonical(self) -> bytes:
        """The one byte form of the content: JSON with sorted keys and no spaces, UTF-8, time in UTC to the microsecond.

        For the values that an entry can have this is RFC 8785, except that keys sort by code point, not UTF-16 unit.
        """
        content = {
            "action": self.action,
            "actor": None if self.actor is None else str(self.actor),
            "details": self.details,
            "recorded_at": self.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "sequence": self.sequence,
            "target": self.target,
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _storable(text: str) -> str:
    """The text as the database gives it back: it takes neither NUL nor half a surrogate pair."""
    return text[:MAX_TEXT_LENGTH].replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _storable_value(value: AuditValue) -> AuditValue:
    if isinstance(value, str):
        return _storable(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value
