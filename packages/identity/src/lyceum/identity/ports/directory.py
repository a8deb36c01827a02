"""Who people are."""

from decimal import Decimal
from typing import Protocol, runtime_checkable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.errors import Conflict, NotFound
from lyceum.kernel.ports import Port


class UserNotFound(NotFound):
    code = "identity.user-not-found"
    title = "There is no such user"


class EmailTaken(Conflict):
    code = "identity.email-taken"
    title = "Another account has this e-mail address"


class UserSummary(BaseModel):
    """A user as other modules see one. `active` is false for a deactivated account."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    email: str
    display_name: str
    locale: str
    time_zone: str
    active: bool


@runtime_checkable
class UserDirectory(Port, Protocol):
    """Looks people up. Meant for other modules, which answer for what they show of it."""

    async def get_user(self, *, user_id: UUID) -> UserSummary:
        """Raises `UserNotFound`."""
        ...

    async def find_user_by_email(self, *, email: str) -> UserSummary | None:
        """The account with this address, compared without regard to case."""
        ...

    async def find_users(self, *, user_ids: list[UUID]) -> list[UserSummary]:
        """Those that exist, in no particular order. At most 500 ids."""
        ...


@runtime_checkable
class UserProvisioning(Port, Protocol):
    """Makes accounts whose e-mail address somebody trusted has verified."""

    async def provision_user(
        self, *, email: str, display_name: str, locale: str = "en", time_zone: str = "UTC"
    ) -> UserSummary:
        """A new account. Raises `EmailTaken` and `ValidationFailed`."""
        ...


@runtime_checkable
class Accommodations(Port, Protocol):
    """What a person needs to take part on equal terms."""

    async def extra_time_factor(self, *, user_id: UUID) -> Decimal:
        """By what to multiply every time limit for this person; 1 when nothing is agreed."""
        ...
