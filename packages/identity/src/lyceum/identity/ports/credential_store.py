"""What identity needs of the module that keeps passwords."""

from typing import Protocol, runtime_checkable
from uuid import UUID

from lyceum.kernel.errors import ValidationFailed
from lyceum.kernel.ports import Port


class PasswordRefused(ValidationFailed):
    """The password is too weak. Extension `errors` says why."""

    code = "identity.password-refused"
    title = "This password is not good enough"


@runtime_checkable
class CredentialStore(Port, Protocol):
    """Keeps the password of a user, from before the account exists."""

    async def set_password(self, *, user_id: UUID, password: str, email: str, display_name: str) -> None:
        """Check and keep the password, replacing an earlier one. Raises `PasswordRefused`."""
        ...

    async def forget(self, *, user_ids: list[UUID]) -> None:
        """Drop what is kept for these users; unknown ids are passed over."""
        ...
