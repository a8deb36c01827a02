"""What an operator can set about signing in."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from lyceum.auth.domain.values.external import ExternalProvider


class ProviderSettings(BaseModel):
    """An external OpenID Provider. For `trusted_email` and `makes_accounts` see `ExternalProvider`."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    issuer: str
    client_id: str
    client_secret: SecretStr | None = None
    trusted_email: bool = False
    makes_accounts: bool = False

    def provider(self) -> ExternalProvider:
        secret = self.client_secret
        return ExternalProvider(
            name=self.name,
            issuer=self.issuer,
            client_id=self.client_id,
            client_secret=None if secret is None else secret.get_secret_value(),
            trusts_email=self.trusted_email,
            makes_accounts=self.makes_accounts,
        )


class AuthSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_AUTH_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_AUTH_", extra="ignore")

    providers: list[ProviderSettings] = []
    """External providers to sign in with, as a JSON list."""

    registration_open: bool = False
    """Whether anybody may register a client (RFC 7591). Its users are always asked for their consent."""

    step_up_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 15
    """How long a sign-in is enough for what needs a recent one, as giving roles does."""
