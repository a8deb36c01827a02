"""Where Redis is."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class RedisSettings(BaseSettings):
    """Read from the environment with the prefix `LYCEUM_REDIS_`."""

    model_config = SettingsConfigDict(env_prefix="LYCEUM_REDIS_", extra="ignore")

    url: SecretStr | None = None
    """`redis://:password@host:port/0`, or `rediss://` for TLS; Redis 7 or Valkey 8 and newer. `lyceum up` starts an
    embedded Valkey where it is left out; other commands then keep limits and cached pages to their process."""

    @property
    def address(self) -> str | None:
        """The URL in clear."""
        return None if self.url is None else self.url.get_secret_value()
