"""How a request's credentials become a principal."""

from typing import Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

from lyceum.kernel.principal import Principal


class Authenticated(BaseModel):
    """Credentials that hold. `csrf_token` belongs to a browser session and is null for a bearer token."""

    model_config = ConfigDict(frozen=True)

    principal: Principal
    csrf_token: str | None = None


@runtime_checkable
class Authentication(Protocol):
    """Resolves credentials. The answer is kept for up to 10 seconds by the caller."""

    async def authenticate(self, *, session: str | None, bearer: str | None) -> Authenticated | None:
        """The holder of a session cookie or of a bearer token (exactly one is given); null if it does not hold."""
        ...
