"""Consent: what a person allowed a client."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lyceum.kernel.aggregate import Aggregate


@dataclass(kw_only=True, eq=False)
class Consent(Aggregate):
    """The scopes that one person allowed one client. One per person and client; `client_id` is the public one."""

    id: UUID
    user_id: UUID
    client_id: str
    scopes: frozenset[str]
    given_at: datetime

    def extend(self, scopes: frozenset[str], now: datetime) -> None:
        """The person allows these scopes, too."""
        self.scopes, self.given_at = self.scopes | scopes, now
