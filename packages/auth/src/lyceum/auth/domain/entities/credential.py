"""Passwords, as they are kept."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lyceum.kernel.aggregate import Aggregate, DomainEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class PasswordWasChanged(DomainEvent):
    user_id: UUID
    changed_at: datetime


@dataclass(kw_only=True, eq=False)
class PasswordCredential(Aggregate):
    """One person's password. `id` is the user's id; `encoded` is the argon2id hash in PHC string format."""

    id: UUID
    encoded: str = field(repr=False)
    changed_at: datetime

    def change(self, encoded: str, now: datetime) -> None:
        """Replace the password with another one."""
        self.encoded, self.changed_at = encoded, now
        self.record(PasswordWasChanged(user_id=self.id, changed_at=now))

    def rehash(self, encoded: str) -> None:
        """The same password, hashed with today's parameters. Not a change that anybody needs to hear of."""
        self.encoded = encoded
